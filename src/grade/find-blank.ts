import { stripInvisible } from "./clean-text.ts";

const UNIT =
  "(?:ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?|%|percent|x|times|attempts?|retries|tries|failures?|errors?|timeouts?|requests?|reqs?|req\\/\\p{L}+|rps|qps|calls?|connections?|replicas?|instances?|messages?|events?|items?|rows?|bytes?|[kmg]i?b|per)(?![\\p{L}\\p{N}_])";
const WORDS =
  "(?:numbers?|n|x|xx+|ms|secs?|seconds?|minutes?|hours?|days?|counts?|limit|tool|library|name|value|threshold|time|timeout|duration|size|rate|percent(?:age)?|amount|outcome|metric|todo|tbd|insert[^<>\\]]{0,30}|fill[^<>\\]]{0,30}|your[^<>\\]]{0,30})";

/** Blanks that stand for a missing word wherever they are. */
const ANYWHERE: readonly RegExp[] = [
  /(?<![\p{L}\p{N}_])_{2,}(?:ms|s|m|min|h|d|%|x|mb|kb|gb)?(?![\p{L}\p{N}_])|(?<=\s)_(?=\s)/iu,
  /(?<![\p{L}\p{N}_-])(?:XX+|NN+)(?![\p{L}\p{N}_-])/u,
  new RegExp(`(?<![\\p{L}\\p{N}_.+-])(?<!\\d )(?:[xXnNyY]{2,3}|[nNxXyY])\\s?${UNIT}`, "u"),
  new RegExp(`(?<![\\p{L}\\p{N}_])(?:\\?{1,3}|\\.{2,}|…|#|%[ds]|TODO|\\[ ?\\]|\\( ?\\))\\s?${UNIT}`, "u"),
  /\?{2,}|…{2,}|\.{4,}/u,
  /\b(?:tbd|tbc|to be (?:decided|defined|determined|confirmed|agreed|filled))\b/iu,
];
/** Blanks that mean something else inside a code span. */
const IN_PROSE: readonly RegExp[] = [new RegExp(`<${WORDS}>|\\[${WORDS}\\]|\\{(?:n|x|xx+|number)\\}`, "iu"), /\{\{[^{}]{0,40}\}\}/u];
/** "N = 5": the letter is given its number. */
const DEFINED = /(?<![\p{L}\p{N}])[NXY] ?(?:=|:|is) ?\d/u;

/**
 * The blank that an author still has to fill in (`__`, `<number>`, `XX ms`, "N seconds", "TBD"), as written; null when the
 * text has none. Format names, generics, HTML and identifiers with underscores are no blanks. `raw` is the item before it is
 * cleaned, so that `<number>` is not taken for a tag.
 */
export function findBlank(raw: string): string | null {
  const text = stripInvisible(raw)
    .replace(/^\s*(?:[-*+]\s+)?\[[ xX~-]\]\s*/u, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replace(/\\([_<>[\]{}#])/gu, "$1")
    .replace(/\*{2,3}/gu, "");
  const prose = text.replace(/`[^`]{0,200}`/gu, " ");
  for (const [patterns, where] of [
    [ANYWHERE, text],
    [IN_PROSE, prose],
  ] as const) {
    for (const pattern of patterns) {
      const match = pattern.exec(where);
      if (match && !(/^[nxy]/iu.test(match[0]) && DEFINED.test(text))) return match[0].trim();
    }
  }
  return null;
}
