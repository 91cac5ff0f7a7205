import { ts } from "ts-morph";
import {
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertySignature,
  isSpreadAssignment,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { contains, enclosingFunction } from "../../../syntax/functions.ts";
import { outboundCallsOf, type OutboundCall, callsOut } from "../../../syntax/outbound-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const ID = /^(?:x-)?(?:request-?id|correlation-?id|trace-?id|traceparent)$/i;

/** The function has a correlation ID in hand and calls another service without it. */
export const outboundCallCarriesCorrelationId: Rule = {
  id: "outbound-call-carries-correlation-id",
  requirement: "correlation-ids",
  severity: "advisory",
  title: "An outbound call carries the correlation ID that is at hand",
  why: "The next service starts a new ID: what it logs about this request cannot be found from here.",
  fix: 'Pass it on: `headers: { "x-correlation-id": correlationId }`, or set it once on the client instance.',
  source: "https://www.w3.org/TR/trace-context/",
  examples: {
    bad: `export async function quote(symbol, correlationId) {
  logger.info({ correlationId, symbol }, "quote");
  return fetch(\`https://q.example.com/\${symbol}\`, { signal: AbortSignal.timeout(2000) });
}
`,
    good: `export async function quote(symbol, correlationId) {
  logger.info({ correlationId, symbol }, "quote");
  return fetch(\`https://q.example.com/\${symbol}\`, { signal: AbortSignal.timeout(2000), headers: { "x-correlation-id": correlationId } });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: callsOut,
    look: (_node, file) => outboundCallsOf(file).flatMap((call) => problemsOf(call, file)),
  },
};

function problemsOf(call: OutboundCall, file: SourceFacts): readonly Problem[] {
  const around = enclosingFunction(call.node);
  if (!around || !hasId(around) || mentionsId(call.node) || call.node.arguments.some(isOpaque)) return [];
  return [
    {
      node: call.node.expression,
      alsoTouches: [call.node],
      message: `\`${calleeText(call.node, file)}(...)\` leaves without the correlation ID that this function has.`,
    },
  ];
}

/** A parameter or a local of that name, not a property of someone else's answer. */
function hasId(fn: ts.Node): boolean {
  return contains(
    fn,
    (n) =>
      isIdentifier(n) &&
      ID.test(n.text) &&
      !isPropertySignature(n.parent) &&
      !(
        isPropertyAccessExpression(n.parent) &&
        n.parent.name === n &&
        !/^(?:req|request|ctx|context)$/.test(n.parent.expression.getText())
      ),
  );
}

function mentionsId(call: ts.CallExpression): boolean {
  return call.arguments.some((argument) =>
    contains(
      argument,
      (n) =>
        (isIdentifier(n) || isStringLiteralLike(n)) &&
        (ID.test(n.text) || (/headers?|trace|context/i.test(n.text) && isIdentifier(n) && !isPropertyAssignment(n.parent))),
      true,
    ),
  );
}

/** Options built elsewhere may hold it. */
function isOpaque(argument: ts.Node): boolean {
  return (
    (isIdentifier(argument) && /opt|init|config|request/i.test(argument.text)) ||
    (isObjectLiteralExpression(argument) && argument.properties.some(isSpreadAssignment))
  );
}
