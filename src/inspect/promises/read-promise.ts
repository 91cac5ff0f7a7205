import type { PlanItem } from "../../model/plan-item.ts";
import { subjectWords } from "./subject-words.ts";

/** A number that pins behaviour and that code can be held to. */
export interface Promised {
  readonly quantity: Quantity;
  /** Milliseconds for times, requests per minute for rates, else the bare number. */
  readonly value: number;
  /** As the item says it: "5s". */
  readonly quote: string;
  /** What its clause is about: "ledger", "sms". */
  readonly subjects: ReadonlySet<string>;
  /** It may be about something else: it can excuse what the code does and accuse nothing. */
  readonly isVague?: boolean;
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
  | "token-lifetime"
  | "retention";

const NONE: ReadonlySet<string> = new Set();
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|msecs?|millis|milliseconds?)$/i, 1],
  [/^(?:s|secs?|seconds?)$/i, 1000],
  [/^(?:m|mins?|minutes?)$/i, 60_000],
  [/^(?:h|hrs?|hours?)$/i, 3_600_000],
  [/^(?:d|days?)$/i, 86_400_000],
  [/^(?:w|wks?|weeks?)$/i, 7 * 86_400_000],
  [/^(?:mo|months?)$/i, 30 * 86_400_000],
  [/^(?:y|yrs?|years?)$/i, 365 * 86_400_000],
];
const DURATION =
  /(\d{1,9}(?:[._]\d{1,9})?)[ -]?(ms|msecs?|millis|milliseconds?|secs?|seconds?|s|mins?|minutes?|m|hrs?|hours?|h|days?|d|weeks?|months?|years?)\b/gi;
const DATABASE =
  /(?:\b|_)(?:db|database|sql|quer(?:y|ies)|pg|postgres\w*|mysql|mongo\w*|redis|cache|knex|prisma|pool|statements?|transactions?)(?:\b|_)/i;
const NOT_A_CALL =
  /\b(?:connect\w*|server|inbound|headers?|keep-?alive|drain\w*|shutdown|session|lock|window|interval|every|ttl|cached?|retry|retries|backoff|reset|alert|after|p9\d|latency|within)\b/i;

/** A part of an item with what it is about; a part that names nothing is about what the part before it named. */
interface Clause {
  readonly text: string;
  readonly subjects: ReadonlySet<string>;
}

/** Every number in an item that code can be held to, by the item's requirement. An item about anything else promises nothing here. */
export function readPromises(item: PlanItem): readonly Promised[] {
  const text = item.text.slice(0, 2000);
  if (item.requirement === "timeouts") return timeouts(text);
  if (item.requirement === "retry-backoff") return retries(text);
  if (item.requirement === "circuit-breaker") return near(text, "breaker-reset", /reset|half-?open|re-?try after|recover/i);
  if (item.requirement === "rate-limiting") return rates(text);
  if (item.requirement === "data-retention") return retention(text);
  if (item.requirement === "authentication")
    return [...near(text, "token-lifetime", /expir|ttl|lifetime|valid for|access token|jwt/i), ...hashCost(text)];
  if (item.requirement === "encryption") return [...versions(text), ...hashCost(text)];
  return [];
}

/** A clause that speaks of another wait (a drain, an alert) is vague: its number may still be the wait of a call. */
function timeouts(text: string): readonly Promised[] {
  return clauses(text).flatMap((clause) => {
    const isOther = /(?:\b|_)(?:connect\w*|keep-?alive|drain|shutdown|headers?|idle|server)(?:\b|_)/i.test(clause.text);
    const isVague = isOther || (NOT_A_CALL.test(clause.text) && !/time-?outs?\b|_timeout\b|\btimed? out\b/i.test(clause.text));
    return durations(clause.text).map(({ ms, quote }): Promised => ({
      quantity: DATABASE.test(clause.text) ? "database-timeout" : "http-timeout",
      value: ms,
      quote,
      subjects: clause.subjects,
      ...(isVague ? { isVague } : {}),
    }));
  });
}

/** How long something is kept; how often it is cleaned up is another number. */
function retention(text: string): readonly Promised[] {
  return clauses(text).flatMap((clause) => {
    const isVague = /\b(?:every|nightly|hourly|interval|within|at most|request)\b/i.test(clause.text);
    return durations(clause.text)
      .filter(({ ms }) => ms >= 3_600_000)
      .map(({ ms, quote }): Promised => ({
        quantity: "retention",
        value: ms,
        quote,
        subjects: clause.subjects,
        ...(isVague ? { isVague } : {}),
      }));
  });
}

function retries(text: string): readonly Promised[] {
  const match =
    /\b(\d{1,2})(?:x| times)?[ -](?:retries|retry|attempts|re-?tries)\b|\b(?:retr(?:y|ies)|attempts)\D{0,14}?\b(\d{1,2})(?:x| times| attempts)?\b(?![ -]?(?:ms|s|sec|seconds|m|min|%|xx))/i.exec(
      text,
    );
  const value = Number(match?.[1] ?? match?.[2] ?? NaN);
  return match && Number.isFinite(value) && value > 0
    ? [{ quantity: "retries", value, quote: match[0], subjects: subjectWords(text) }]
    : [];
}

/** Durations in the clauses that speak of something. */
function near(text: string, quantity: Quantity, about: RegExp): readonly Promised[] {
  return clauses(text).flatMap((clause) =>
    about.test(clause.text)
      ? durations(clause.text).map(({ ms, quote }) => ({ quantity, value: ms, quote, subjects: clause.subjects }))
      : [],
  );
}

const RATE =
  /\b(\d{1,7}(?:[,_]\d{3})?)\s?(?:req(?:uest)?s?|rpm|calls|hits|attempts|logins|messages)?\s?(?:\/|per|in|each|a)\s?(\d{1,4})?\s?(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\b/i;

/** Every rate of the item, each with its clause's subject. */
function rates(text: string): readonly Promised[] {
  const found = clauses(text).flatMap((clause): Promised[] => rateIn(clause));
  return found.length > 0 ? found : rateIn({ text, subjects: subjectWords(text) });
}

function rateIn({ text, subjects }: Clause): Promised[] {
  const match = RATE.exec(text);
  if (!match) return [];
  const unit = unitMs(match[3] ?? "");
  const count = Number((match[1] ?? "").replace(/[,_]/g, ""));
  return unit === null ? [] : [{ quantity: "rate", value: (count * 60_000) / (unit * Number(match[2] ?? 1)), quote: match[0], subjects }];
}

function versions(text: string): readonly Promised[] {
  const found: Promised[] = [];
  const bits = /\bAES[- ]?(128|192|256)\b/i.exec(text);
  if (bits) found.push({ quantity: "cipher-bits", value: Number(bits[1]), quote: bits[0], subjects: NONE });
  const tls = /\bTLS(?:v| v| )?(1\.[0-3])\b(?!\+? ?(?:-|or|and|\/) ?1)/i.exec(text);
  if (tls) found.push({ quantity: "tls-version", value: Number(tls[1]), quote: tls[0], subjects: NONE });
  return found;
}

function hashCost(text: string): readonly Promised[] {
  const match = /\bbcrypt\w*\D{0,24}?\b(\d{1,2})\b(?: ?(?:rounds|salt))?/i.exec(text);
  return match ? [{ quantity: "hash-cost", value: Number(match[1]), quote: match[0], subjects: NONE }] : [];
}

function clauses(text: string): readonly Clause[] {
  let before = NONE;
  return text.split(/[;,()]|\band\b|\bthen\b|\.\s|\s[-–—]\s/).map((part) => {
    const own = subjectWords(part);
    if (own.size > 0) before = own;
    return { text: part, subjects: before };
  });
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
