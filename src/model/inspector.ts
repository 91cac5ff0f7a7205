import type { Inspection } from "./inspection.ts";
import type { PlanItem } from "./plan-item.ts";
import type { PullRequest } from "./pull-request.ts";

/** Reads code. May run in a worker with a memory limit and a deadline, because the code is hostile. */
export interface Inspector {
  /** Never rejects on hostile code: what exceeds its limits becomes an undetermined finding. */
  inspect(pullRequest: PullRequest, items: readonly PlanItem[]): Promise<Inspection>;
}

/** A part of a review that is measured on its own. */
export type Stage = "fetch" | "signatures" | "detect" | "grade" | "inspect" | "judge" | "publish";

/** Measures stages. Gives back what the work gives, a promise too, and throws what it throws. */
export interface StageTimer {
  time<Value>(stage: Stage, work: () => Value): Value;
}
