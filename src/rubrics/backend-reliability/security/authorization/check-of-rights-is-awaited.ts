import { ts } from "ts-morph";
import { isBindingElement, isExpressionStatement, isIdentifier, isVariableDeclaration } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calledFunction, promiseAnswer } from "../../../syntax/async-calls.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { enclosingFunction, functionName, isAsync } from "../../../syntax/functions.ts";
import { callsLike } from "../../../syntax/named-calls.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { AwaitExpression, ObjectBindingPattern } = ts.SyntaxKind;

/** Throws when the caller may not: what it gives back is nobody's business, so it is easily left hanging. */
const CHECKS =
  /^(?:check|assert|ensure|verify|require|authorize|enforce|validate|throwIf\w*|throwUnless\w*)_?\w{0,20}(?:User(?:Id)?|Auth\w*|Access|Permissions?|Owner(?:ship)?|Member(?:ship)?|Roles?|Admin|Session|Login|LoggedIn|Token|Signature|Rights?|Scopes?)$/;

/** A check that throws later than the work it should have stopped. */
export const checkOfRightsIsAwaited: Rule = {
  id: "check-of-rights-is-awaited",
  requirement: "authorization",
  severity: "advisory",
  title: "A check of who may is waited for",
  why: "Without `await` the work goes on while the check still asks, and its refusal comes after the answer was sent.",
  fix: "Write `await` before the check, or return its promise before anything else is done.",
  source: "CWE-863; https://typescript-eslint.io/rules/no-floating-promises",
  examples: {
    bad: `import * as rights from "./rights.ts";
export async function exportBoard(req, res) {
  rights.checkUserId(req.userId);
  const board = await boards.find(req.params.boardId);
  res.json(board);
}
`,
    good: `import * as rights from "./rights.ts";
export async function exportBoard(req, res) {
  await rights.checkUserId(req.userId);
  const board = await boards.find(req.params.boardId);
  res.json(board);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => checks(file).flatMap((call) => problemOf(call, file) ?? []),
  },
};

const checks = callsLike((name) => CHECKS.test(name));

function problemOf(call: ts.CallExpression, file: SourceFacts): Problem | null {
  const fn = enclosingFunction(call);
  if (!isExpressionStatement(call.parent) || !fn || !isAsync(fn) || !hasOtherAwaits(fn, file)) return null;
  const called = calledFunction(call, file);
  if (called ? !isAsync(called) : promiseAnswer(call, file) === "unknown" && !comesFromElsewhere(call, file)) return null;
  if (CHECKS.test(functionName(fn))) return null;
  return {
    node: call,
    message: `\`${calleeName(call)}\` is not waited for${called ? "" : ", should it give a promise"}: what follows runs whether the caller may or not.`,
  };
}

/** The function waits for other things: it is no handler of a framework that is all synchronous. */
function hasOtherAwaits(fn: ts.Node, file: SourceFacts): boolean {
  return file.nodes(AwaitExpression).some((n) => n.pos >= fn.pos && n.end <= fn.end);
}

/** A member of something imported, with nothing here that tells whether it waits. A function that is imported alone mostly throws at once. */
function comesFromElsewhere(call: ts.CallExpression, file: SourceFacts): boolean {
  const root = receiverOf(call);
  if (!root || !isIdentifier(root) || !(file.imports.has(root.text) || isLoaded(root))) return false;
  return call.arguments.some((a) => /\b(?:req|request|ctx|context|user\w*|session|caller|actor)\b/i.test(a.getText(file.sourceFile)));
}

/** `const { Rights } = require("./rights")` inside a function. */
function isLoaded(root: ts.Identifier): boolean {
  let declaration: ts.Node | null = declarationOf(root);
  while (declaration && (isBindingElement(declaration) || declaration.kind === ObjectBindingPattern)) declaration = declaration.parent;
  return (
    declaration !== null &&
    isVariableDeclaration(declaration) &&
    /^(?:await )?(?:require|import)\(/.test(declaration.initializer?.getText() ?? "")
  );
}
