/** An inline suppression: `// reliability-ignore <rule-id>: <reason>`. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string;
}

const MARK = /(?:\/\/|\/\*|\{\/\*)\s*reliability-ignore\s+([a-z0-9-]+)\s*:\s*(\S.{2,300})/;

/** Suppressions by the 1-based line that they speak about: their own, and the first line of code below. Without a reason there is none. */
export function findSuppressions(text: string): ReadonlyMap<number, readonly Suppression[]> {
  const found = new Map<number, Suppression[]>();
  if (!text.includes("reliability-ignore")) return found;
  const lines = text.split("\n");
  lines.forEach((line, i) => {
    const match = line.length < 2000 ? MARK.exec(line) : null;
    if (!match) return;
    const suppression = { rule: match[1] ?? "", reason: (match[2] ?? "").replace(/\*\/.*$/, "").trim() };
    let next = i + 1;
    while (next < lines.length && /^\s*(?:$|\/\/|\/\*|\*)/.test(lines[next] ?? "")) next++;
    for (const at of new Set([i + 1, next + 1])) found.set(at, [...(found.get(at) ?? []), suppression]);
  });
  return found;
}
