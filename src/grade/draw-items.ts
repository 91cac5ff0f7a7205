import { createHash } from "node:crypto";
import type { PlanItem } from "../model/plan-item.ts";
import { comparisonKey } from "./near-duplicates.ts";

const DRAWN = 3;

/**
 * The items drawn for the specificity checkpoint: the three lowest SHA-256 of the pull request's identity and the item's
 * normalised text. Neither a push nor an edit of another item rerolls it.
 */
export function drawItems(counted: readonly PlanItem[], identity: string): readonly PlanItem[] {
  return counted
    .map((item) => ({
      item,
      hash: createHash("sha256")
        .update(`${identity}\n${comparisonKey(item.text)}`)
        .digest("hex"),
    }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
    .slice(0, DRAWN)
    .map(({ item }) => item);
}
