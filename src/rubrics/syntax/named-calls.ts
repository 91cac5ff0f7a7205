import type { ts } from "ts-morph";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

/** Names whose answers are remembered; long ones are not worth it. */
const REMEMBERED = 20_000;
const LONGEST = 80;
const NONE: readonly ts.CallExpression[] = [];

/**
 * The calls of a file whose last name satisfies the test, in source order. Code uses the same names again and again: the test is asked once
 * for each name, and so may cost something.
 */
export function callsLike(test: (name: string) => boolean): (file: SourceFacts) => readonly ts.CallExpression[] {
  const isLike = remembered(test);
  return perFile((file) => {
    let found: readonly ts.CallExpression[] = NONE;
    let merged: ts.CallExpression[] | null = null;
    for (const [name, calls] of file.callsByName()) {
      if (!isLike(name)) continue;
      if (found === NONE) found = calls;
      else if (merged) merged.push(...calls);
      else found = merged = [...found, ...calls];
    }
    return merged ? merged.toSorted(inSourceOrder) : found;
  });
}

/** Outer before inner, as the tree is walked. */
export function inSourceOrder(a: ts.Node, b: ts.Node): number {
  return a.pos - b.pos || b.end - a.end;
}

/** A test of names that is asked once for each name. */
export function remembered(test: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    let answer = known.get(name);
    if (answer !== undefined) return answer;
    answer = test(name);
    if (name.length > LONGEST) return answer;
    if (known.size >= REMEMBERED) known.clear();
    known.set(name, answer);
    return answer;
  };
}
