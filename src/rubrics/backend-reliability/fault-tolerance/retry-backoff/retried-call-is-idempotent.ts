import { ts } from "ts-morph";
import { isCallExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { enclosingFunction, isFunction } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { outboundCallsOf, type OutboundCall, callsOut } from "../../../syntax/outbound-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { retryLoopAround } from "./retry-waits-between-attempts.ts";

/** A POST or PATCH repeated without an idempotency key: the first attempt may have done the work before its answer was lost. */
export const retriedCallIsIdempotent: Rule = {
  id: "retried-call-is-idempotent",
  requirement: "retry-backoff",
  severity: "advisory",
  title: "A call that is retried is safe to repeat",
  why: "A timeout says nothing about whether the work was done: repeating a create without a key does it twice.",
  fix: "Send an `Idempotency-Key` made once before the first attempt, or retry only GET, PUT and DELETE.",
  source: "https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods",
  examples: {
    bad: `import axios from "axios";
import pRetry from "p-retry";
export const charge = (order) => pRetry(() => axios.post("https://pay.example.com/charges", order, { timeout: 3000 }), { retries: 3 });
`,
    good: `import axios from "axios";
import pRetry from "p-retry";
export const charge = (order) =>
  pRetry(() => axios.post("https://pay.example.com/charges", order, { timeout: 3000, headers: { "Idempotency-Key": order.id } }), { retries: 3 });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: callsOut,
    look: (_node, file) => outboundCallsOf(file).flatMap((call) => problemsOf(call, file)),
  },
};

function problemsOf(call: OutboundCall, file: SourceFacts): readonly Problem[] {
  if ((call.method !== "POST" && call.method !== "PATCH") || !isRetried(call.node, file)) return [];
  const around = enclosingFunction(call.node) ?? file.sourceFile;
  if (/idempoten|dedup|request-?id|graphql|search|query|token/i.test(around.getText(file.sourceFile).slice(0, 4000))) return [];
  return [
    {
      node: call.node.expression,
      alsoTouches: [call.node],
      message: `\`${calleeText(call.node, file)}(...)\` is a ${call.method} and is retried without an idempotency key.`,
    },
  ];
}

const RETRIERS = /^(?:p-retry|async-retry|promise-retry|exponential-backoff|cockatiel|ts-retry-promise)$/;

/** Inside a callback of a retry library, or in a loop that counts attempts. */
function isRetried(node: ts.Node, file: SourceFacts): boolean {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (!isFunction(up) || !isCallExpression(up.parent)) continue;
    const origin = calleeOf(up.parent, file);
    if (RETRIERS.test(origin.module ?? "") || /^(?:with|run)?retry(?:With\w*|ing|Async)?$/i.test(calleeName(up.parent))) return true;
  }
  return retryLoopAround(node, file) !== null;
}
