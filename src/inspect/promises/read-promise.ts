import type { PlanItem } from "../../model/plan-item.ts";
import { boundOf, clauses, durations, unitMs, type Clause, type Duration } from "./read-durations.ts";
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
  /** The lower end of a range. */
  readonly least?: number;
  /** "at most" and "at least": the other side of the number breaks nothing. */
  readonly bound?: "most" | "least";
  /** It may be about something else, or is only roughly so: it can excuse what the code does and accuse nothing. */
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
const DATABASE =
  /(?:\b|_)(?:db|database|sql|quer(?:y|ies)|pg|postgres\w*|mysql|mongo\w*|redis|cache|knex|prisma|pool|statements?|transactions?)(?:\b|_)/i;
const NOT_A_CALL =
  /\b(?:connect\w*|server|inbound|headers?|keep-?alive|drain\w*|shutdown|session|lock|window|interval|every|ttl|cached?|retry|retries|backoff|reset|alert|after|p9\d|latency|within)\b/i;

/** Words of calls to other services. */
const CALL = /\b(?:http|fetch|axios|got|ky|undici|apis?|calls?|clients?|endpoints?|webhooks?|outbound|upstream)\b/i;

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

/**
 * A clause that speaks of another wait (a drain, an alert) is vague: its number may still be the wait of a call. One that follows a database's
 * ("statement_timeout 5s for requests, 120s for reports") may still mean the database's.
 */
function timeouts(text: string): readonly Promised[] {
  let isAfterDatabase = false;
  return clauses(text).flatMap((clause) => {
    const isOther = /(?:\b|_)(?:connect\w*|keep-?alive|drain|shutdown|headers?|idle|server)(?:\b|_)/i.test(clause.text);
    const isVague = isOther || (NOT_A_CALL.test(clause.text) && !/time-?outs?\b|_timeout\b|\btime[sd]? out\b/i.test(clause.text));
    const isDatabase = DATABASE.test(clause.text);
    const also =
      isAfterDatabase && !isDatabase && !CALL.test(clause.text)
        ? durations(clause.text).map((each) => promised("database-timeout", each, clause, true))
        : [];
    isAfterDatabase ||= isDatabase;
    const quantity = isDatabase ? "database-timeout" : "http-timeout";
    return [...durations(clause.text).map((duration) => promised(quantity, duration, clause, isVague)), ...also];
  });
}

/** How long something is kept; how often it is cleaned up is another number. */
function retention(text: string): readonly Promised[] {
  return clauses(text).flatMap((clause) => {
    const isVague = /\b(?:every|nightly|hourly|interval|within|request)\b/i.test(clause.text);
    return durations(clause.text)
      .filter(({ ms }) => ms >= 3_600_000)
      .map((duration) => promised("retention", duration, clause, isVague));
  });
}

const RETRIES =
  /\b(\d{1,2})(?:x| times)?[ -](?:retries|retry|attempts|re-?tries)\b|\b(?:retr(?:y|ies)|attempts)\D{0,14}?\b(\d{1,2})(?:x| times| attempts)?\b(?![ -]?(?:ms|s|sec|seconds|m|min|%|xx))/gi;

/** How often something is tried, for each thing that the item tells it of. */
function retries(text: string): readonly Promised[] {
  return [...text.matchAll(RETRIES)].flatMap((match): Promised[] => {
    const value = Number(match[1] ?? match[2] ?? NaN);
    if (!Number.isFinite(value) || value <= 0) return [];
    const bound = boundOf(text.slice(Math.max(0, match.index - 14), match.index + match[0].length + 10));
    const clause = clauses(text).find((each) => each.text.includes(match[0]));
    return [
      { quantity: "retries", value, quote: match[0], subjects: clause?.subjects ?? subjectWords(text), ...boundFields(bound, false) },
    ];
  });
}

function promised(quantity: Quantity, { ms, quote, leastMs }: Duration, clause: Clause, isVague: boolean): Promised {
  return {
    quantity,
    value: ms,
    quote,
    subjects: clause.subjects,
    ...(leastMs === undefined ? {} : { least: leastMs }),
    ...boundFields(boundOf(clause.text), isVague),
  };
}

function boundFields(bound: ReturnType<typeof boundOf>, isVague: boolean): Pick<Promised, "bound" | "isVague"> {
  return { ...(bound === "most" || bound === "least" ? { bound } : {}), ...(isVague || bound === "roughly" ? { isVague: true } : {}) };
}

/** Durations in the clauses that speak of something. Where one does, those of the item's other clauses may be meant as well. */
function near(text: string, quantity: Quantity, about: RegExp): readonly Promised[] {
  const parts = clauses(text);
  if (!parts.some((clause) => about.test(clause.text))) return [];
  return parts.flatMap((clause) =>
    durations(clause.text).map((duration) => promised(quantity, duration, clause, !about.test(clause.text))),
  );
}

const RATE =
  /(?<![\d.,])(\d{1,3}(?:[,_]\d{3}){1,2}|\d{1,7})\s?(?:[a-z-]{2,20}\s){0,3}?(?:req(?:uest)?s?|rpm|calls|hits|attempts|logins|messages|mails?)?\s?(?:\/|per|in|each|an?)\s?(\d{1,4})?\s?(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\b/i;

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
  if (bits) found.push({ quantity: "cipher-bits", value: Number(bits[1]), quote: bits[0], subjects: subjectWords(text) });
  const tls = /\bTLS(?:v| v| )?(1\.[0-3])\b(?!\+? ?(?:-|or|and|\/) ?1)/i.exec(text);
  if (tls) found.push({ quantity: "tls-version", value: Number(tls[1]), quote: tls[0], subjects: NONE });
  return found;
}

function hashCost(text: string): readonly Promised[] {
  const match = /\bbcrypt\w*\D{0,24}?\b(\d{1,2})\b(?: ?(?:rounds|salt))?/i.exec(text);
  return match ? [{ quantity: "hash-cost", value: Number(match[1]), quote: match[0], subjects: NONE }] : [];
}
