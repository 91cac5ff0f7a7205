import {
  ARTEFACT_WORDS,
  BOUND_WORDS,
  CJK_UNIT,
  COUNTED_WORDS,
  IDENTIFIER_WORDS,
  LASTING_STEMS,
  MEASURED_WORDS,
  UNIT_WORDS,
  WEEK_WORDS,
} from "../rubrics/wording/number-words.ts";
import { maskNames } from "./mask-names.ts";
import { matchesOf } from "./matches-of.ts";

/** How far a number's neighbours are looked at, in characters. */
const REACH = 40;

const CANDIDATE =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_.\\])\d{1,12}(?:[,_]\d{3}){0,4}(?:\.\d{1,6})?(?:\s?[-–/~→,]\s?\d{1,9}(?:\.\d{1,3})?(?!\p{N}|[a-z]{4})){0,8}/gu;
const STATUS_CODES =
  /^(?:100|101|103|20[0-8]|226|30[0-8]|40\d|41[0-8]|42[1-9]|431|440|444|449|451|49[4-9]|50[0-8]|51[01]|52\d|530|59[89])$/u;
const STANDARD =
  /\b(?:ISO[\s/-]?\d{3,5}(?:-\d)?|RFC[\s-]?\d{3,5}|UUID[\s-]?v?[1-8]\b|uuidv[1-8]\b|E\.164|AES[\s_-]?(?:128|192|256)(?:[\s_-]?(?:GCM|CBC|CTR))?|SHA[\s-]?(?:2|3)?[\s-]?(?:224|256|384|512)|(?:RS|ES|HS|PS)(?:256|384|512)|RSA[\s-]?\d{4}|TLS\s?(?:v|≥\s?|>=\s?)?1\.[0-3]\+?|SSLv[23])/giu;
const PERCENTILE =
  /(?<![\p{L}\p{N}])p(?:50|75|90|95|98|99|99[.,]?9{1,2}|100)(?![\p{L}\p{N}])|\b\d{2}(?:\.\d{1,3})?(?:st|nd|rd|th)?[\s-]percentil/giu;
const STATUS_CLASS = /\b[2-5]xx\b/giu;
const NAME_OF_SERIES =
  /^[\s-]?(?:errors?[\s-])?(?:rate|rates|spikes?|counts?|ratio|percentage|metrics?|monitoring|tracking|alerts?|dashboards?|budget)/iu;
const CLASS_EFFECT = /\b(?:on|for|with|any|all|returns?|never|no|not|to|a|is|are|only|if|when)\b|→|->/iu;
/** What happens on the class stands after it: "5xx always error". */
const CLASS_AFTER = /^`?\s?(?:always\b|never\b|is\b|are\b|gets?\b|returns?\b|pages?\b|→|->|=>|=\s?[\p{L}`])/iu;
const CLOCK = /(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])|\b(?:[1-9]|1[0-2])\s?(?:am|pm)\b|\b24\/7\b/giu;
const CRON = /`(?:(?:\*|\d{1,2})(?:\/\d{1,2})?\s){4}(?:\*|[\d,-]{1,7})`/gu;
/** "0 warnings", "zero critical CVEs": nought as a limit. */
const NOUGHT =
  /(?<![\p{L}\p{N}.,])(?:0|zero)\s(?:[\p{L}-]{2,14}[\s/]){0,2}(?:warnings?|findings?|errors?|issues|failures?|vulnerabilit(?:y|ies)|cves?|leaks?|duplicates?|mismatch(?:es)?|violations?|rows?|alerts?)(?!\p{L})/giu;
/** "1 in 20 sampled": a share. */
const SHARE = /(?<![\p{L}\p{N}.])(?:1|one) in (?:\d{1,6}|ten|a hundred|a thousand)(?![\p{L}\p{N}])/giu;
const WORD_NUMBER =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety)\s([\p{L}-]{3,14})(?:\s([\p{L}-]{3,14}))?/giu;
const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:[a-z]{3,6})?$/u;
const MONEY_AFTER = /^\s?(?:usd|eur|gbp|dollars?|euros?)(?![\p{L}\p{N}_])/iu;

const MONEY_LIMITS: ReadonlySet<string> = new Set("> < >= <= ≥ ≤ max maximum limit cap above over under below exceeds budget".split(" "));

/** The words and signs beside a number, nearest first, lower case. */
interface Neighbours {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly textBefore: string;
  readonly textAfter: string;
}

/**
 * The numbers of an item that pin behaviour, quoted in the order of the text: thresholds, durations, counts of attempts,
 * sizes, rates, percentiles, status codes, standards that fix a format, algorithm strengths. Dates, effort, prices, ids,
 * counts of artefacts, ports, versions and digits inside a name are left out. `masked` is the text after `maskNames`. Work grows linearly with the text.
 */
export function findNumbers(text: string, masked = maskNames(text)): readonly string[] {
  const found: { readonly at: number; readonly quote: string }[] = [];
  const hasDigit = /\d/u.test(text);
  for (const pattern of hasDigit ? [STANDARD, PERCENTILE, CLOCK, CRON, NOUGHT, SHARE] : [NOUGHT]) {
    for (const match of matchesOf(pattern, text)) found.push({ at: match.index, quote: match[0] });
  }
  for (const match of matchesOf(WORD_NUMBER, text)) {
    if ([match[1], match[2]].some((word) => word !== undefined && isOneOf(word.toLowerCase(), UNIT_WORDS, COUNTED_WORDS))) {
      found.push({ at: match.index, quote: match[0] });
    }
  }
  for (const match of matchesOf(STATUS_CLASS, text)) {
    const end = match.index + match[0].length;
    const named = NAME_OF_SERIES.test(text.slice(end, end + REACH));
    if (
      !named &&
      (CLASS_EFFECT.test(text.slice(Math.max(0, match.index - REACH), match.index)) || CLASS_AFTER.test(text.slice(end, end + REACH)))
    )
      found.push({ at: match.index, quote: match[0] });
  }
  for (const match of matchesOf(CANDIDATE, masked)) {
    const end = match.index + match[0].length;
    const length = pinnedLength(match[0], neighboursOf(masked, match.index, end), text);
    if (length !== null) found.push({ at: match.index, quote: text.slice(match.index, end + length) });
  }
  return [...new Set(found.toSorted((a, b) => a.at - b.at).map((hit) => hit.quote.trim()))];
}

function neighboursOf(text: string, start: number, end: number): Neighbours {
  const textBefore = text.slice(Math.max(0, start - REACH), start);
  const textAfter = text.slice(end, end + REACH);
  const parts = /[\p{L}\p{N}_.'#§-]+|<=|>=|==|[<>≤≥=$€£¥₹:(]/gu;
  return {
    textBefore,
    textAfter,
    before: (textBefore.toLowerCase().match(parts) ?? []).toReversed(),
    after: textAfter.toLowerCase().match(/[\p{L}_'%×µ‰][\p{L}\p{N}_'%]*|[/),;:.`]/gu) ?? [],
  };
}

/**
 * How many characters after the digits belong to the quote, below 0 where only the first of several numbers does ("404, 6 cases");
 * null when the number pins nothing.
 */
function pinnedLength(candidate: string, near: Neighbours, text: string): number | null {
  const [previous = "", second = ""] = near.before;
  const own = previous === ":" || previous === "(" || previous === "=" ? second : previous;
  if (MONTH.test(previous) || MONEY_AFTER.test(near.textAfter)) return null;
  if (/[$€£¥₹]\s?$/u.test(near.textBefore)) return near.before.slice(1, 3).some((word) => MONEY_LIMITS.has(word)) ? 0 : null;
  if (near.before.slice(0, 2).some((word) => MEASURED_WORDS.has(word))) return null;
  const unit = unitLength(near, text);
  if (unit !== null) return unit;
  if (/^[#§]/u.test(previous) || (/[\p{L}\p{N}]:$|#$/u.test(near.textBefore.trimEnd()) && /^\d{4,5}$/u.test(candidate))) return null;
  const pinned = near.textBefore.endsWith(">=") ? /([\p{L}][\p{L}\p{N}_-]{0,40})>=$/u.exec(near.textBefore)?.[1]?.toLowerCase() : undefined;
  if (pinned !== undefined && !isOneOf(pinned, COUNTED_WORDS, BOUND_WORDS)) return null;
  const codes = candidate.split(/\s?[/,–→-]\s?/u).every((part) => STATUS_CODES.test(part.trim()));
  if (codes && previous === "http" && !near.textBefore.endsWith("/")) return 0;
  if (isOneOf(own.replace(/[.-]$/u, ""), IDENTIFIER_WORDS) && !/[<>≤≥=]\s?$/u.test(near.textBefore)) return null;
  const bound =
    /[<>≤≥=]\s?$/u.test(near.textBefore) ||
    isOneOf(own, BOUND_WORDS) ||
    (isOneOf(second, BOUND_WORDS) && /^(?:of|to|is|at|than|by|:|=)$/u.test(previous));
  const counted = firstOf(near.after, COUNTED_WORDS);
  const answered =
    /(?:^|\P{L})(?:returns?|returned|responds?|answers?|gets?|gives?|yields?|receives?|sees?|sends?|with|status|code) ?`?$/iu.test(
      near.textBefore,
    );
  if (answered && codes) return 0;
  const first = candidate.split(",", 1)[0] ?? "";
  if (answered && STATUS_CODES.test(first)) return first.length - candidate.length;
  if (codes && (counted > 0 || STANDS_ALONE.test(near.textBefore) || /^`?\s(?:for|with|when|on|if|to|in|and)\b/iu.test(near.textAfter)))
    return 0;
  const artefact = firstOf(near.after, ARTEFACT_WORDS);
  if (artefact >= 0 && (counted < 0 || artefact < counted || /^\+?\s?new\b/u.test(near.textAfter))) return null;
  if (counted >= 0) return near.textAfter.toLowerCase().indexOf(near.after[counted] ?? "") + (near.after[counted] ?? "").length;
  if (/^(?:st|nd|rd|th)\b/iu.test(near.textAfter)) return null;
  if (REPEATED_ACT.test(near.textBefore) && /^\s(?:is|are|gets?|pass|must|fails|returns|receives|sees|→)/iu.test(near.textAfter)) return 0;
  if (isSetting(near.textBefore) || /\bexit(?:s|ed)? (?:with )?(?:code|status) ?$/iu.test(near.textBefore)) return 0;
  if (codes) return 0;
  if (/^(?:19|20)\d\d$/u.test(candidate)) return null;
  if (bound || /^\+?\s?(?:max|min|minimum|or (?:more|less|fewer))\b/iu.test(near.textAfter)) return 0;
  if (
    /^\s?\/\s?\p{L}/u.test(near.textAfter) &&
    isOneOf(near.after[1] ?? "", UNIT_WORDS, new Set(["ip", "user", "key", "account", "client", "tenant"]))
  )
    return 0;
  if (near.textBefore.trimEnd().endsWith("(") && near.textAfter.trimStart().startsWith(")") && /\d\s?[-–/→]\s?\d/u.test(candidate))
    return 0;
  return /[\p{L}_]\s?[:=]\s?$/u.test(near.textBefore) && /^(?:[\s,;)`.]|$)/u.test(near.textAfter) && !/^\d{4,5}$/u.test(candidate)
    ? 0
    : null;
}

/** Words before which a status code is an answer, whatever is counted after it. */
const STANDS_ALONE = /(?:^|\P{L})(?:an?|is|as|into|becomes?) ?`?$|[:;=→>] ?`?$/iu;

/** "call 101 is rejected": the count at which behaviour changes. */
const REPEATED_ACT = /\b(?:request|call|attempt|upload|message|login|connection|try)\s$/iu;

const LIMIT_NAME =
  /(?:max|min|retries|retry|timeout|delay|seconds|millis|limit|ttl|size|threshold|attempts|interval|window|lag|age|replicas|capacity)[\p{L}\p{N}_]{0,12}$/iu;

/** Whether an identifier that sets a limit stands right before the number: `max_retries 5`, `delaySeconds 30`, `timeout(1500)`. */
function isSetting(textBefore: string): boolean {
  const called = /[\p{L}\p{N}_.]( ?\(? ?)$/u.exec(textBefore.slice(-4));
  if (!called) return false;
  const end = textBefore.length - (called[1]?.length ?? 0);
  let start = end;
  while (start > 0 && IN_NAME.test(textBefore[start - 1] ?? "")) start -= 1;
  const name = textBefore.slice(start, end);
  return (called[1]?.includes("(") === true || /[_.]|[a-z][A-Z]/u.test(name)) && LIMIT_NAME.test(name);
}

const IN_NAME = /[\p{L}\p{N}_.]/u;

function unitLength(near: Neighbours, text: string): number | null {
  const cjk = CJK_UNIT.exec(near.textAfter);
  if (cjk) return cjk[0].length;
  const match = /^\+?\s?-?([\p{L}%×µ‰]+)/u.exec(near.textAfter);
  if (!match?.[1]) return null;
  const word = match[1].toLowerCase();
  const isLasting = (): boolean => LASTING_STEMS.some((stem) => text.toLowerCase().includes(stem));
  if (isOneOf(word, WEEK_WORDS)) return isLasting() ? match[0].length : null;
  if (!isOneOf(word, UNIT_WORDS)) return null;
  const effort = /\(\s?~?$/u.test(near.textBefore) && /^\s?(?:h|hrs?|hours?|d|days?)\)\s*$/iu.test(near.textAfter);
  return effort && !isLasting() ? null : match[0].length;
}

function firstOf(after: readonly string[], set: ReadonlySet<string>): number {
  for (let index = 0; index < Math.min(3, after.length); index += 1) {
    const word = after[index] ?? "";
    if (/^(?:[),;:./`]|and|or|und|et)$/u.test(word)) return -1;
    if (isOneOf(word, set)) return index;
  }
  return -1;
}

function isOneOf(word: string, ...sets: readonly ReadonlySet<string>[]): boolean {
  return sets.some((set) => set.has(word) || (word.endsWith("s") && set.has(word.slice(0, -1))));
}
