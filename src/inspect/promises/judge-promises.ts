import type { PlanItem, PromiseState } from "../../model/plan-item.ts";
import type { Manifest } from "../../model/pull-request.ts";
import type { Change } from "../read-change.ts";
import { addedText, findTrace } from "./find-trace.ts";
import type { Observation } from "./observe-code.ts";
import { readPromises, type Promised, type Quantity } from "./read-promise.ts";

/** For which quantities more than promised breaks the promise, for which less, and for which any difference. */
const BREAKS: Readonly<Record<Quantity, "more" | "less" | "different">> = {
  "http-timeout": "more",
  "database-timeout": "more",
  retries: "different",
  "breaker-reset": "different",
  rate: "more",
  "cipher-bits": "less",
  "tls-version": "less",
  "hash-cost": "less",
  "token-lifetime": "more",
};
const NAMES: Readonly<Record<Quantity, string>> = {
  "http-timeout": "a call waits",
  "database-timeout": "a query waits",
  retries: "retries",
  "breaker-reset": "the breaker resets after",
  rate: "the limit is",
  "cipher-bits": "the cipher has",
  "tls-version": "TLS is at least",
  "hash-cost": "the hash cost is",
  "token-lifetime": "a token lives",
};

/**
 * The items again, each counted one that names something the change exercises with what became of its promise. Contradicted: the
 * changed code sets the quantity to a value that no item of the plan allows. Unproven: ticked, and nothing it names is in the change or a
 * manifest. Where the code sets no such number, nothing is said against an item.
 */
export function judgePromises(
  items: readonly PlanItem[],
  observations: readonly Observation[],
  changes: readonly Change[],
  manifests: readonly Manifest[],
): readonly PlanItem[] {
  if (items.length === 0) return items;
  const added = addedText(changes);
  const promises = new Map(items.filter((item) => item.counted).map((item) => [item, readPromises(item)]));
  const all = [...promises.values()].flat();
  return items.map((item) => {
    if (!item.counted || item.requirement === null) return item;
    const broken = findContradiction(promises.get(item) ?? [], all, observations);
    if (broken) return { ...item, promise: broken };
    const kept = findKept(promises.get(item) ?? [], observations);
    if (kept) return { ...item, promise: kept };
    const trace = findTrace(item, added, manifests);
    if (trace?.line !== undefined) return { ...item, promise: { state: "kept", path: trace.path, line: trace.line } };
    if (trace && item.done) return { ...item, promise: { state: "kept", path: trace.path } };
    return item.done ? { ...item, promise: { state: "unproven" } } : item;
  });
}

/** An observation that breaks this item's promise and that no other item of the plan allows. */
function findContradiction(own: readonly Promised[], all: readonly Promised[], observations: readonly Observation[]): PromiseState | null {
  for (const promised of own)
    for (const seen of observations) {
      if (seen.quantity !== promised.quantity || !breaks(promised, seen)) continue;
      const isAllowed = all.some((other) => other.quantity === seen.quantity && !breaks(other, seen));
      if (isAllowed || !isClosest(promised, own, seen)) continue;
      return {
        state: "contradicted",
        path: seen.path,
        line: seen.line,
        detail: `The plan says ${promised.quote}; in the code ${NAMES[seen.quantity]} ${valueText(seen)} (\`${seen.quote}\`).`,
      };
    }
  return null;
}

/** Of several promises of one item, the one nearest to what was seen speaks. */
function isClosest(promised: Promised, own: readonly Promised[], seen: Observation): boolean {
  const distance = (p: Promised): number => Math.abs(p.value - seen.value);
  return own.filter((p) => p.quantity === seen.quantity).every((p) => distance(promised) <= distance(p));
}

function breaks(promised: Promised, seen: Observation): boolean {
  const rule = BREAKS[promised.quantity];
  if (rule === "more") return seen.value > promised.value * 1.001;
  if (rule === "less") return seen.value < promised.value;
  // Three retries are four attempts: one apart is a way of counting.
  return promised.quantity === "retries" ? Math.abs(seen.value - promised.value) > 1 : seen.value !== promised.value;
}

function findKept(own: readonly Promised[], observations: readonly Observation[]): PromiseState | null {
  for (const promised of own) {
    const seen = observations.find((o) => o.quantity === promised.quantity && !breaks(promised, o));
    if (seen) return { state: "kept", path: seen.path, line: seen.line };
  }
  return null;
}

function valueText(seen: Observation): string {
  if (seen.quantity === "rate") return `${Math.round(seen.value)} requests a minute`;
  if (seen.quantity === "cipher-bits") return `${seen.value} bits`;
  if (seen.quantity === "tls-version" || seen.quantity === "hash-cost" || seen.quantity === "retries") return String(seen.value);
  return seen.value >= 60_000 && seen.value % 60_000 === 0
    ? `${seen.value / 60_000} min`
    : seen.value >= 1000
      ? `${seen.value / 1000} s`
      : `${seen.value} ms`;
}
