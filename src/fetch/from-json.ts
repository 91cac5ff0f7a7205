import type { Acceptance } from "../model/acceptance.ts";
import type { ChangedFile, NotRead } from "../model/changed-file.ts";
import type { Policy, PolicyProblem } from "../model/policy.ts";
import { parsePatch } from "../model/patch.ts";
import type { PullRequest } from "../model/pull-request.ts";
import { parsePolicyObject } from "../policy/parse-policy-object.ts";
import { addedFilePatch } from "./added-file-patch.ts";
import { describeMistake } from "./describe-mistake.ts";
import { findManifests } from "./find-manifests.ts";
import type { PullRequestInput } from "./pull-request-input.ts";
import { pullRequestInput } from "./pull-request-input.ts";
import { isInspectedPath } from "../model/inspected-path.ts";
import { MAX_CONTENT_BYTES, tooLargeReason } from "./text-content.ts";
import { unreadFile } from "./unread-file.ts";

/** A policy with its origin, as a snapshot carries it. */
export interface ChosenPolicy {
  readonly policy: Policy;
  readonly origin: string;
  readonly problems: readonly PolicyProblem[];
}

/** What the caller decides for every input. */
export interface InputDefaults {
  /** Instant of the review when the input states none. ISO 8601 UTC. */
  readonly now: string;
  /** true when `now` also stands in for what the input states (`--now`). */
  readonly fixedNow?: boolean;
  /** Stands in for the input's own policy (`--policy`). */
  readonly policy?: ChosenPolicy;
  /** Ids of the catalogue's rules; a policy that names another has a mistake. Empty: not looked at. */
  readonly knownRules?: readonly string[];
}

type FileInput = PullRequestInput["files"][number];
type AcceptanceInput = NonNullable<PullRequestInput["acceptances"]>[number];

function toFile(input: FileInput): ChangedFile {
  const { path, previousPath, status, additions, deletions, content } = input;
  const isRead = typeof content === "string" && Buffer.byteLength(content) <= MAX_CONTENT_BYTES;
  const patch = isRead && status === "added" && !tellsWhole(input.patch, content) ? addedFilePatch(content) : input.patch;
  return {
    path,
    status,
    ...(typeof previousPath === "string" && { previousPath }),
    ...(typeof additions === "number" && { additions }),
    ...(typeof deletions === "number" && { deletions }),
    ...(typeof patch === "string" && { patch }),
    ...(isRead && { content }),
  };
}

/** Whether the patch of a new file is the one of this text: every line added. */
function tellsWhole(patch: string | null | undefined, content: string): boolean {
  const lines = parsePatch(patch ?? undefined).filter((line) => line.kind === "added");
  const text = content.split("\n").map((line) => line.replace(/\r$/, ""));
  if (text.at(-1) === "") text.pop();
  return lines.length === text.length && lines.every((line, index) => line.text === text[index]);
}

function findUnread(files: readonly FileInput[]): readonly NotRead[] {
  return files.flatMap((file) => {
    const { path, status, patch, content } = file;
    if (typeof content !== "string") return isTold(file) ? [] : [unreadFile(path, status, false, "neither its text nor a patch was given")];
    const bytes = Buffer.byteLength(content);
    return bytes > MAX_CONTENT_BYTES ? [unreadFile(path, status, Boolean(patch), tooLargeReason(bytes))] : [];
  });
}

/** Whether enough is given of a file without its text: a patch, or counts that say that no line differs. Only code of an inspected language asks. */
function isTold({ path, status, patch, additions, deletions }: FileInput): boolean {
  return status === "removed" || !isInspectedPath(path) || Boolean(patch) || (additions === 0 && deletions === 0);
}

function toAcceptance({ headSha, url, ...rest }: AcceptanceInput): Acceptance {
  return { ...rest, headSha: headSha ?? null, url: url ?? null };
}

function choosePolicy(input: PullRequestInput, defaults: InputDefaults): ChosenPolicy {
  if (defaults.policy) return defaults.policy;
  const stated = input.policy ?? undefined;
  return { ...parsePolicyObject(stated, "policy", defaults.knownRules), origin: stated === undefined ? "default" : "input" };
}

function toPullRequest(input: PullRequestInput, defaults: InputDefaults): PullRequest {
  const files = input.files.map(toFile);
  const chosen = choosePolicy(input, defaults);
  return {
    ...(typeof input.id === "string" && { id: input.id }),
    repo: input.repo ?? "",
    number: input.number ?? null,
    title: input.title,
    body: input.body ?? "",
    author: input.author ?? null,
    draft: input.draft ?? false,
    labels: input.labels ?? [],
    headSha: input.headSha ?? null,
    base: input.base ?? null,
    files,
    comments: input.comments ?? [],
    acceptances: (input.acceptances ?? []).map(toAcceptance),
    revertOf: null,
    manifests: findManifests(files),
    policy: chosen.policy,
    policyOrigin: chosen.origin,
    policyProblems: chosen.problems,
    notRead: findUnread(input.files),
    now: defaults.fixedNow ? defaults.now : (input.now ?? defaults.now),
  };
}

/**
 * Reads a pull request that a caller wrote as JSON (contract: "Pull request (input)"). Content over
 * 1 MB is left out and named in `notRead`; an added file without a patch gets the one that its content implies. A mistake inside `policy` is no bad input: the default stays in
 * force and the mistake is carried along, as for a repository's own policy file.
 *
 * Never throws on JSON values: a wrong shape gives `error`, one line with the path of the field.
 */
export function parsePullRequestInput(value: unknown, defaults: InputDefaults): PullRequest | { readonly error: string } {
  const parsed = pullRequestInput.safeParse(value);
  return parsed.success ? toPullRequest(parsed.data, defaults) : { error: describeMistake(parsed.error.issues, value) };
}
