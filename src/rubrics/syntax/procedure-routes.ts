import type { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
} from "./guards.ts";
import { functionOf, nameText, type FunctionWithBody } from "./functions.ts";
import type { Route } from "./route.ts";

/** Reads `procedure.input(schema).mutation(handler)` as a route; null when nothing says that it is one. */
export function trpcRoute(call: ts.CallExpression, receiver: ts.Expression, verb: string): Route | null {
  let root: ts.Expression = receiver;
  const chain: ts.Node[] = [];
  while (isCallExpression(root) && isPropertyAccessExpression(root.expression)) {
    if (root.expression.name.text === "use") chain.push(...root.arguments);
    root = root.expression.expression;
  }
  const made = isCallExpression(root) && isIdentifier(root.expression) ? root.expression : root;
  const name = isIdentifier(made) ? made.text : isPropertyAccessExpression(made) ? made.name.text : "";
  const handler = functionOf(call.arguments[0]);
  if (!handler || (!/procedure$/i.test(name) && (made === root || !takesProcedureInput(handler)))) return null;
  const holder = call.parent;
  const path = isPropertyAssignment(holder) ? nameText(holder.name) : isVariableDeclaration(holder) ? nameText(holder.name) : "";
  return {
    framework: "trpc",
    method: verb.toUpperCase(),
    path,
    node: call,
    anchor: isPropertyAssignment(holder) ? holder.name : lastName(call),
    middleware: chain,
    inherited: [root],
    handler,
    owner: name,
  };
}

/** `({ input, ctx }) =>`: what a procedure made by a function of its own (`withPermission("order", "read").input(...)`) is told by. */
function takesProcedureInput(handler: FunctionWithBody): boolean {
  const first = handler.parameters[0]?.name;
  return (
    first !== undefined &&
    isObjectBindingPattern(first) &&
    first.elements.some((element) => /^(?:input|ctx)$/.test(nameText(element.propertyName ?? element.name)))
  );
}

function lastName(call: ts.CallExpression): ts.Node {
  return isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
}
