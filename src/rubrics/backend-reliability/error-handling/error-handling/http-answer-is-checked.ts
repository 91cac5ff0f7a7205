import { ts } from "ts-morph";
import {
  isAsExpression,
  isAwaitExpression,
  isBindingElement,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isNonNullExpression,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isStatement,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, functionOf, isFunction, unwrap } from "../../../syntax/functions.ts";
import { textParts } from "../../../syntax/literals.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { outboundCallsOf, type OutboundCall, callsOut } from "../../../syntax/outbound-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { Identifier } = ts.SyntaxKind;

const BODY = /^(?:json|text|blob|arrayBuffer|formData|body)$/;
/** Members of an answer's body that say that it failed, for services that answer 200 for everything. */
const TELLS = /^(?:error|errors|err|ok|success|status|statusCode|code|message|result_?code|is_?success|errorCode|error_code)$/i;

/** `fetch` resolves for 404 and 500 alike: the body of a failure is taken for data, or the failure of a write is never heard of. */
export const httpAnswerIsChecked: Rule = {
  id: "http-answer-is-checked",
  requirement: "error-handling",
  severity: "advisory",
  title: "The status of an answer is looked at before its body is used",
  why: "`fetch` rejects only when no answer came: a 500 is read as data, and a write that was refused counts as done.",
  fix: 'Ask first: `if (!answer.ok) throw new Error("rates answered " + answer.status)`.',
  source: "https://developer.mozilla.org/docs/Web/API/Fetch_API/Using_Fetch#checking_response_status",
  examples: {
    bad: `export async function loadRates() {
  const answer = await fetch("https://rates.example.com/today", { signal: AbortSignal.timeout(2_000) });
  const rates = await answer.json();
  return rates.list;
}
`,
    good: `export async function loadRates() {
  const answer = await fetch("https://rates.example.com/today", { signal: AbortSignal.timeout(2_000) });
  if (!answer.ok) throw new RatesUnavailable(answer.status);
  const rates = await answer.json();
  return rates.list;
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: callsOut,
    look: (_node, file) =>
      outboundCallsOf(file).flatMap((call) =>
        /fetch/.test(call.client) && call.client !== "ofetch" && !isAsset(call) ? lookAtCall(call, file) : [],
      ),
  },
};

/** A file of its own, a data address, or a path of the page's own server. */
function isAsset({ url }: OutboundCall): boolean {
  return /^(?:data|blob|file):|^\/(?!\/)/.test(textParts(url ?? undefined)[0] ?? "");
}

function lookAtCall(call: OutboundCall, file: SourceFacts): readonly Problem[] {
  const { node } = call;
  const up = outermost(node);
  if (isExpressionStatement(up.parent) && call.method !== null && call.method !== "GET" && isAwaited(node))
    return [problem(call, `The answer of this ${call.method} is dropped with its status: a refusal counts as done.`)];
  if (isPropertyAccessExpression(up.parent) && up.parent.expression === up && isCallExpression(up.parent.parent))
    return chained(call, up.parent.name.text, up.parent.parent, file);
  const declaration = up.parent;
  if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name) || !isAwaited(node)) return [];
  const uses = usesOf(declaration.name, declaration, file);
  const bodies = uses.filter((use) => isBodyOf(use));
  if (bodies.length === 0 || bodies.length < uses.length || bodies.some((use) => isBodyAsked(use, file))) return [];
  return [problem(call, `\`${declaration.name.text}\` is read whatever its status: the body of a failure is taken for data.`)];
}

function problem(call: OutboundCall, message: string): Problem {
  return { node: call.node.expression, message };
}

/** `(await fetch(x)).json()` and `fetch(x).then((r) => r.json())`. */
function chained(call: OutboundCall, member: string, whole: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const message = "The body is read whatever the status is: that of a failure is taken for data.";
  if (BODY.test(member) && isAwaited(call.node)) return isBodyAsked(whole, file) ? [] : [problem(call, message)];
  if (member !== "then") return [];
  const callback = functionOf(whole.arguments[0]);
  const [first] = callback?.parameters ?? [];
  if (!callback?.body || isBlock(callback.body) || !first || !isIdentifier(first.name)) return [];
  const read = unwrap(callback.body);
  const isBody =
    isCallExpression(read) &&
    BODY.test(calleeName(read)) &&
    isPropertyAccessExpression(read.expression) &&
    isIdentifier(read.expression.expression) &&
    read.expression.expression.text === first.name.text;
  return isBody && !isBodyAsked(whole, file) ? [problem(call, message)] : [];
}

/** The call with the `await` and the parentheses around it. */
function outermost(node: ts.Node): ts.Node {
  let e = node;
  while (isAwaitExpression(e.parent) || isParenthesizedExpression(e.parent) || isAsExpression(e.parent) || isNonNullExpression(e.parent))
    e = e.parent;
  return e;
}

function isAwaited(node: ts.Node): boolean {
  let e = node.parent;
  while (isParenthesizedExpression(e) || isAsExpression(e)) e = e.parent;
  return isAwaitExpression(e);
}

function usesOf(name: ts.Identifier, declaration: ts.Node, file: SourceFacts): readonly ts.Identifier[] {
  return file
    .nodes(Identifier)
    .filter(
      (n): n is ts.Identifier => isIdentifier(n) && n.text === name.text && n !== name && !isMember(n) && declarationOf(n) === declaration,
    );
}

function isMember(node: ts.Identifier): boolean {
  const up = node.parent;
  return (isPropertyAccessExpression(up) && up.name === node) || (isPropertyAssignment(up) && up.name === node);
}

function isBodyOf(use: ts.Identifier): boolean {
  return isPropertyAccessExpression(use.parent) && use.parent.expression === use && BODY.test(use.parent.name.text);
}

/** What the body holds is asked whether it failed, or goes through a check: some services say so there. */
function isBodyAsked(use: ts.Node, file: SourceFacts): boolean {
  const around = enclosingFunction(use)?.body ?? file.sourceFile;
  let e: ts.Node = use;
  while (!isStatement(e) && !isVariableDeclaration(e) && !isFunction(e)) {
    if (isCallExpression(e.parent) && e.parent.arguments.some((a) => a === e)) return true;
    if (isReturnStatement(e.parent) || isFunction(e.parent)) return false;
    e = e.parent;
  }
  if (!isVariableDeclaration(e)) return false;
  const names = new Set(
    isIdentifier(e.name)
      ? [e.name.text]
      : e.name.elements.flatMap((p) => (isBindingElement(p) && isIdentifier(p.name) ? [p.name.text] : [])),
  );
  if (!isIdentifier(e.name)) return [...names].some((name) => TELLS.test(name));
  return contains(
    around,
    (n) =>
      isIdentifier(n) &&
      names.has(n.text) &&
      ((isPropertyAccessExpression(n.parent) && n.parent.expression === n && TELLS.test(n.parent.name.text)) ||
        (isCallExpression(n.parent) && n.parent.arguments.some((a) => a === n)) ||
        isPrefixUnaryExpression(n.parent) ||
        (isIfStatement(n.parent) && n.parent.expression === n)),
    true,
  );
}
