import type { ChangedFile } from "../src/model/changed-file.ts";
import type { PullRequest } from "../src/model/pull-request.ts";
import { buildFile, type WrittenFile } from "../test/detect/build-file.ts";
import { buildPullRequest } from "../test/support/build-pull-request.ts";

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
    pullRequest: buildPullRequest(files, { title, body: body ?? "" }),
  };
}

interface WrittenPull {
  readonly id: string;
  readonly title: string;
  readonly body?: string;
  readonly files: readonly WrittenFile[];
  readonly backend: boolean;
  readonly payments: boolean;
}

/** Reads one file of our own fixtures; its name is the class. */
export function parseFixtures(name: string, text: string): readonly Labelled[] {
  const pulls = JSON.parse(text) as WrittenPull[]; // as: our own files
  return pulls.map(({ id, title, body = "", files, backend, payments }) => ({
    id,
    repo: "fixtures",
    backend,
    payments,
    meta: { lang: "all", class: name },
    pullRequest: buildPullRequest(files.map(buildFile), { title, body }),
  }));
}
