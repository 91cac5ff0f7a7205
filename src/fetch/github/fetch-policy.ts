import { type Policy, type PolicyProblem, DEFAULT_POLICY } from "../../model/policy.ts";
import { parsePolicy } from "../../policy/parse-policy.ts";
import type { ChangedFile } from "../../model/changed-file.ts";
import type { PolicyStore } from "../../model/ports.ts";
import type { GitHubClient } from "../../github/client.ts";
import { fetchText } from "./fetch-text.ts";

/** Where a repository keeps its policy. */
export const POLICY_PATH = ".github/backend-reliability.yml";

/** The policy in force, where it came from, and the mistakes of a file that therefore is not in force. */
interface PolicyReading {
  readonly policy: Policy;
  readonly policyOrigin: string;
  readonly policyProblems: readonly PolicyProblem[];
}

/**
 * A repository's policy, from the base repository's default branch only: never from the pull request's head. Where the
 * file has mistakes, the last version without any stays in force; `store` remembers it.
 */
export async function fetchPolicy(client: GitHubClient, repo: string, now: string, store: PolicyStore | null): Promise<PolicyReading> {
  const file = await fetchText(client, repo, POLICY_PATH, null);
  if (!file) return { policy: DEFAULT_POLICY, policyOrigin: "default", policyProblems: [] };
  const { policy, problems } = parsePolicy(file.text, POLICY_PATH);
  if (problems.length > 0) return lastGoodPolicy(repo, problems, store);
  const known = await store?.loadPolicy(repo);
  if (known?.sha !== file.sha) await store?.savePolicy(repo, { text: file.text, sha: file.sha, at: now });
  return { policy, policyOrigin: originOf(repo, file.sha), policyProblems: [] };
}

async function lastGoodPolicy(repo: string, problems: readonly PolicyProblem[], store: PolicyStore | null): Promise<PolicyReading> {
  const stored = await store?.loadPolicy(repo);
  const read = stored ? parsePolicy(stored.text, POLICY_PATH) : null;
  // A newer program may refuse what an older one took.
  if (!stored || !read || read.problems.length > 0)
    return { policy: DEFAULT_POLICY, policyOrigin: `default, because ${POLICY_PATH} has mistakes`, policyProblems: problems };
  const policyOrigin = `${originOf(repo, stored.sha)}, the last version without mistakes`;
  return { policy: read.policy, policyOrigin, policyProblems: problems };
}

const originOf = (repo: string, sha: string): string => `${repo}@${sha.slice(0, 7)}`;

/** The policy file as a pull request would leave it; null when the pull request does not touch it. */
export async function fetchPolicyChange(
  client: GitHubClient,
  repo: string,
  headSha: string,
  files: readonly ChangedFile[],
): Promise<{ readonly state: "valid" | "invalid" | "removed"; readonly problems: readonly PolicyProblem[] } | null> {
  const touched = files.find((file) => file.path === POLICY_PATH || file.previousPath === POLICY_PATH);
  if (!touched) return null;
  if (touched.status === "removed" || touched.path !== POLICY_PATH) return { state: "removed", problems: [] };
  const file = await fetchText(client, repo, POLICY_PATH, headSha);
  const notText = { path: POLICY_PATH, line: 1, column: 1, message: "the file cannot be read as text; expected YAML in UTF-8" };
  const problems = file ? parsePolicy(file.text, POLICY_PATH).problems : [notText];
  return { state: problems.length > 0 ? "invalid" : "valid", problems };
}
