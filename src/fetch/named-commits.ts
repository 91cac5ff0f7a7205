const SHA = /(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/g;
const MAX_NAMED = 10;

/** Commits that a text may name ("This reverts commit 1a2b3c4."): at most 10 different hexadecimal words of 7 to 40 digits, in order. */
export function findNamedCommits(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [sha] of text.matchAll(SHA)) {
    if (found.size >= MAX_NAMED) break;
    found.add(sha);
  }
  return [...found];
}
