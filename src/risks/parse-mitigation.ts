import type { MitigationFault } from "./form-fault.ts";
import { deferringWords } from "./vague-words.ts";

const LONGEST = 2_000;

const AMOUNT = String.raw`(?<![\w#.-])\d[\d.,]{0,12}`;
const WHO = String.raw`(?:of\s)?(?:\w{1,20}\s)?(?:traffic|users?|requests?|customers?|tenants?|merchants?|orders?|payments?|calls?|accounts?)\b`;
const EACH = String.raw`(?:per|an?|each|every)\s`;
const TIME = String.raw`(?:s|sec|seconds?|m|min|minutes?|h|hr|hours?|days?|d|weeks?)\b`;

/** "100 rps". */
const SHORT_RATE = new RegExp(String.raw`${AMOUNT}\s?[km]?\s?[rqt]p[smhd]\b`, "i");
/** "10 req/min", "1k calls per tenant a minute". */
const RATE = new RegExp(
  String.raw`${AMOUNT}\s?(?:[km]\b)?\s?(?:[\w-]{1,20}\s?){0,2}(?:/|\b${EACH})\s?(?:[\w-]{1,20}\s${EACH})?${TIME}`,
  "i",
);
/** "5% of users", "only 3 merchants". */
const SHARE = new RegExp(String.raw`${AMOUNT}\s?(?:%|percent)\s${WHO}|\bonly\s\d[\d.,]{0,12}%?\s${WHO}`, "i");
const LIMIT =
  /\b(?:limit(?:s|ed|ing|er)?|caps?|capped|throttl\w{0,5}|quotas?|max(?:imum)?|at most|up to|no more than|not more than|canary|allow-?list(?:ed)?|whitelist(?:ed)?|rollout|roll-out|concurrency)\b/i;
const SWITCH =
  /\b(?:(?:kill|off|feature)[- ]?(?:switch|flag|toggle)(?:es|s)?|switch(?:ed|es)?(?: (?:it|this|that))? off|flags?|toggles?|switch|turn(?:ed|s)?(?: (?:it|this|that))? off|disabl(?:e|ed|es)|shut(?:s)?(?: (?:it|this))? (?:off|down)|roll(?:ed|s)? ?back|rollback|revert(?:ed|s)?|fall(?:s)? back|fallback|read-only|maintenance mode|circuit breaker)\b/i;
const ROTA =
  /\b(?:on-?[ -]?call|rota|rotation|roster|pager(?:duty)?|opsgenie|paged?|shifts?|duty|stand-?by|watch(?:es|ed|ing)?|24\/7|24x7|manual(?:ly)? (?:check|review|monitor|reconcil|approv)\w{0,10}|every \d{1,4} ?(?:m|min|minutes?|h|hours?|days?))\b/i;

const NEGATION = /\b(?:no|not|without|never|none|nobody|no one|cannot|can't|won't|don't|doesn't|isn't|aren't|neither|nor|n\/a)\b/i;
/** "no more than 10", "must not exceed 10": a negation that states a limit. */
const LIMITING_NEGATION =
  /\b(?:no|not|never|cannot|can't|nobody|no one)\b[^.;]{0,30}\b(?:more than|exceed|above|over|beyond|greater|higher|faster)\b/i;

/** A number of its own: not part of a name (`payments-v2`), an issue (`#12`), a date, or the 24/7 of "24/7". */
const NUMBER = /(?<![\w#@./-])\d/;
const DATES = /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b|\b20\d\d\b|\b24\/7\b|\b24x7\b/gi;
const MENTION = /(?<![\w@./-])@[A-Za-z0-9][\w-]{0,63}(?:\/[\w.-]{1,100})?/;
const NAMED_OWNER = /\b(?:[Oo]wner|[Oo]wned by|[Ll]ed by|[Rr]un by|[Ss]taffed by)\s?:?\s+\p{Lu}[\p{L}'-]{1,40}/u;

function isStated(clause: string): boolean {
  const measure = [SHORT_RATE, RATE, SHARE, LIMIT, SWITCH, ROTA].map((pattern) => clause.search(pattern)).filter((index) => index >= 0);
  if (measure.length === 0) return false;
  const negation = clause.search(NEGATION);
  return negation < 0 || LIMITING_NEGATION.test(clause) || measure.some((index) => index < negation);
}

/**
 * Reads the interim mitigation: it must state a limit, a switch or a rota, and pin it with a number or a
 * named owner (product description, section 8). Negated ("no on-call") and deferred ("limits later")
 * measures do not count. The text comes back on one line.
 */
export function parseMitigation(text: string): { readonly mitigation: string } | MitigationFault {
  const value = text.replace(/\s+/g, " ").trim();
  if (!/[\p{L}\p{N}]/u.test(value)) return { problem: "missing" };
  if (value.length > LONGEST) return { problem: "too-long" };
  const clauses = value.split(/[.;](?:\s|$)|,\s|\bbut\b|\s[-–—]\s|•/);
  if (!clauses.some(isStated)) {
    const deferred = deferringWords(value);
    return deferred === null ? { problem: "no-measure" } : { problem: "vague", words: deferred };
  }
  const firm = clauses.filter((clause) => isStated(clause) && deferringWords(clause) === null);
  if (firm.length === 0) return { problem: "vague", words: deferringWords(value) ?? "" };
  const withoutDates = value.replace(DATES, " ");
  const isPinned = NUMBER.test(withoutDates) || MENTION.test(value) || NAMED_OWNER.test(value);
  return isPinned ? { mitigation: value } : { problem: "no-number-or-owner" };
}
