import type { ChangedFile } from "../src/model/changed-file.ts";
import { DEFAULT_POLICY } from "../src/model/policy.ts";
import type { PullRequest } from "../src/model/pull-request.ts";

/** A pull request whose answer a person has given. */
export interface Labelled {
  readonly id: string;
  readonly repo: string;
  readonly pullRequest: PullRequest;
  readonly backend: boolean;
  /** null: not scored. */
  readonly payments: boolean | null;
  readonly meta: { readonly lang: string; readonly class: string };
}

interface Row {
  readonly id: string;
  readonly repo: string;
  readonly title: string;
  readonly body: string | null;
  readonly files: readonly ChangedFile[];
  readonly label: { readonly backend: boolean; readonly payment: boolean | "unknown" };
  readonly meta: { readonly lang: string; readonly class: string; readonly tags: readonly string[] };
}

/** Reads labelled pull requests, one JSON object a line. Throws on a line that is not JSON: the data is our own. */
export function parseLabelled(text: string): readonly Labelled[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => toLabelled(JSON.parse(line) as Row)); // as: the shape is the one that USAGE asks for
}

function toLabelled({ id, repo, title, body, files, label, meta }: Row): Labelled {
  const unscored = label.payment === "unknown" || meta.tags.includes("frontend-payment");
  return {
    id,
    repo,
    backend: label.backend,
    payments: unscored ? null : label.payment === true,
    meta,
    pullRequest: buildPullRequest({ title, body: body ?? "", files }),
  };
}

/** A pull request of these parts, everything else empty, under the default policy. */
export function buildPullRequest(parts: Partial<PullRequest>): PullRequest {
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
    files: [],
    comments: [],
    acceptances: [],
    revertOf: null,
    manifests: [],
    policy: DEFAULT_POLICY,
    policyOrigin: "default",
    policyProblems: [],
    notRead: [],
    now: "2026-01-01T00:00:00Z",
    ...parts,
  };
}
