import { type Policy, type PolicyProblem, DEFAULT_POLICY } from "../../model/policy.ts";
import { parsePolicy } from "../../policy/parse-policy.ts";
import type { GitHubClient } from "../../github/client.ts";
import { fetchText } from "./fetch-text.ts";

/** Where a repository keeps its policy. */
export const POLICY_PATH = ".github/backend-reliability.yml";

/** A repository's policy, from the base repository's default branch only: never from the pull request's head. */
export async function fetchPolicy(
  client: GitHubClient,
  repo: string,
): Promise<{ policy: Policy; policyOrigin: string; policyProblems: readonly PolicyProblem[] }> {
  const file = await fetchText(client, repo, POLICY_PATH, null);
  if (!file) return { policy: DEFAULT_POLICY, policyOrigin: "default", policyProblems: [] };
  const { policy, problems } = parsePolicy(file.text, POLICY_PATH);
  const origin = `${repo}@${file.sha.slice(0, 7)}`;
  return { policy, policyOrigin: problems.length > 0 ? `default, because ${POLICY_PATH} has mistakes` : origin, policyProblems: problems };
}
