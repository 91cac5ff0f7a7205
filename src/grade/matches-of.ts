const NO_MATCHES: readonly RegExpExecArray[] = [];

/**
 * All matches of a global pattern, in order. Does what `String.matchAll` does without copying the pattern each time, which costs
 * more than the search itself on a text as short as an item. The pattern must not match the empty string.
 */
export function matchesOf(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return NO_MATCHES;
  const found: RegExpExecArray[] = [];
  while (match !== null) {
    found.push(match);
    match = pattern.exec(text);
  }
  return found;
}
