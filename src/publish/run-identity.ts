import { createHash } from "node:crypto";
import type { CheckRun } from "../model/check-run.ts";
import type { PullRequestRef } from "../model/job.ts";

/** What a run's `external_id` tells of it. Hashes; "" for what it has none of. */
export interface RunIdentity {
  /** "pull-request-12". */
  readonly of: string;
  readonly annotations: string;
  readonly shows: string;
}

/** Names the pull request, and by hashes the annotations (a repetition appends none twice) and the shortfalls that are shown. */
export function identityOf(
  { number }: Pick<PullRequestRef, "number">,
  { annotations, shows = [] }: Pick<CheckRun, "annotations" | "shows">,
): RunIdentity {
  return {
    of: `pull-request-${number}`,
    annotations: annotations.length === 0 ? "" : digestOf(annotations),
    shows: shows.length === 0 ? "" : digestOf([...new Set(shows)].toSorted()),
  };
}

/** The identity as `external_id`. */
export function writeIdentity({ of, annotations, shows }: RunIdentity): string {
  return [of, annotations, shows].join(":").replace(/:+$/, "");
}

/** Reads an `external_id`; one that is not ours has no hashes. */
export function readIdentity(externalId: string): RunIdentity {
  const [of = "", annotations = "", shows = ""] = externalId.split(":");
  return { of, annotations, shows };
}

function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
