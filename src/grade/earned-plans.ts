import { createHash } from "node:crypto";
import type { EarnedPlan } from "../model/earned-plan.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { PullRequest } from "../model/pull-request.ts";
import { cleanItemText } from "./clean-text.ts";
import { comparisonKey } from "./near-duplicates.ts";

/** A plan of which more than this share stands in another's word for word is that plan, not this change's. */
const REPEATED_SHARE = 0.6;

/** Files that changes of any kind have in common. */
const ANYBODYS = /(?:^|\/)(?:package\.json|[^/]*lock[^/]*|[^/]*\.(?:md|mdx|txt))$/i;

/** An item's words as a short hash: equal for texts that differ in case, marks and spacing alone. */
export function planKey({ text }: Pick<PlanItem, "text">): string {
  return createHash("sha256")
    .update(comparisonKey(cleanItemText(text)))
    .digest("hex")
    .slice(0, 16);
}

/**
 * The earned plans that may not serve again: those of other changes. A backport, a second part or a new try has more than
 * half of its files, or of the first one's, in common with the first, and keeps the words that are true of both.
 */
export function plansOfOtherChanges({ earnedPlans = [], files }: Pick<PullRequest, "earnedPlans" | "files">): readonly EarnedPlan[] {
  const own = files.filter(({ path }) => !ANYBODYS.test(path)).map(({ path, previousPath }) => [path, previousPath]);
  return earnedPlans.filter(({ paths }) => {
    const there = new Set(paths.filter((path) => !ANYBODYS.test(path)));
    const inBoth = own.filter((names) => names.some((name) => name !== undefined && there.has(name))).length;
    return inBoth * 2 <= Math.min(own.length, there.size);
  });
}

/** The earned plan that these items repeat, with their keys that stand in it; null when none has most of them. */
export function findRepeatedPlan(
  items: readonly Pick<PlanItem, "text">[],
  plans: readonly EarnedPlan[],
): { readonly number: number; readonly keys: ReadonlySet<string> } | null {
  if (plans.length === 0 || items.length === 0) return null;
  const keys = items.map(planKey);
  const repeats = plans.map((plan) => {
    const known = new Set(plan.keys);
    return { number: plan.number, keys: keys.filter((key) => known.has(key)) };
  });
  const [most] = repeats.toSorted((left, right) => right.keys.length - left.keys.length);
  return most && most.keys.length > keys.length * REPEATED_SHARE ? { number: most.number, keys: new Set(most.keys) } : null;
}
