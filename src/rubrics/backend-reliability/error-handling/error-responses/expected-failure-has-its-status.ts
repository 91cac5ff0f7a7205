import { ts } from "ts-morph";
import { isCatchClause, isFunctionLike, isNewExpression, isThrowStatement } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { enclosingTry } from "../../../syntax/catches.ts";
import { enclosingFunction, functionName } from "../../../syntax/functions.ts";
import { textParts } from "../../../syntax/literals.ts";

/** `throw new Error("Unauthorized")`: a plain Error has no status, so the caller's fault becomes our 500. */
export const expectedFailureHasItsStatus: Rule = {
  id: "expected-failure-has-its-status",
  requirement: "error-responses",
  severity: "advisory",
  title: "A failure of the caller is thrown with its own type or status",
  why: "A plain Error surfaces as 500: callers retry what can never succeed, and alerts fire for a mistyped token.",
  fix: "Throw the application's own error for it (401, 403, 404, 409, 422), which the error middleware maps to that status.",
  source: "https://www.rfc-editor.org/rfc/rfc9110#name-client-error-4xx",
  examples: {
    bad: `export async function tokenOwner(token) {
  const row = await tokens.find(token);
  if (!row) throw new Error("Invalid token");
  return row.owner;
}
`,
    good: `export async function tokenOwner(token) {
  const row = await tokens.find(token);
  if (!row) throw new UnauthorizedError("Invalid token");
  return row.owner;
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.ThrowStatement],
    look: (node) => {
      if (!isThrowStatement(node) || !isNewExpression(node.expression) || node.expression.expression.getText() !== "Error") return [];
      if (isAnsweredHere(node)) return [];
      const text = textParts(node.expression.arguments?.[0]).join(" ");
      const status = statusOf(text);
      return status === null ? [] : [{ node, message: `\`new Error(...)\` for what is a ${status}: it surfaces as 500.` }];
    },
  },
};

/** Caught in the same function, or thrown where the framework asks for a plain Error: a sign-in's `authorize`, a server action. */
function isAnsweredHere(node: ts.Node): boolean {
  const fn = enclosingFunction(node);
  return (
    enclosingTry(node)?.catchClause !== undefined ||
    isInCatch(node) ||
    (fn !== null && functionName(fn) === "authorize") ||
    /^\s*["']use server["']/.test(node.getSourceFile().text)
  );
}

/** What another service answered, retold: the caller of that service is this server. */
function isInCatch(node: ts.Node): boolean {
  for (let up: ts.Node | undefined = node.parent; up && !isFunctionLike(up); up = up.parent) if (isCatchClause(up)) return true;
  return false;
}

/** The status that a short message speaks of; null when it speaks of none. */
function statusOf(text: string): number | null {
  if (text.length > 60) return null;
  if (
    /^(?:unauthori[sz]ed|not authenticated|unauthenticated|authentication required)\b|\b(?:invalid|expired|missing) (?:api |access |auth(?:entication|orization)? |bearer )?(?:token|api[- ]?key|credentials)\b(?!:? \w)|\b(?:api |access )?token (?:is |has )?(?:invalid|expired)\b/i.test(
      text,
    )
  )
    return 401;
  if (/^(?:forbidden(?![ ]\w)|access denied|permission denied|not allowed|insufficient permissions?)\b/i.test(text)) return 403;
  return null;
}
