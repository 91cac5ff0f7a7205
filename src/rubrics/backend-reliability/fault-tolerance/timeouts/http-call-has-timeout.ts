import { ts } from "ts-morph";
import {
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isVoidExpression,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { enclosingFunction, functionName, unwrap } from "../../../syntax/functions.ts";
import { textParts } from "../../../syntax/literals.ts";
import { isInsideRequestHandler } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { outboundCallsOf, type OutboundCall, callsOut } from "../../../syntax/outbound-calls.ts";

/** Outbound HTTP that no option, instance, wrapper or race bounds. Clients with a default of their own (ky) are left alone. */
export const httpCallHasTimeout: Rule = {
  id: "http-call-has-timeout",
  requirement: "timeouts",
  severity: "blocking",
  title: "Every outbound HTTP call has a timeout",
  why: "A dependency that accepts the connection and never answers holds the request, its memory and its pooled connections until the caller falls over too.",
  fix: "Bound the call: `signal: AbortSignal.timeout(5_000)` for fetch, `timeout: 5_000` for axios, `timeout: { request: 5_000 }` for got, on the call or its instance.",
  source: "https://sre.google/sre-book/addressing-cascading-failures/ (deadlines)",
  examples: {
    bad: `export async function loadRate(currency: string) {
  const response = await fetch(\`https://rates.example.com/v1/\${currency}\`);
  return response.json();
}
`,
    good: `export async function loadRate(currency: string) {
  const response = await fetch(\`https://rates.example.com/v1/\${currency}\`, { signal: AbortSignal.timeout(2_000) });
  return response.json();
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: callsOut,
    look: (_node, file) =>
      outboundCallsOf(file).flatMap((call) =>
        call.deadline.state === "absent" && !isLocal(call) && !isInComponent(call.node, file) ? [problemOf(call, file)] : [],
      ),
  },
};

function problemOf(call: OutboundCall, file: SourceFacts): Problem {
  const callee = call.node.expression.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60);
  const options = call.options && call.options !== call.url ? [call.options] : [];
  return {
    node: call.node.expression,
    habit: "outbound calls",
    ...(isLoopback(call) || !isWaitedFor(call.node) || isAtStart(call.node, file) ? { severity: "advisory" as const } : {}),
    alsoTouches: [...(call.url ? [call.url] : []), ...options],
    message: `\`${callee}(...)\` has no timeout: ${call.client === "fetch" ? "fetch waits minutes by default" : `${call.client} waits without limit by default`}.`,
  };
}

/** false for a call that is made in passing, as a statement of its own: nothing stands still when it hangs. */
function isWaitedFor(call: ts.CallExpression): boolean {
  let e: ts.Node = call;
  while (isPropertyAccessExpression(e.parent) && isCallExpression(e.parent.parent) && CHAIN.test(e.parent.name.text)) e = e.parent.parent;
  return !isExpressionStatement(e.parent) && !isVoidExpression(e.parent);
}

const CHAIN = /^(?:then|catch|finally)$/;
const STARTS = /^(?:main|init|initiali[sz]e|bootstrap|setup|seed|migrate|preload|warm(?:Up)?|onModuleInit|onApplicationBootstrap)$/i;

/** While the module is loaded or the process starts: a deployment notices before any request does. */
function isAtStart(call: ts.CallExpression, file: SourceFacts): boolean {
  if (isInsideRequestHandler(call, file)) return false;
  const fn = enclosingFunction(call);
  return fn === null || STARTS.test(functionName(fn));
}

/** In a component or a hook of a file that also holds a loader: what a page runs. */
function isInComponent(node: ts.Node, file: SourceFacts): boolean {
  if (!/\.[jt]sx$/.test(file.path)) return false;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (/^(?:[A-Z][a-z]|use[A-Z])/.test(functionName(fn))) return true;
  return false;
}

/** How an address begins: in every branch of a condition, and through a constant. */
function startsOf(url: ts.Node): readonly string[] {
  const e = unwrap(url);
  if (isConditionalExpression(e)) {
    const branches = [startsOf(e.whenTrue), startsOf(e.whenFalse)];
    return branches.every((branch) => branch.length > 0) ? branches.flat() : [];
  }
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  if (
    declaration &&
    isVariableDeclaration(declaration) &&
    declaration.initializer &&
    isConditionalExpression(unwrap(declaration.initializer))
  )
    return startsOf(declaration.initializer);
  const start = textParts(e)[0];
  return start === undefined ? [] : [start];
}

/** What answers stands on the same machine. */
function isLoopback(call: OutboundCall): boolean {
  return /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?:[:/]|$)/.test((call.url ? textParts(call.url)[0] : undefined) ?? "");
}

/** A path without a host is a call of the page's own server, and `data:` is none at all. */
function isLocal(call: OutboundCall): boolean {
  const starts = call.url ? startsOf(call.url) : [];
  return (
    starts.length > 0 && starts.every((start) => (call.client === "fetch" && /^\/(?!\/)/.test(start)) || /^(?:data|blob|file):/.test(start))
  );
}
