import type { Finding } from "../model/finding.ts";
import type { Sighting } from "./run-rules.ts";

/** A finding that has no fingerprint yet, with what was seen. */
export interface Said {
  readonly sighting: Sighting;
  readonly finding: Omit<Finding, "fingerprint">;
}

/**
 * The findings of one file, where the same habit blocks once: its first place blocks and counts the others, which advise. They are one
 * decision and one repair, and as the first blocks, the verdict is the same. Each place keeps its own fingerprint and has to be accepted
 * by itself, so that whoever signed for two has not signed for another in place of one of them.
 */
export function sayOnce<T extends Said>(all: readonly T[]): readonly T[] {
  const places = new Map<string, T[]>();
  for (const each of all) {
    const { habit } = each.sighting.problem;
    if (habit === undefined || each.finding.severity !== "blocking" || each.finding.suppressed !== undefined) continue;
    const key = `${each.sighting.rule.id}\n${habit}`;
    const known = places.get(key);
    if (known) known.push(each);
    else places.set(key, [each]);
  }
  const changed = new Map<T, T>();
  for (const [first, ...others] of places.values()) {
    if (!first || others.length === 0) continue;
    const count = `The same in ${others.length} more ${others.length === 1 ? "place" : "places"} of this file.`;
    changed.set(first, {
      ...first,
      finding: { ...first.finding, message: `${first.finding.message} ${count}` },
    });
    for (const other of others)
      changed.set(other, {
        ...other,
        finding: {
          ...other.finding,
          severity: "advisory",
          sameAsLine: first.finding.line,
          message: `${other.finding.message} See line ${first.finding.line}.`,
        },
      });
  }
  return changed.size === 0 ? all : all.map((each) => changed.get(each) ?? each);
}
