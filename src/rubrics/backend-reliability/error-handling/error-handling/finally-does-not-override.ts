import { ts } from "ts-morph";
import {
  forEachChild,
  isBreakStatement,
  isClassLike,
  isContinueStatement,
  isIterationStatement,
  isReturnStatement,
  isSwitchStatement,
  isThrowStatement,
  isTryStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains, isFunction } from "../../../syntax/functions.ts";

/** A jump out of finally throws away the error or the value that was on its way. */
export const finallyDoesNotOverride: Rule = {
  id: "finally-does-not-override",
  requirement: "error-handling",
  severity: "blocking",
  title: "A finally block does not return or throw",
  why: "`return` or `throw` in finally replaces the error or the value that was on its way out: a failure becomes a success.",
  fix: "Clean up in finally and leave returning to the try and the catch.",
  source: "https://eslint.org/docs/latest/rules/no-unsafe-finally",
  examples: {
    bad: `export async function transfer(tx) {
  let moved = false;
  try {
    await tx.run();
    moved = true;
  } finally {
    return moved;
  }
}
`,
    good: `export async function transfer(tx) {
  try {
    await tx.run();
    return true;
  } finally {
    await tx.close();
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.TryStatement],
    look: (node) => {
      if (!isTryStatement(node) || !node.finallyBlock) return [];
      const jumps = jumpsIn(node.finallyBlock);
      return isSettled(node) ? jumps.map((jump) => ({ ...jump, severity: "advisory" as const })) : jumps;
    },
  },
};

/** The catch lets no error out, so that none can be on its way when finally runs; a value still may. */
function isSettled({ catchClause }: ts.TryStatement): boolean {
  return catchClause !== undefined && !contains(catchClause.block, ts.isThrowStatement);
}

function jumpsIn(block: ts.Block): readonly Problem[] {
  const found: Problem[] = [];
  const visit = (node: ts.Node, inLoop: boolean): void => {
    if (isFunction(node) || isClassLike(node)) return;
    if (isReturnStatement(node)) found.push({ node, message: "`return` in finally replaces the error that was on its way out." });
    else if (isThrowStatement(node))
      found.push({ node, message: "`throw` in finally replaces the error or the value that was on its way out." });
    else if (!inLoop && (isBreakStatement(node) || isContinueStatement(node)))
      found.push({ node, message: "A jump out of finally drops the error that was on its way out." });
    const loops = inLoop || isIterationStatement(node, false) || isSwitchStatement(node);
    if (!isTryStatement(node)) forEachChild(node, (child) => visit(child, loops));
  };
  visit(block, false);
  return found;
}
