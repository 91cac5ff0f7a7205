import { expectName } from "../../model/repository-renamed.ts";
import type { PolicyStore } from "../../model/policy-store.ts";
import type { FetchedPullRequest, PullRequestSource } from "../../model/pull-request-source.ts";
import type { PullRequestRef } from "../../model/job.ts";
import { type ClientOf, ownerAndName, statusOf } from "../../github/client.ts";
import { isOutage, isRefusedQuestion, isSuspended } from "../../github/faults.ts";
import { askPullRequest } from "./ask-pull-request.ts";
import type { BlobCache } from "./blob-cache.ts";
import { fetchBlobs, keyOf } from "./fetch-blobs.ts";
import { findContentNames, withContents } from "./fetch-contents.ts";
import { fetchFiles } from "./fetch-files.ts";
import { findManifestNames, readManifests } from "./fetch-manifests.ts";
import { findPolicyChangeNames, POLICY_PATH, readPolicy, readPolicyChange } from "./fetch-policy.ts";
import type { PullRequestFacts } from "./pull-request-facts.ts";
import { createQuestionGates, type QuestionGate, type Reading } from "./reading.ts";
import { readPullRequest } from "./read-pull-request.ts";

/** What a source needs besides GitHub. */
export interface SourceOptions {
  readonly blobs: BlobCache;
  /** The snapshot's one clock. */
  readonly now: () => Date;
  /** Where the last valid policy is kept; without it a broken file leaves the default in force. */
  readonly policies?: PolicyStore;
  /** true: a closed pull request is read like an open one (the command line). */
  readonly readClosed?: boolean;
  /** The app whose check runs are ours; null: nobody's (the command line). */
  readonly appId: number | null;
  /** true: GraphQL is not asked, because it answers nobody without a token. */
  readonly restOnly?: boolean;
}

/** Reads pull requests from GitHub, one immutable snapshot each: by GraphQL where it answers, by REST where it does not. */
export function createPullRequestSource(clientOf: ClientOf, options: SourceOptions): PullRequestSource {
  const gateOf = createQuestionGates(Date.now);
  return {
    async fetchPullRequest(ref) {
      try {
        const client = await clientOf(ref.installationId);
        const questions = options.restOnly === true ? CLOSED_GATE : gateOf(ref.installationId);
        return await fetchSnapshot({ client, repo: ref.repo, blobs: options.blobs, questions }, ref, options);
      } catch (error) {
        if (isGone(error, ref) || isSuspended(error)) return { state: "gone" };
        throw error;
      }
    },
    async fetchOpenPullRequestsOfHead(installationId, repo, headSha) {
      const client = await clientOf(installationId);
      const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
        ...ownerAndName(repo),
        commit_sha: headSha,
        per_page: 100,
      });
      return data.filter((pull) => pull.state === "open" && pull.head.sha === headSha).map((pull) => pull.number);
    },
  };
}

/** Only the pull request's own 404, or that of the installation: one that a part of it answers may be GitHub's fault, and is tried again. */
function isGone(error: unknown, { number }: PullRequestRef): boolean {
  if (statusOf(error) !== 404) return false;
  const path = URL.parse(requestOf(error)?.url ?? "")?.pathname ?? "";
  return path.endsWith(`/pulls/${number}`) || path.endsWith("/access_tokens");
}

function requestOf(error: unknown): { readonly url?: string } | null {
  return typeof error === "object" && error !== null && "request" in error ? (error.request as { url?: string }) : null; // shape of Octokit's RequestError
}

const CLOSED_GATE: QuestionGate = { isOpen: () => false, refuse() {} };

/** The head moved while it was read: what was read belongs to no one commit, so the job is done again. */
export class HeadMoved extends Error {
  override readonly name = "HeadMoved";
  constructor(repo: string, number: number) {
    super(`${repo}#${number} was pushed to while it was read`);
  }
}

async function fetchSnapshot(reading: Reading, { repo, number }: PullRequestRef, options: SourceOptions): Promise<FetchedPullRequest> {
  const facts = await fetchFacts(reading, number, options.appId);
  const { headSha } = facts;
  if (options.appId !== null) expectName(repo, facts.repo);
  if (!facts.isOpen && options.readClosed !== true) return { state: "closed", headSha, isMerged: facts.isMerged };
  const now = options.now().toISOString();
  const [listed, policy] = await Promise.all([
    fetchFiles(reading.client, repo, number, facts.changedFiles),
    readPolicy(repo, facts.policyFile, now, options.policies ?? null),
  ]);
  if (listed.files.some((file) => file.listedAt !== null && file.status !== "removed" && file.listedAt !== headSha))
    throw new HeadMoved(repo, number);
  const policyNames = findPolicyChangeNames(listed.files);
  const manifestNames = findManifestNames(headSha, listed.files);
  const rootManifest = { commit: headSha, path: "package.json" };
  const known = facts.rootManifest === undefined ? [] : [[keyOf(rootManifest), facts.rootManifest] as const];
  const unknown = manifestNames.filter((name) => !known.some(([key]) => key === keyOf(name)));
  const read = await fetchBlobs(reading, [...findContentNames(listed.files), ...policyNames, ...unknown]);
  const blobs = new Map([...read, ...known]);
  const contents = withContents(listed.files, blobs);
  const policyChange = readPolicyChange(listed.files, policyNames, blobs);
  return {
    state: "open",
    ...(facts.published ? { published: facts.published } : {}),
    ...(facts.authorship ? { authorship: facts.authorship } : {}),
    pullRequest: {
      repo,
      number,
      title: facts.title,
      body: facts.body,
      author: facts.author,
      draft: facts.draft,
      labels: facts.labels,
      headSha,
      base: facts.base,
      files: contents.files,
      comments: facts.comments,
      acceptances: [],
      revertOf: null,
      manifests: readManifests(contents.files, manifestNames, blobs),
      ...policy,
      ...(policyChange === null ? {} : { policyChange: { ...policyChange, path: POLICY_PATH, origin: policy.policyOrigin } }),
      notRead: [...listed.notRead, ...contents.notRead],
      now,
    },
  };
}

/** By one question where GraphQL answers; by REST where it is refused, ill, or does not know the pull request. */
async function fetchFacts(reading: Reading, number: number, appId: number | null): Promise<PullRequestFacts> {
  const asked = reading.questions.isOpen() ? await tryQuestion(reading, number, appId) : null;
  return asked ?? readPullRequest(reading, number);
}

async function tryQuestion(reading: Reading, number: number, appId: number | null): Promise<PullRequestFacts | null> {
  try {
    return await askPullRequest(reading, number, appId);
  } catch (error) {
    if (isOutage(error)) throw error;
    if (isRefusedQuestion(error)) reading.questions.refuse();
    return null;
  }
}
