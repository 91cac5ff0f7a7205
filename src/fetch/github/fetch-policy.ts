import { type Policy, type PolicyProblem, DEFAULT_POLICY } from "../../model/policy.ts";
import { parsePolicy } from "../../policy/parse-policy.ts";
import type { ChangedFile } from "../../model/changed-file.ts";
import type { PolicyStore } from "../../model/policy-store.ts";
import { decodeContent } from "../text-content.ts";
import type { BlobReading } from "./content-node.ts";
import { type BlobName, keyOf } from "./fetch-blobs.ts";
import type { ListedFile } from "./fetch-files.ts";

/** Where a repository keeps its policy. */
export const POLICY_PATH = ".github/backend-reliability.yml";

/** The policy in force, where it came from, and the mistakes of a file that therefore is not in force. */
interface PolicyReading {
  readonly policy: Policy;
  readonly policyOrigin: string;
  readonly policyProblems: readonly PolicyProblem[];
}

/**
 * A repository's policy. `file` comes from the base repository's default branch only: never from the pull request's
 * head. Where it has mistakes, the last version without any stays in force; `store` remembers it.
 */
export async function readPolicy(repo: string, file: BlobReading, now: string, store: PolicyStore | null): Promise<PolicyReading> {
  const content = file && "bytes" in file ? decodeContent(file.bytes) : null;
  if (!file || !("sha" in file) || !content || !("text" in content))
    return { policy: DEFAULT_POLICY, policyOrigin: "default", policyProblems: [] };
  const { policy, problems } = parsePolicy(content.text, POLICY_PATH);
  if (problems.length > 0) return lastGoodPolicy(repo, problems, store);
  const known = await store?.loadPolicy(repo);
  if (known?.sha !== file.sha) await store?.savePolicy(repo, { text: content.text, sha: file.sha, at: now });
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

/** The policy file as a pull request would leave it, to be read; nothing where it does not touch it, or takes it away. */
export function findPolicyChangeNames(files: readonly ListedFile[]): readonly BlobName[] {
  const left = files.find((file) => file.path === POLICY_PATH && file.status !== "removed");
  return left?.blobSha ? [{ sha: left.blobSha }] : [];
}

/** What a pull request would make of the policy file; null when it does not touch it. */
export function readPolicyChange(
  files: readonly ChangedFile[],
  names: readonly BlobName[],
  blobs: ReadonlyMap<string, BlobReading>,
): { readonly state: "valid" | "invalid" | "removed"; readonly problems: readonly PolicyProblem[] } | null {
  const touched = files.find((file) => file.path === POLICY_PATH || file.previousPath === POLICY_PATH);
  if (!touched) return null;
  if (touched.status === "removed" || touched.path !== POLICY_PATH) return { state: "removed", problems: [] };
  const [blob = null] = names.map((name) => blobs.get(keyOf(name)) ?? null);
  const content = blob && "bytes" in blob ? decodeContent(blob.bytes) : null;
  const notText = { path: POLICY_PATH, line: 1, column: 1, message: "the file cannot be read as text; expected YAML in UTF-8" };
  const problems = content && "text" in content ? parsePolicy(content.text, POLICY_PATH).problems : [notText];
  return { state: problems.length > 0 ? "invalid" : "valid", problems };
}
