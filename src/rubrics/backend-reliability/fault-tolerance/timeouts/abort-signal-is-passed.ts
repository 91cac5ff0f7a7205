import { ts } from "ts-morph";
import {
  isBlock,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { isGlobal } from "../../../syntax/declarations.ts";
import { contains } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** A controller that is aborted and whose signal goes nowhere: the timeout runs out and stops nothing. */
export const abortSignalIsPassed: Rule = {
  id: "abort-signal-is-passed",
  requirement: "timeouts",
  severity: "blocking",
  title: "The signal of an abort controller is passed to what it should stop",
  why: "`abort()` only tells those who hold the signal: without it the call goes on waiting while the code reads as if it were bounded.",
  fix: "Pass `signal: controller.signal` to the call, or use `AbortSignal.timeout(ms)`.",
  source: "https://nodejs.org/api/globals.html#class-abortcontroller",
  needsWholeFile: true,
  examples: {
    bad: `export async function rates(load) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 2_000);
  try {
    return await load("https://rates.example.com/today");
  } finally {
    clearTimeout(timer);
  }
}
`,
    good: `export async function rates(load) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 2_000);
  try {
    return await load("https://rates.example.com/today", { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.NewExpression],
    callees: ["AbortController"],
    look: (node, file) => {
      if (!isNewExpression(node) || !isIdentifier(node.expression) || !isGlobal(node.expression)) return [];
      const declaration = node.parent;
      if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name)) return [];
      const scope = scopeOf(declaration);
      if (!scope || !aborts(scope, declaration.name.text) || escapes(scope, declaration, file)) return [];
      return [
        { node, message: `\`${declaration.name.text}\` is aborted, and its signal is passed to nothing: the call is not bounded by it.` },
      ];
    },
  },
};

/** The block that holds the declaration; null at the top of a module, where it may be exported. */
function scopeOf(declaration: ts.VariableDeclaration): ts.Block | null {
  const block = declaration.parent.parent.parent;
  return isBlock(block) ? block : null;
}

function aborts(scope: ts.Block, name: string): boolean {
  return contains(
    scope,
    (n) => {
      if (!isCallExpression(n) || calleeName(n) !== "abort") return false;
      const receiver = receiverOf(n);
      return receiver !== null && isIdentifier(receiver) && receiver.text === name;
    },
    true,
  );
}

/** Any use but `controller.abort`: its signal is read, or the controller itself is handed on. */
function escapes(scope: ts.Block, declaration: ts.VariableDeclaration, file: SourceFacts): boolean {
  const name = declaration.name.getText(file.sourceFile);
  return contains(
    scope,
    (n) => {
      if (!isIdentifier(n) || n.text !== name || n.parent === declaration) return false;
      const { parent } = n;
      return !(
        isPropertyAccessExpression(parent) &&
        parent.expression === n &&
        parent.name.text === "abort" &&
        isCallExpression(parent.parent) &&
        parent.parent.expression === parent
      );
    },
    true,
  );
}
