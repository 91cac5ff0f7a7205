import { createHash } from "node:crypto";
import type { PlanItem } from "../model/plan-item.ts";
import { comparisonKey } from "./near-duplicates.ts";

/** How many items the specificity checkpoint draws. */
export const DRAWN = 3;

/**
 * The counted items in the order of the draw: lowest SHA-256 of the pull request's identity and the item's normalised text
 * first. The specificity checkpoint takes the first three; neither a push nor an edit of another item rerolls them.
 */
export function orderForDraw(counted: readonly PlanItem[], identity: string): readonly PlanItem[] {
  return counted
    .map((item) => ({
      item,
      hash: createHash("sha256")
        .update(`${identity}\n${comparisonKey(item.text)}`)
        .digest("hex"),
    }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
    .map(({ item }) => item);
}
