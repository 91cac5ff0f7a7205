import { ts } from "ts-morph";
import { isCallExpression, isTryStatement } from "./guards.ts";
import { enclosingTry } from "./catches.ts";
import { calleeKey, MOST_COMPARED, placeOf } from "./former-file.ts";
import { enclosingFunction, isFunction, walk } from "./functions.ts";
import { calleeName } from "./origin.ts";
import type { SourceFacts } from "./source-facts.ts";

const { TryStatement } = ts.SyntaxKind;

/** A try statement of the former file whose calls now stand in the same place without one. */
export interface LostTry {
  readonly was: ts.TryStatement;
  /** The calls as they are now, in source order: at least one. */
  readonly calls: readonly ts.CallExpression[];
}

type Test = (statement: ts.TryStatement) => boolean;

/**
 * Try statements that were guards and that the change took away, while most of the calls in them that count stayed where they were, and
 * nothing holds them now. Silent where the function around them was given other parameters: it is another function now.
 */
export function lostTries(
  file: SourceFacts,
  former: SourceFacts,
  wasGuard: Test,
  holds: Test,
  counts: (call: ts.CallExpression) => boolean = () => true,
): readonly LostTry[] {
  const before = triesOf(former, wasGuard);
  if (before.length === 0) return [];
  const now = new Map<string, number>();
  for (const each of triesOf(file, holds)) now.set(placeOf(each), (now.get(placeOf(each)) ?? 0) + 1);
  return before.flatMap((was): LostTry[] => {
    const place = placeOf(was);
    const here = before.filter((each) => placeOf(each) === place).length;
    if ((now.get(place) ?? 0) >= here) return [];
    const inside = callsIn(was.tryBlock).filter(counts);
    const calls = inside.flatMap((call) => unguardedLike(call, place, file, holds)).toSorted((a, b) => a.pos - b.pos);
    if (calls[0] && parametersAround(calls[0]) !== parametersAround(was)) return [];
    const found = new Set(calls.map(calleeKey)).size;
    return found > 0 && found * 2 >= new Set(inside.map(calleeKey)).size ? [{ was, calls }] : [];
  });
}

function triesOf(file: SourceFacts, test: Test): readonly ts.TryStatement[] {
  const found: ts.TryStatement[] = [];
  for (const node of file.nodes(TryStatement)) if (found.length < MOST_COMPARED && isTryStatement(node) && test(node)) found.push(node);
  return found;
}

/** The names of what the function around a node is given. */
export function parametersAround(node: ts.Node): string {
  return (enclosingFunction(node)?.parameters ?? []).map((each) => each.name.getText()).join();
}

/** Calls of a block, functions inside it left out. */
function callsIn(block: ts.Block): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  walk(block, (node) => {
    if (isCallExpression(node)) found.push(node);
  });
  return found;
}

function unguardedLike(was: ts.CallExpression, place: string, file: SourceFacts, test: Test): readonly ts.CallExpression[] {
  const key = calleeKey(was);
  return file.callsNamed(calleeName(was)).filter((call) => calleeKey(call) === key && placeOf(call) === place && !isInside(call, test));
}

/** Whether such a try holds a node within its function. */
function isInside(node: ts.Node, test: Test): boolean {
  for (let statement = enclosingTry(node); statement; statement = enclosingTry(statement)) if (test(statement)) return true;
  for (let up: ts.Node | undefined = node.parent; up && !isFunction(up); up = up.parent)
    if (isTryStatement(up) && up.tryBlock.pos > node.pos && test(up)) return true;
  return false;
}
