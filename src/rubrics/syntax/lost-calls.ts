import { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isNewExpression, isPropertyAccessExpression, isVariableDeclaration } from "./guards.ts";
import { declarationOf } from "./declarations.ts";
import { bareText, calleeKey, MOST_COMPARED, placeOf } from "./former-file.ts";
import { unwrap } from "./functions.ts";
import { calleeName, receiverOf } from "./origin.ts";
import type { SourceFacts } from "./source-facts.ts";

const { PropertyAccessExpression, VariableDeclaration } = ts.SyntaxKind;

/** A call on an object that the former file made, and that the file no longer makes though the object is still there. */
export interface LostCall {
  /** The object as it is now: where it is made or used. */
  readonly on: ts.Node;
  readonly was: ts.CallExpression;
}

/** Calls of these names that pass the test and that the change took away; none where the file has as many of them as before. */
export function lostCalls(
  file: SourceFacts,
  former: SourceFacts,
  names: readonly string[],
  test: (call: ts.CallExpression) => boolean,
): readonly LostCall[] {
  const of = (facts: SourceFacts): readonly ts.CallExpression[] => names.flatMap((name) => facts.callsNamed(name)).filter(test);
  const before = of(former);
  if (before.length === 0) return [];
  const now = of(file);
  if (now.length >= before.length) return [];
  const kept = new Set(now.flatMap((call) => objectTexts(call)));
  return before.slice(0, MOST_COMPARED).flatMap((was): LostCall[] => {
    const receiver = receiverOf(was);
    if (!receiver || objectTexts(was).some((text) => kept.has(text))) return [];
    const on = survivorOf(receiver, was, file);
    return on ? [{ on, was }] : [];
  });
}

/** The texts by which the object of a call is known: itself, and what it was made by. */
function objectTexts(call: ts.CallExpression): readonly string[] {
  const receiver = receiverOf(call);
  if (!receiver) return [];
  const made = makerOf(receiver);
  const text = bareText(receiver);
  const isShared = text.startsWith("this.") || (isIdentifier(receiver) && isTopLevel(receiver));
  return [isShared ? text : `${placeOf(call)} ${text}`, ...(made ? [`${placeOf(call)} ${calleeKey(made)}`] : [])];
}

function isTopLevel(name: ts.Identifier): boolean {
  const declaration = declarationOf(name);
  return declaration === null || placeOf(declaration) === "";
}

/** The call or `new` at the root of a chain, or that a variable holds. */
function makerOf(receiver: ts.Node): ts.CallExpression | ts.NewExpression | null {
  let e = unwrap(receiver);
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression) && isCallExpression(unwrap(e.expression.expression)))
    e = unwrap(e.expression.expression);
  if (isIdentifier(e)) {
    const declaration = declarationOf(e);
    if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return null;
    e = unwrap(declaration.initializer);
  }
  return isCallExpression(e) || isNewExpression(e) ? e : null;
}

/** The same object in the file as it is now: by its name where it is used or declared in the same place, else by what makes it there. */
function survivorOf(receiver: ts.Node, was: ts.CallExpression, file: SourceFacts): ts.Node | null {
  const place = placeOf(was);
  const isHere = (node: ts.Node): boolean => placeOf(node) === place;
  const made = makerOf(receiver);
  if (made) {
    const alike = isNewExpression(made) ? file.newsNamed(calleeName(made)) : file.callsNamed(calleeName(made));
    const same = alike.find((each) => calleeKey(each) === calleeKey(made) && isHere(each));
    if (same) return same.expression;
  }
  const text = bareText(receiver);
  for (const node of file.nodes(VariableDeclaration))
    if (isVariableDeclaration(node) && isIdentifier(node.name) && node.name.text === text && isHere(node)) return node.name;
  for (const node of file.nodes(PropertyAccessExpression))
    if (isPropertyAccessExpression(node) && bareText(node.expression) === text && isHere(node)) return node.expression;
  return null;
}
