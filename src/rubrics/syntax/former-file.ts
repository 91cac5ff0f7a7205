import type { ts } from "ts-morph";
import { isCallExpression, isClassLike, isIdentifier, isPropertyAccessExpression, isStatement, isStringLiteralLike } from "./guards.ts";
import { functionName, isFunction } from "./functions.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

/** Names and texts are compared by so many of their characters. */
const LONGEST = 300;

/** Safeguards of one kind that are looked for in a file: a change that takes away more is another program, and comparing stays bounded. */
export const MOST_COMPARED = 200;

/** The file as it was before the change; null when it is new, or its former text is not known whole. */
export function formerOf(file: SourceFacts): SourceFacts | null {
  return file.partial ? null : (file.before?.() ?? null);
}

/**
 * Where a node stands, in names that survive when lines move: enclosing classes and functions, a callback by the call that it is handed to.
 * `Ledger.post/app.get("/orders")`. "" at the top level.
 */
export function placeOf(node: ts.Node): string {
  const names: string[] = [];
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent)
    if (isFunction(up) || isClassLike(up)) names.unshift(functionName(up) || holderOf(up));
  return names.join("/");
}

/** The call that a function without a name is handed to. */
function holderOf(fn: ts.Node): string {
  const call = fn.parent;
  if (!isCallExpression(call)) return "";
  const first = call.arguments[0];
  return `${calleeKey(call)}(${first && isStringLiteralLike(first) ? first.text : ""})`;
}

/** The callee of a call or `new` as written, without blanks, `await`, `?.`, `!` and parentheses. */
export function calleeKey(call: ts.CallExpression | ts.NewExpression): string {
  const e = call.expression;
  if (isIdentifier(e)) return e.text;
  if (isPropertyAccessExpression(e) && isIdentifier(e.expression)) return `${e.expression.text}.${e.name.text}`;
  return bareText(e);
}

/** The text of a node without what a repair adds around it: blanks, `await`, `?.`, `!`, parentheses, and a comma at an end. */
export function bareText(node: ts.Node): string {
  return bare(node.getText()).slice(0, LONGEST);
}

/** true when the statement around a node stood in the former file too, `await` aside. */
export function stoodBefore(node: ts.Node, former: SourceFacts): boolean {
  let up = node;
  while (up.parent && !isStatement(up)) up = up.parent;
  return bareFile(former).includes(bareText(up));
}

const bareFile = perFile((file) => bare(file.text));

function bare(text: string): string {
  return text.replace(/\bawait\b|\basync\b|[\s?!();,]/g, "");
}
