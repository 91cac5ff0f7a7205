/** What a path pattern may look like, for the reader of a mistake. */
export const PATH_PATTERN_EXPECTATION =
  "a glob relative to the repository's root such as `services/billing/**`, without a leading `/`, `./` or `!`, `..`, a backslash, an extended group such as `+(a|b)`, a range such as `{1..9}`, more than 12 `*` or more than 3 `{`; at most 200 characters";

/** Plain characters of a glob; the further limits are in `isPathPattern`. */
export const PATH_PATTERN = /^(?![!/]|\.\/)[^\\\p{C}]{1,200}$/u;

const EXTENDED_GROUP = /[@+?*!]\(/;
const PARENT_SEGMENT = /(?:^|\/)\.\.(?:\/|$)/;
const BRACE_RANGE = /\{[^{}]{0,200}\.\.[^{}]{0,200}\}/;
const ONLY_WILDCARDS = /^[*?/.{},[\]]+$/;

function countOf(character: string, text: string): number {
  return text.split(character).length - 1;
}

/**
 * Whether a glob is one that can be matched in bounded time and stays inside the repository. Expects
 * text that `PATH_PATTERN` already accepted.
 */
export function isPathPattern(pattern: string): boolean {
  return (
    !EXTENDED_GROUP.test(pattern) &&
    !PARENT_SEGMENT.test(pattern) &&
    !BRACE_RANGE.test(pattern) &&
    countOf("*", pattern) <= 12 &&
    countOf("{", pattern) <= 3
  );
}

/** Whether a glob is made of wildcards alone (`**` and the like), so that it would match every path. */
export function isMatchAll(pattern: string): boolean {
  return ONLY_WILDCARDS.test(pattern);
}
