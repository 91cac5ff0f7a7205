import type { PlanItem, PromiseState } from "../../model/plan-item.ts";
import type { Manifest } from "../../model/pull-request.ts";
import type { Change } from "../read-change.ts";
import { addedText, findTrace } from "./find-trace.ts";
import type { Observation } from "./observe-code.ts";
import { readPromises, type Promised, type Quantity } from "./read-promise.ts";
import { sharedWords } from "./subject-words.ts";

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
  retention: "different",
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
  retention: "data is kept",
};

/**
 * The items again, each counted one that names something the change exercises with what became of its promise. Contradicted: the
 * changed code sets the quantity to a value that no item of the plan allows. Kept by sign: it names what the item names. Unproven: ticked, and nothing it names is in the change or a
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
    const kept = findKept(promises.get(item) ?? [], all, observations);
    if (kept) return { ...item, promise: kept };
    const trace = findTrace(item, added, manifests);
    if (trace?.line !== undefined) return { ...item, promise: { state: "kept", path: trace.path, line: trace.line, bySign: true } };
    if (trace && item.done) return { ...item, promise: { state: "kept", path: trace.path } };
    return item.done ? { ...item, promise: { state: "unproven" } } : item;
  });
}

/** An observation that breaks this item's promise and that no other promise about the same thing allows. */
function findContradiction(own: readonly Promised[], all: readonly Promised[], observations: readonly Observation[]): PromiseState | null {
  for (const seen of observations) {
    const about = promisesAbout(seen, all);
    if (about.some((promised) => !breaks(promised, seen))) continue;
    const candidates = own.filter((promised) => !promised.isVague && about.includes(promised));
    const broken = candidates.find((promised) => isClosest(promised, candidates, seen));
    if (!broken || (seen.isNamed && isOneOfSeveralAges(broken, own))) continue;
    const isNearby = isOnlyNearby(seen, broken);
    if ((seen.isNamed && isNearby) || ((seen.isNamed || isNearby) && isKept(broken, all, observations))) continue;
    return {
      state: "contradicted",
      path: seen.path,
      line: seen.line,
      detail: `The plan says ${broken.quote}; in the code ${NAMES[seen.quantity]} ${valueText(seen)} (\`${seen.quote}\`).`,
    };
  }
  return null;
}

/**
 * The promises that an observation can keep or break: those of its quantity that share most words with the names around it; where none
 * shares any, all of them. A number known by its name alone is held only against promises of its subject, or, where nothing around it names
 * one, against the plan's only promise.
 */
function promisesAbout(seen: Observation, all: readonly Promised[]): readonly Promised[] {
  const same = all.filter((promised) => promised.quantity === seen.quantity && !isOfAnother(promised, seen));
  const shared = same.map((promised) => sharedWords(promised.subjects, seen.subjects));
  const most = Math.max(0, ...shared);
  if (most > 0) return same.filter((_, i) => shared[i] === most);
  return seen.isNamed && (same.length > 1 || seen.subjects.size > 0) ? [] : same;
}

/** Quantities that every call, limit and token has its own of: a promise that names its subject says nothing of another's. */
const OWN: ReadonlySet<string> = new Set(["http-timeout", "rate", "retries", "cipher-bits"]);
const TOKENS = [
  "refresh",
  "verification",
  "verify",
  "email",
  "reset",
  "invite",
  "invitation",
  "magic",
  "link",
  "download",
  "unsubscribe",
  "csrf",
  "state",
  "confirm",
  "otp",
];

function isOfAnother(promised: Promised, seen: Observation): boolean {
  if (promised.quantity === "token-lifetime") return TOKENS.some((kind) => promised.subjects.has(kind) !== seen.subjects.has(kind));
  if (promised.isVague || !OWN.has(promised.quantity) || promised.subjects.size === 0) return false;
  if (seen.subjects.size === 0) return seen.isNamed;
  return sharedWords(promised.subjects, seen.subjects) === 0;
}

/** Of several promises of one item, the one nearest to what was seen speaks. */
function isClosest(promised: Promised, own: readonly Promised[], seen: Observation): boolean {
  const distance = (p: Promised): number => Math.abs(p.value - seen.value);
  return own.filter((p) => p.quantity === seen.quantity).every((p) => distance(promised) <= distance(p));
}

function breaks(promised: Promised, seen: Observation): boolean {
  if (promised.bound === "most" && seen.value <= promised.value) return false;
  if (promised.bound === "least" && seen.value >= promised.value) return false;
  if (promised.least !== undefined && seen.value >= promised.least && seen.value <= promised.value) return false;
  const rule = BREAKS[promised.quantity];
  if (rule === "more") return seen.value > promised.value * 1.001;
  if (rule === "less") return seen.value < promised.value;
  // Months and years are of different lengths.
  if (promised.quantity === "retention") return Math.abs(seen.value - promised.value) > promised.value * 0.04;
  // Three retries are four attempts: one apart is a way of counting.
  return promised.quantity === "retries" ? Math.abs(seen.value - promised.value) > 1 : seen.value !== promised.value;
}

/** An item that tells how long each of several things is kept: a name alone does not say which of them is meant. */
function isOneOfSeveralAges({ quantity, value }: Promised, own: readonly Promised[]): boolean {
  return quantity === "retention" && own.some((other) => other.quantity === quantity && other.value !== value);
}

/** A call of the promised subject's file that is named after something else. */
function isOnlyNearby({ ownSubjects }: Observation, { subjects }: Promised): boolean {
  return ownSubjects.size > 0 && sharedWords(subjects, ownSubjects) === 0;
}

/** Where the code keeps a promise in plain sight, a name alone does not break it. */
function isKept(promised: Promised, all: readonly Promised[], observations: readonly Observation[]): boolean {
  return observations.some((seen) => !seen.isNamed && promisesAbout(seen, all).includes(promised) && !breaks(promised, seen));
}

function findKept(own: readonly Promised[], all: readonly Promised[], observations: readonly Observation[]): PromiseState | null {
  for (const promised of own) {
    const seen = observations.find((o) => promisesAbout(o, all).includes(promised) && !breaks(promised, o));
    if (seen) return { state: "kept", path: seen.path, line: seen.line };
  }
  return null;
}

function valueText(seen: Observation): string {
  if (seen.quantity === "rate") return `${Math.round(seen.value)} requests a minute`;
  if (seen.quantity === "cipher-bits") return `${seen.value} bits`;
  if (seen.quantity === "tls-version" || seen.quantity === "hash-cost" || seen.quantity === "retries") return String(seen.value);
  if (seen.quantity === "retention") return `${Math.round(seen.value / 86_400_000)} days`;
  return seen.value >= 60_000 && seen.value % 60_000 === 0
    ? `${seen.value / 60_000} min`
    : seen.value >= 1000
      ? `${seen.value / 1000} s`
      : `${seen.value} ms`;
}
