import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { contains, enclosingFunction, isFunction } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { PAYMENT_METHODS, paymentCallOf } from "../../../syntax/payment-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** A movement of money in a loop or retry helper, without a key and without asking the provider what became of the first attempt. */
export const chargeIsNotRetriedBlindly: Rule = {
  id: "charge-is-not-retried-blindly",
  requirement: "unknown-outcome",
  severity: "blocking",
  title: "A charge with an unknown outcome is looked up before it is tried again",
  why: "A timeout does not say that the charge failed: trying again without a key takes the money twice.",
  fix: "Send one idempotency key made before the first attempt, or ask the provider by your own reference before the next.",
  source: "https://docs.stripe.com/error-low-level#idempotency",
  examples: {
    bad: `import Stripe from "stripe";
import pRetry from "p-retry";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
export const refund = (id, amount) => pRetry(() => stripe.refunds.create({ charge: id, amount }), { retries: 3 });
`,
    good: `import Stripe from "stripe";
import pRetry from "p-retry";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
export const refund = (id, amount, key) =>
  pRetry(() => stripe.refunds.create({ charge: id, amount }, { idempotencyKey: key }), { retries: 3 });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: PAYMENT_METHODS,
    look: (node, file) => {
      const call = paymentCallOf(node, file);
      if (!call || call.key !== "absent" || call.operation === "intent") return [];
      if (!isRetried(call.node, file) || asksFirst(call.node)) return [];
      const message = `\`${calleeText(call.node, file)}(...)\` is tried again after an error, with nothing that tells whether the first attempt moved the money.`;
      return [{ node: call.node.expression, alsoTouches: [call.node], message }];
    },
  },
};

const RETRIERS = /^(?:p-retry|async-retry|promise-retry|exponential-backoff|cockatiel|ts-retry-promise)$/;
const ATTEMPT = /attempt|retr(?:y|ies)|tries/i;

function isRetried(node: ts.Node, file: SourceFacts): boolean {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (isCountingLoop(up, node)) return true;
    if (ts.isCatchClause(up) && repeatsTry(up, node, file)) return true;
    if (isFunction(up)) {
      if (!ts.isCallExpression(up.parent)) return false;
      const isRetrier =
        RETRIERS.test(calleeOf(up.parent, file).module ?? "") || /^(?:with|run)?retry(?:With\w*|ing|Async)?$/i.test(calleeName(up.parent));
      if (isRetrier) return true;
    }
  }
  return false;
}

/** A loop whose head counts attempts, with the call in a try whose catch lets it go round. */
function isCountingLoop(up: ts.Node, node: ts.Node): boolean {
  if (!ts.isForStatement(up) && !ts.isWhileStatement(up) && !ts.isDoStatement(up)) return false;
  const head = ts.isForStatement(up) ? [up.initializer, up.condition, up.incrementor] : [up.expression];
  if (!head.some((part) => part && ATTEMPT.test(part.getText())) && !up.getText().slice(0, 400).match(ATTEMPT)) return false;
  for (let at: ts.Node = node; at !== up; at = at.parent) if (ts.isTryStatement(at) && at.catchClause) return true;
  return false;
}

/** In the catch clause of a try that made the same call. */
function repeatsTry(clause: ts.CatchClause, node: ts.Node, file: SourceFacts): boolean {
  const callee = ts.isCallExpression(node) ? node.expression.getText(file.sourceFile) : "";
  return contains(clause.parent.tryBlock, (each) => ts.isCallExpression(each) && each.expression.getText(file.sourceFile) === callee);
}

/** The same function asks the provider what it knows. */
function asksFirst(node: ts.Node): boolean {
  const around = enclosingFunction(node);
  return (
    around !== null &&
    contains(
      around,
      (each) => ts.isCallExpression(each) && /^(?:retrieve|list|search|find\w*|get\w*Status|get)$/.test(calleeName(each)),
      true,
    )
  );
}
