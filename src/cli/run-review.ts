import { oneLine } from "./one-line.ts";
import { BadInput } from "../fetch/bad-input.ts";
import { readGitRange } from "../fetch/from-git.ts";
import { parsePullRequestInput } from "../fetch/from-json.ts";
import type { Inspector } from "../model/inspector.ts";
import type { PullRequest } from "../model/pull-request.ts";
import { reviewSnapshot } from "../review-snapshot.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-code.ts";
import { answerLines } from "./json-lines.ts";
import { startProgress } from "./progress.ts";
import { readText } from "./read-text.ts";
import { renderReview } from "./render-review.ts";
import { KNOWN_RULES } from "./known-rules.ts";
import { readSettings, type Settings } from "./read-settings.ts";
import type { SettingOptions } from "./setting-options.ts";
import { withInspector } from "./with-inspector.ts";
import { writeOut } from "./write-out.ts";

/** What the caller wrote for `review`. */
export interface ReviewOptions extends SettingOptions {
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
  const headRef = options.head ?? "HEAD";
  const pullRequest = await readGitRange({
    directory: process.cwd(),
    baseRef,
    headRef,
    body: options.body === undefined ? "" : await readText(options.body, "--body", MAX_BODY_BYTES),
    ...(options.title !== undefined && { title: options.title }),
    now,
    knownRules: KNOWN_RULES,
    ...(policy && { policy }),
  });
  // A green answer about nothing looks like one about the work: an uncommitted change, or another folder than meant.
  if (pullRequest.files.length === 0) process.stderr.write(oneLine(`${baseRef}...${headRef} in ${process.cwd()} changes no file`) + "\n");
  return pullRequest;
}

async function readOne(options: ReviewOptions, settings: Settings): Promise<PullRequest> {
  if (options.input !== undefined) return readInput(options.input, settings);
  if (options.base !== undefined) return readRange(options.base, options, settings);
  // Loaded where it is needed: Octokit takes longer to load than a local review to run.
  const { readGitHubPullRequest } = await import("./read-github.ts");
  return readGitHubPullRequest(options.github ?? "", settings);
}

/** Reviews one pull request and writes its review. Returns the exit code of the verdict. Throws BadInput. */
export async function runReview(options: ReviewOptions): Promise<ExitCode> {
  const settings = await readSettings(options);
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

/** Reviews the pull requests on stdin, a line each. Returns 0 when every line was reviewed. Throws BadInput for a bad option only. */
export async function runReviewLines(options: ReviewOptions): Promise<ExitCode> {
  const settings = await readSettings(options, "json");
  const progress = startProgress("Reviewing", "pull requests");
  const isGood = await withInspector((inspector) =>
    answerLines(process.stdin, (value) => reviewValue(value, settings, inspector), progress),
  );
  progress.end();
  return isGood ? EXIT.passed : EXIT.badInput;
}
