const MOST_ALTERNATIVES = 64;

/**
 * Whether a path matches a glob: `*` and `?` within a segment, `**` across segments, `{a,b}` alternatives,
 * `[a-z]` classes; a pattern that ends in "/" or names a folder with "/**" matches all below it. Time is
 * bounded by the product of the lengths, whatever the pattern; at most 64 alternatives are tried.
 */
export function matchesGlob(path: string, glob: string): boolean {
  const pattern = (glob.endsWith("/") ? `${glob}**` : glob).replace(/^\.?\//, "");
  const segments = path.split("/");
  return alternatives(pattern).some((one) => matchesSegments(segments, one.split("/")));
}

/** `a{b,c}d` becomes `abd`, `acd`; unbalanced braces stay as they are. */
function alternatives(pattern: string): readonly string[] {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined && done.length < MOST_ALTERNATIVES; next = open.pop()) {
    const brace = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(next);
    if (!brace || open.length > MOST_ALTERNATIVES) done.push(next);
    else for (const choice of (brace[2] ?? "").split(",")) open.push(`${brace[1] ?? ""}${choice}${brace[3] ?? ""}`);
  }
  return done;
}

/** One row per pattern segment: which prefixes of the path it can end at. */
function matchesSegments(path: readonly string[], pattern: readonly string[]): boolean {
  let reach = [true, ...path.map(() => false)];
  for (const segment of pattern) {
    const next = reach.map(() => false);
    let open = false;
    for (let at = 0; at <= path.length; at++) {
      if (segment === "**") {
        open ||= reach[at] ?? false;
        next[at] = open;
      } else if (at > 0 && reach[at - 1]) next[at] = matchesSegment(path[at - 1] ?? "", segment);
    }
    reach = next;
  }
  return reach[path.length] ?? false;
}

/** The greedy match with one point to return to: quadratic at worst. */
function matchesSegment(text: string, pattern: string): boolean {
  let at = 0;
  let look = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const size = pattern[look] === "*" ? 0 : matchesOne(text[at] ?? "", pattern, look);
    if (pattern[look] === "*") {
      star = look++;
      resume = at;
    } else if (size > 0) {
      look += size;
      at++;
    } else if (star >= 0) {
      look = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[look] === "*") look++;
  return look === pattern.length;
}

/** How much of the pattern one character uses up; 0 when it does not match. */
function matchesOne(character: string, pattern: string, look: number): number {
  const wanted = pattern[look];
  if (wanted === undefined) return 0;
  if (wanted === "?") return 1;
  const end = wanted === "[" ? pattern.indexOf("]", look + 2) : -1;
  if (end < 0) return wanted === character ? 1 : 0;
  const negated = pattern[look + 1] === "!" || pattern[look + 1] === "^";
  let inside = false;
  for (let at = look + (negated ? 2 : 1); at < end; at++) {
    if (pattern[at + 1] === "-" && at + 2 < end) {
      inside ||= character >= (pattern[at] ?? "") && character <= (pattern[at + 2] ?? "");
      at += 2;
    } else inside ||= pattern[at] === character;
  }
  return inside !== negated ? end - look + 1 : 0;
}
