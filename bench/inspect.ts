import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { ts } from "ts-morph";
import { roleOf } from "../src/inspect/classify-file.ts";
import { inspectPullRequest } from "../src/inspect/inspect-pull-request.ts";
import type { ChangedFile } from "../src/model/changed-file.ts";
import { DEFAULT_POLICY } from "../src/model/policy.ts";
import type { PullRequest } from "../src/model/pull-request.ts";
import { allRules } from "../src/rubrics/all-rules.ts";
import { raceProcesses } from "./race-processes.ts";

// node bench/inspect.ts FOLDER [FILES]: milliseconds a file of the inspector and of the raw TypeScript parser with a visit of every
// node, on the same server files in the same process, warm, the best of twelve rounds taken in turns, so that a busy machine slows all of
// them. Processor time of this thread counts, the collector's share of it too. The parser is measured in two ways: as it is called for a tree
// that one can work with, `createSourceFile(path, text, Latest, true)`, which sets parents and parses JSDoc as the compiler does by default; and
// as the inspector calls it, with neither, which is the least that a parse can cost. Both ratios are printed.
// Then the command line and ESLint with comparable rules as whole processes (once: npm ci --prefix bench/eslint).

const [folder, most = "500"] = process.argv.slice(2);
if (!folder || !existsSync(folder)) {
  process.stderr.write("usage: bench/inspect.ts FOLDER [FILES]   (for the comparison with ESLint, once: npm ci --prefix bench/eslint)\n");
  process.exit(2);
}
const files = findFiles(folder, Number(most));
const alone = files.map((file) => [file]);

const rounds = { parser: Infinity, least: Infinity, rules: Infinity, index: Infinity };
for (let round = 0; round < 12; round++) {
  rounds.parser = Math.min(
    rounds.parser,
    timed(() => files.forEach(parseAndVisit)),
  );
  rounds.least = Math.min(
    rounds.least,
    timed(() => files.forEach(parseLeastAndVisit)),
  );
  rounds.rules = Math.min(
    rounds.rules,
    timed(() => alone.forEach((one) => inspectPullRequest(pullRequestOf(one), [], allRules))),
  );
  rounds.index = Math.min(
    rounds.index,
    timed(() => void inspectPullRequest(pullRequestOf(files), [], allRules)),
  );
}
const times = (ms: number): string => `${(ms / rounds.parser).toFixed(2)}x raw, ${(ms / rounds.least).toFixed(2)}x the least of it`;
const perFile = (ms: number): string => (ms / files.length).toFixed(3);
const bytes = files.reduce((sum, file) => sum + (file.content ?? "").length, 0);
process.stdout.write(`${files.length} server files, ${(bytes / 1e6).toFixed(2)} MB, ${allRules.length} rules
raw parser and visit        ${perFile(rounds.parser)} ms/file   with parents and JSDoc, as a usable tree is made
the least of it             ${perFile(rounds.least)} ms/file   without parents and JSDoc
inspector, file by file     ${perFile(rounds.rules)} ms/file   ${times(rounds.rules)}
inspector, with the index   ${perFile(rounds.index)} ms/file   ${times(rounds.index)}
memory                      ${Math.round(process.memoryUsage().rss / 1e6)} MB resident
${raceProcesses(files)}
`);

function findFiles(root: string, limit: number): ChangedFile[] {
  const found: ChangedFile[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const full = join(path, entry.name);
      if (found.length >= limit) return;
      if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) visit(full);
      else if (entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name) && statSync(full).size < 1_000_000) add(full);
    }
  };
  const add = (full: string): void => {
    const content = readFileSync(full, "utf8");
    const path = relative(root, full);
    if (roleOf(path, content) === "server") found.push({ path, status: "added", content });
  };
  visit(root);
  return found;
}

function visit(node: ts.Node): void {
  ts.forEachChild(node, visit);
}

function parseAndVisit(file: ChangedFile): void {
  visit(ts.createSourceFile(file.path, file.content ?? "", ts.ScriptTarget.Latest, true));
}

function parseLeastAndVisit(file: ChangedFile): void {
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  visit(ts.createSourceFile(file.path, file.content ?? "", options, false));
}

/** Milliseconds of processor time on this thread. */
function timed(work: () => void): number {
  const began = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1000;
}

function pullRequestOf(changed: readonly ChangedFile[]): PullRequest {
  return {
    repo: "",
    number: null,
    title: "",
    body: "",
    author: null,
    draft: false,
    labels: [],
    headSha: null,
    base: null,
    files: changed,
    comments: [],
    acceptances: [],
    revertOf: null,
    manifests: [],
    policy: DEFAULT_POLICY,
    policyOrigin: "default",
    policyProblems: [],
    notRead: [],
    now: "2026-01-01T00:00:00Z",
  };
}
