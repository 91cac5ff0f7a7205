import type { PlanItem } from "../../model/plan-item.ts";

/** A number that pins behaviour and that code can be held to. */
export interface Promised {
  readonly quantity: Quantity;
  /** Milliseconds for times, requests per minute for rates, else the bare number. */
  readonly value: number;
  /** As the item says it: "5s". */
  readonly quote: string;
}

/** What can be read both from a plan item and from code. */
export type Quantity =
  | "http-timeout"
  | "database-timeout"
  | "retries"
  | "breaker-reset"
  | "rate"
  | "cipher-bits"
  | "tls-version"
  | "hash-cost"
  | "token-lifetime";

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|msecs?|millis|milliseconds?)$/i, 1],
  [/^(?:s|secs?|seconds?)$/i, 1000],
  [/^(?:m|mins?|minutes?)$/i, 60_000],
  [/^(?:h|hrs?|hours?)$/i, 3_600_000],
  [/^(?:d|days?)$/i, 86_400_000],
];
const DURATION =
  /(\d{1,9}(?:[._]\d{1,9})?)[ -]?(ms|msecs?|millis|milliseconds?|secs?|seconds?|s|mins?|minutes?|m|hrs?|hours?|h|days?|d)\b/gi;
const DATABASE = /\b(?:db|database|sql|quer(?:y|ies)|postgres\w*|mysql|mongo\w*|redis|cache|knex|prisma|pool|statement|transaction)\b/i;
const NOT_A_CALL =
  /\b(?:connect\w*|server|inbound|headers?|keep-?alive|drain\w*|shutdown|session|lock|window|interval|every|ttl|cached?|retry|retries|backoff|reset|alert|after|p9\d|latency|within)\b/i;

/** Every number in an item that code can be held to, by the item's requirement. An item about anything else promises nothing here. */
export function readPromises(item: PlanItem): readonly Promised[] {
  const text = item.text.slice(0, 2000);
  if (item.requirement === "timeouts") return timeouts(text);
  if (item.requirement === "retry-backoff") return retries(text);
  if (item.requirement === "circuit-breaker") return near(text, "breaker-reset", /reset|half-?open|re-?try after|recover/i);
  if (item.requirement === "rate-limiting") return rates(text);
  if (item.requirement === "authentication")
    return [...near(text, "token-lifetime", /expir|ttl|lifetime|valid for|access token|jwt/i), ...hashCost(text)];
  if (item.requirement === "encryption") return [...versions(text), ...hashCost(text)];
  return [];
}

function timeouts(text: string): readonly Promised[] {
  return clauses(text).flatMap((clause) => {
    const isDatabase = DATABASE.test(clause);
    if (NOT_A_CALL.test(clause) && !/time-?outs?\b/i.test(clause)) return [];
    if (/\b(?:connect\w*|keep-?alive|drain|shutdown|headers?|idle|server)\b/i.test(clause)) return [];
    return durations(clause).map(({ ms, quote }): Promised => ({
      quantity: isDatabase ? "database-timeout" : "http-timeout",
      value: ms,
      quote,
    }));
  });
}

function retries(text: string): readonly Promised[] {
  const match =
    /\b(\d{1,2})(?:x| times)?[ -](?:retries|retry|attempts|re-?tries)\b|\b(?:retr(?:y|ies)|attempts)\D{0,14}?\b(\d{1,2})(?:x| times| attempts)?\b(?![ -]?(?:ms|s|sec|seconds|m|min|%|xx))/i.exec(
      text,
    );
  const value = Number(match?.[1] ?? match?.[2] ?? NaN);
  return match && Number.isFinite(value) && value > 0 ? [{ quantity: "retries", value, quote: match[0] }] : [];
}

/** Durations in the clauses that speak of something. */
function near(text: string, quantity: Quantity, about: RegExp): readonly Promised[] {
  return clauses(text).flatMap((clause) =>
    about.test(clause) ? durations(clause).map(({ ms, quote }) => ({ quantity, value: ms, quote })) : [],
  );
}

function rates(text: string): readonly Promised[] {
  const match =
    /\b(\d{1,7}(?:[,_]\d{3})?)\s?(?:req(?:uest)?s?|rpm|calls|hits)?\s?(?:\/|per|in|each|a)\s?(\d{1,4})?\s?(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\b/i.exec(
      text,
    );
  if (!match) return [];
  const unit = unitMs(match[3] ?? "");
  const count = Number((match[1] ?? "").replace(/[,_]/g, ""));
  return unit === null ? [] : [{ quantity: "rate", value: (count * 60_000) / (unit * Number(match[2] ?? 1)), quote: match[0] }];
}

function versions(text: string): readonly Promised[] {
  const found: Promised[] = [];
  const bits = /\bAES[- ]?(128|192|256)\b/i.exec(text);
  if (bits) found.push({ quantity: "cipher-bits", value: Number(bits[1]), quote: bits[0] });
  const tls = /\bTLS(?:v| v| )?(1\.[0-3])\b(?!\+? ?(?:-|or|and|\/) ?1)/i.exec(text);
  if (tls) found.push({ quantity: "tls-version", value: Number(tls[1]), quote: tls[0] });
  return found;
}

function hashCost(text: string): readonly Promised[] {
  const match = /\bbcrypt\w*\D{0,24}?\b(\d{1,2})\b(?: ?(?:rounds|salt))?/i.exec(text);
  return match ? [{ quantity: "hash-cost", value: Number(match[1]), quote: match[0] }] : [];
}

function clauses(text: string): readonly string[] {
  return text.split(/[;,()]|\band\b|\bthen\b|\.\s/);
}

function durations(text: string): readonly { ms: number; quote: string }[] {
  return [...text.matchAll(DURATION)].flatMap((match) => {
    const unit = unitMs(match[2] ?? "");
    return unit === null ? [] : [{ ms: Number((match[1] ?? "").replace("_", "")) * unit, quote: match[0] }];
  });
}

function unitMs(unit: string): number | null {
  return UNITS.find(([pattern]) => pattern.test(unit))?.[1] ?? null;
}
