import type { Inspection } from "../model/inspection.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { PullRequest } from "../model/pull-request.ts";

/** What the inspector asks of its worker. */
export interface InspectRequest {
  readonly id: number;
  readonly pullRequest: PullRequest;
  readonly items: readonly PlanItem[];
}

/** What the worker answers: where it is, or what it found. */
export type InspectReply =
  | { readonly kind: "reading"; readonly id: number; readonly path: string }
  | { readonly kind: "done"; readonly id: number; readonly inspection: Inspection }
  | { readonly kind: "failed"; readonly id: number; readonly error: string };
