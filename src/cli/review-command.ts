import type { Command } from "commander";
import { BadInput } from "../fetch/bad-input.ts";
import { readGitRange } from "../fetch/from-git.ts";
import { parsePullRequestInput } from "../fetch/from-json.ts";
import type { Inspector } from "../model/ports.ts";
import type { PullRequest } from "../model/pull-request.ts";
import { reviewSnapshot } from "../review.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-code.ts";
import { answerLines } from "./json-lines.ts";
import { startProgress } from "./progress.ts";
import { readText } from "./read-text.ts";
import { renderReview } from "./render-review.ts";
import { addSettings, KNOWN_RULES, readSettings, type SettingOptions, type Settings } from "./settings.ts";
import { withInspector } from "./with-inspector.ts";
import { writeOut } from "./write-out.ts";

interface ReviewOptions extends SettingOptions {
  readonly input?: string;
  readonly jsonl?: true;
  readonly base?: string;
  readonly github?: string;
  readonly head?: string;
  readonly body?: string;
  readonly title?: string;
}

/** Largest JSON document read as one pull request. */
const MAX_INPUT_BYTES = 256 * 1_048_576;
/** Largest description read from a file; GitHub's own limit is 65,536 characters. */
const MAX_BODY_BYTES = 1_048_576;

const WAYS = ["input", "jsonl", "base", "github"] as const;

/** The one way in that the caller chose. Throws BadInput when it is none or several. */
function chooseWay(options: ReviewOptions): (typeof WAYS)[number] {
  const chosen = WAYS.filter((way) => options[way] !== undefined);
  const [way] = chosen;
  if (!way || chosen.length > 1) {
    const found = chosen.length === 0 ? "none of them" : chosen.map((name) => `--${name}`).join(" and ");
    throw new BadInput(`review: expected one of --input FILE, --jsonl, --base REF or --github OWNER/REPO#N, found ${found}`);
  }
  const stray = (["head", "body", "title"] as const).find((name) => options[name] !== undefined);
  if (stray && way !== "base") throw new BadInput(`--${stray}: expected only beside --base, found it beside --${way}`);
  return way;
}

function inputDefaults(settings: Settings) {
  const { now, fixedNow, policy } = settings;
  return { now, fixedNow, knownRules: KNOWN_RULES, ...(policy && { policy }) };
}

async function readInput(path: string, settings: Settings): Promise<PullRequest> {
  const name = path === "-" ? "stdin" : path;
  const text = await readText(path, "--input", MAX_INPUT_BYTES);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadInput(`--input ${name}: expected one pull request as JSON: ${String(error)}`, { cause: error });
  }
  const pullRequest = parsePullRequestInput(value, inputDefaults(settings));
  if ("error" in pullRequest) throw new BadInput(`--input ${name}: ${pullRequest.error}`);
  return pullRequest;
}

async function readRange(baseRef: string, options: ReviewOptions, { now, policy }: Settings): Promise<PullRequest> {
  return readGitRange({
    directory: process.cwd(),
    baseRef,
    headRef: options.head ?? "HEAD",
    body: options.body === undefined ? "" : await readText(options.body, "--body", MAX_BODY_BYTES),
    ...(options.title !== undefined && { title: options.title }),
    now,
    knownRules: KNOWN_RULES,
    ...(policy && { policy }),
  });
}

async function readOne(options: ReviewOptions, settings: Settings): Promise<PullRequest> {
  if (options.input !== undefined) return readInput(options.input, settings);
  if (options.base !== undefined) return readRange(options.base, options, settings);
  // Loaded where it is needed: Octokit takes longer to load than a local review to run.
  const { readGitHubPullRequest } = await import("./read-github.ts");
  return readGitHubPullRequest(options.github ?? "", settings);
}

async function reviewOne(options: ReviewOptions, settings: Settings): Promise<ExitCode> {
  const progress = startProgress("Reviewing", "pull requests");
  const pullRequest = await readOne(options, settings);
  const review = await withInspector((inspector) => reviewSnapshot(pullRequest, inspector));
  progress.end();
  await writeOut(renderReview(review, settings.format));
  return exitCodeOf(review.verdict);
}

async function reviewValue(value: unknown, settings: Settings, inspector: Inspector) {
  const pullRequest = parsePullRequestInput(value, inputDefaults(settings));
  return "error" in pullRequest ? pullRequest : reviewSnapshot(pullRequest, inspector);
}

async function reviewLines(settings: Settings): Promise<ExitCode> {
  const progress = startProgress("Reviewing", "pull requests");
  const isGood = await withInspector((inspector) =>
    answerLines(process.stdin, (value) => reviewValue(value, settings, inspector), progress),
  );
  progress.end();
  return isGood ? EXIT.passed : EXIT.badInput;
}

/** `review`: one pull request, or a stream of them, to its verdict. */
export function addReviewCommand(program: Command): void {
  const command = program.command("review").description("review one pull request, or a stream of them");
  addSettings(command)
    .option("--input <file>", "a pull request as JSON; - reads stdin")
    .option("--jsonl", "a pull request a line on stdin, a review a line on stdout")
    .option("--base <ref>", "the local git range from where the head left this ref")
    .option("--head <ref>", "head of the range (default: HEAD); its commits, not what is uncommitted")
    .option("--body <file>", "the description of the range; - reads stdin")
    .option("--title <text>", "the title of the range (default: the newest commit's subject)")
    .option("--github <owner/repo#n>", "a pull request on GitHub, read only (GITHUB_TOKEN, GITHUB_API_URL)")
    .action(async (options: ReviewOptions) => {
      const way = chooseWay(options);
      const settings = await readSettings(options, way === "jsonl" ? "json" : undefined);
      process.exitCode = way === "jsonl" ? await reviewLines(settings) : await reviewOne(options, settings);
    });
}
