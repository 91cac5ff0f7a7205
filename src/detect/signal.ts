import type { Evidence } from "../model/touch.ts";

/** What a signal is made from; the ablation and the fitted scales work by group. */
export type SignalGroup = "language" | "path" | "counter" | "code" | "words" | "policy";

/** A piece of evidence with its group. */
export interface Signal extends Evidence {
  readonly group: SignalGroup;
}
