import { ts } from "ts-morph";
import {
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isImportClause,
  isImportSpecifier,
  isMethodDeclaration,
  isNamespaceImport,
  isPropertyAccessExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { requestHandlerAround } from "../../../syntax/requests.ts";
import { routerFramework } from "../../../syntax/router-framework.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { ThisKeyword } = ts.SyntaxKind;

const ADDS = ["on", "addListener", "addEventListener", "prependListener", "subscribe"];
const REMOVES = /^(?:off|removeListener|removeEventListener|removeAllListeners|unsubscribe)$/;

/** Each request adds a listener to something that outlives it. */
export const listenerIsRemoved: Rule = {
  id: "listener-is-removed",
  requirement: "error-handling",
  severity: "advisory",
  title: "A listener that a request adds to a shared emitter is removed when the request ends",
  why: "Every request leaves its listener behind with all that it holds: memory grows, each event runs them all, and Node warns after eleven.",
  fix: 'Keep the function and take it off when the client goes: `req.on("close", () => bus.off("change", send))`.',
  source: "https://nodejs.org/api/events.html#emittersetmaxlistenersn",
  examples: {
    bad: `import express from "express";
import { bus } from "./bus.ts";
const app = express();
app.get("/changes", (req, res) => {
  bus.on("change", (change) => res.write(JSON.stringify(change)));
});
`,
    good: `import express from "express";
import { bus } from "./bus.ts";
const app = express();
app.get("/changes", (req, res) => {
  const send = (change) => res.write(JSON.stringify(change));
  bus.on("change", send);
  req.on("close", () => bus.off("change", send));
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ADDS,
    look: (node, file) => {
      if (!isCallExpression(node) || node.arguments.length < 2 || stringOf(node.arguments[0]) === null) return [];
      const receiver = receiverOf(node);
      const handler = receiver && requestHandlerAround(node, file);
      if (!receiver || !handler || !outlives(receiver, handler) || routerFramework(receiver, file) !== null) return [];
      if (isOnce(node) || isKept(node) || isRemoved(handler, receiver, file)) return [];
      return [
        {
          node: node.expression,
          message: `Every request adds a listener to \`${receiver.getText(file.sourceFile).slice(0, 40)}\`, and nothing in this handler takes it off again.`,
        },
      ];
    },
  },
};

/** `process`, `this.bus`, an import, or a variable of the module: there before the request and after it. */
function outlives(receiver: ts.Expression, handler: FunctionWithBody): boolean {
  let root = unwrap(receiver);
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  if (root.kind === ThisKeyword) return isPropertyAccessExpression(unwrap(receiver)) && isMethodDeclaration(handler);
  if (!isIdentifier(root)) return false;
  const declaration = declarationOf(root);
  if (!declaration) return root.text === "process";
  return (
    isImportSpecifier(declaration) ||
    isImportClause(declaration) ||
    isNamespaceImport(declaration) ||
    (isVariableDeclaration(declaration) && enclosingFunction(declaration) === null)
  );
}

function isOnce(call: ts.CallExpression): boolean {
  return /\b(?:once|signal)\b/.test(call.arguments[2]?.getText() ?? "");
}

/** The answer of `subscribe` is kept: it is what ends the subscription. */
function isKept(call: ts.CallExpression): boolean {
  return calleeName(call) === "subscribe" && !isExpressionStatement(call.parent);
}

function isRemoved(handler: FunctionWithBody, receiver: ts.Expression, file: SourceFacts): boolean {
  const text = receiver.getText(file.sourceFile);
  return contains(
    handler,
    (n) => isCallExpression(n) && REMOVES.test(calleeName(n)) && receiverOf(n)?.getText(file.sourceFile) === text,
    true,
  );
}
