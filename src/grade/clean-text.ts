import { withoutHiddenElements } from "./hidden-html.ts";

/** Characters that draw nothing or only steer direction; removed before anything is compared. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Text that holds neither invisible characters nor anything to compose. */
const PLAIN = /^[\t-\r\x20-\x7e]*$/u;
const LEADING_EMOJI = /^(?:(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u20e3|[✓✔✗✘☐☑☒])\s*)+/u;
const LEADING_MARK = /^(?:[-*+•·‣◦–—]\s+|\d{1,3}[.)]\s+|[a-z][.)]\s+|\[[ xX~/-]?\]\s*)/u;
/** Task ids: `T094`, `FR-017:`, `**SC-006**:`, `2.10`; not `AES-256`, `S3:`, `P95` or `1.5 MB`. */
const LEADING_ID =
  /^(?:\*\*|__)?\[?(?!(?:AES|SHA|RSA|HMAC|TLS|UTF|RFC|ISO|RS|ES|HS|PS|CVSS|HTTP|S|EC|P|K|R|B|X|L|H|D)-?\d{1,4}\b(?!\d{2}))(?:(?:T\d{2,4}|[A-Z]{2,6}-\d{1,4}(?:[.-]\d{1,3}){0,3})\]?(?:\*\*|__)?(?::|\.|\)|\s[-–—])?|[A-Z]{1,6}-?\d{1,4}\]?(?:\*\*|__)?(?::|\.|\)|\s[-–—])|(?:\d{1,2}\.){1,3}\d{1,2}\.?(?!\s?(?:ms|s|sec|seconds?|min|minutes?|h|hours?|days?|[kmgKMG]i?[bB]|x|req|times)\b|\s?[%×])\]?(?::|\))?)\s+/u;
const LEADING_TAG = /^(?:\[(?:P\d|p\d|high|medium|low|HIGH|MEDIUM|LOW|BE|API|P|US\d{1,2})\]|\((?:P\d|high|medium|low)\)|P[0-4]:)\s*/u;
/** An image shows its picture, not its alternative text. */
const IMAGE = /!\[[^\][]{0,2000}\](?:\([^()]{0,500}\)|\[[^\][]{0,100}\])/gu;
const LINK = /\[([^\][]{0,300})\]\([^()\s]{0,500}(?:\s+"[^"]{0,200}")?\)/gu;
const STRUCK = /~~(?!~)[^~]{1,2000}~~/gu;
const COMMENT = /<!--[\s\S]{0,20000}?-->/gu;
const TAG = /<\/?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,300})?\/?>/gu;
/** Signs that Markdown shows as themselves after a backslash. */
const ESCAPED = /\\([`*_~|#>[\]])/gu;
const EMPHASIS = /\*{2,3}|(?<![\p{L}\p{N}_])__(?=[\p{L}\p{N}`])|(?<=[\p{L}\p{N}`.:!)])__(?![\p{L}\p{N}_])/gu;

/** Text without the characters that nobody sees, in Unicode composed form; digits and letters keep their look. */
export function stripInvisible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(INVISIBLE, "").normalize("NFC");
}

/** Lines drawn through letters, one sign after each. */
const OVERLAYS = /[\u0335-\u0338]/gu;

/** Whether all of the item's words are struck through. */
export function isStruckThrough(raw: string): boolean {
  if (!PLAIN.test(raw) && (raw.match(OVERLAYS)?.length ?? 0) > raw.length / 4) return true;
  if (!raw.includes("~~") && !/<(?:del|s|strike)>/iu.test(raw)) return false;
  const rest = withoutStruck(stripMarks(raw));
  return !/[\p{L}\p{N}]{3}/u.test(rest);
}

function withoutStruck(text: string): string {
  return text.replace(STRUCK, " ").replace(/<(del|s|strike)>[^<]{0,2000}<\/\1>/giu, " ");
}

function stripMarks(text: string): string {
  let rest = text.trim();
  for (let round = 0; round < 6; round += 1) {
    const next = rest.replace(LEADING_EMOJI, "").replace(LEADING_MARK, "").replace(LEADING_TAG, "").replace(LEADING_ID, "").trim();
    if (next === rest || next === "") break;
    rest = next;
  }
  return rest;
}

/**
 * The words of an item alone: without list marker, checkbox, leading emoji, task id, priority tag, emphasis, links' addresses,
 * comments, HTML tags and struck-through parts. Code spans keep their backticks. Never throws; "" when nothing is left.
 */
export function cleanItemText(raw: string): string {
  const visible = withoutStruck(withoutHiddenElements(stripInvisible(raw).replace(COMMENT, " ")));
  const plain = stripMarks(visible.replace(IMAGE, " ")).replace(LINK, "$1").replace(EMPHASIS, "").replace(TAG, " ");
  return stripMarks(plain.replace(ESCAPED, "$1")).replace(/\s+/gu, " ").trim();
}
