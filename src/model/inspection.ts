import type { NotRead } from "./changed-file.ts";
import type { Finding } from "./finding.ts";
import type { Operation } from "./operation.ts";
import type { PlanItem } from "./plan-item.ts";

/** What reading the diff gave. Findings in catalogue order, then path, then line. */
export interface Inspection {
  readonly findings: readonly Finding[];
  readonly notRead: readonly NotRead[];
  readonly operations: readonly Operation[];
  /** The plan's items again, those that name something the diff exercises carrying `promise`. */
  readonly items: readonly PlanItem[];
}
