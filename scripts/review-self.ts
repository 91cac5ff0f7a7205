// `npm run review:self`: this repository under its own check. Its plan and its code, as one change that writes all of them,
// must earn every point, and no file of src/ may have a finding that blocks, silenced or not.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
const POLICY = ".github/backend-reliability.yml";
const MOST_OUTPUT_BYTES = 256 * 1_048_576;

const finding = z.object({ rule: z.string(), severity: z.string(), path: z.string(), line: z.number(), message: z.string() });
const review = z.object({
  verdict: z.string(),
  why: z.string(),
  grade: z.object({ points: z.number(), outOf: z.number() }),
  nextSteps: z.array(z.string()),
  findings: z.array(finding),
});
const inspection = z.object({ findings: z.array(finding) });

/** What the product says of this repository. `faults` is empty when it earned everything. */
export interface SelfReview {
  readonly points: number;
  readonly files: number;
  readonly faults: readonly string[];
}

/** Runs the command line's `review` on the plan with all of src/, and its `inspect` on src/ without any policy. */
export function reviewSelf(plan: string): SelfReview {
  const files = findSourceFiles();
  const change = {
    repo: "backend-reliability-enforcer/backend-reliability-enforcer",
    number: 1,
    title: "Review pull requests for reliability",
    body: plan,
    files: ["package.json", ...files].map((path) => ({ path, status: "added", content: read(path) })),
  };
  const judged = review.parse(runCommand(["review", "--policy", POLICY, "--input", "-"], JSON.stringify(change)));
  const inspected = inspection.parse(runCommand(["inspect", "src"], ""));
  const { points, outOf } = judged.grade;
  const isEarned = judged.verdict === "passed" && points === outOf;
  return {
    points,
    files: files.length,
    faults: [
      ...(isEarned ? [] : [`${points}/${outOf}, ${judged.verdict}: ${judged.why}`, ...judged.nextSteps]),
      // A reason in the code silences a finding for others; here it would be an excuse.
      ...[...judged.findings, ...inspected.findings]
        .filter(({ severity }) => severity !== "advisory")
        .map(({ path, line, rule, severity, message }) => `${path}:${line} ${severity} ${rule}: ${message}`),
    ],
  };
}

function findSourceFiles(): readonly string[] {
  const entries = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  return paths.toSorted();
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function runCommand(words: readonly string[], input: string): unknown {
  const command = ["src/cli/main.ts", ...words, "--format", "json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    input,
    encoding: "utf8",
    maxBuffer: MOST_OUTPUT_BYTES,
  });
  // 0: passed, 1: blocked, 3: could not tell. All three are answers.
  if (status !== 0 && status !== 1 && status !== 3) throw new Error(`${words[0]} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

if (import.meta.main) {
  const { points, files, faults } = reviewSelf(read("docs/reliability-plan.md"));
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(`${points}/8 for docs/reliability-plan.md with ${files} files of src/\n`);
  if (faults.length > 0) process.exitCode = 1;
}
