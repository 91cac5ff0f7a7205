import { ts } from "ts-morph";
import {
  isCallExpression,
  isCatchClause,
  isDoStatement,
  isForStatement,
  isIdentifier,
  isTryStatement,
  isVariableDeclaration,
  isWhileStatement,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, isFunction, unwrap } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { asksProviderFirst, PAYMENT_METHODS, paymentCallOf } from "../../../syntax/payment-calls.ts";
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
      if (!call || call.key === "unknown" || call.operation === "intent" || call.operation === "capture") return [];
      const attempt = attemptAround(call.node, file);
      if (!attempt || asksProviderFirst(call.node)) return [];
      const name = calleeText(call.node, file);
      if (call.key === "absent")
        return [
          {
            node: call.node.expression,
            alsoTouches: [call.node],
            message: `\`${name}(...)\` is tried again after an error, with nothing that tells whether the first attempt moved the money.`,
          },
        ];
      if (!call.keyValue || !isMadeIn(attempt, call.keyValue)) return [];
      return [
        {
          node: call.keyValue,
          alsoTouches: [call.node],
          message: `\`${name}(...)\` is tried again under a key that each attempt makes anew: the provider takes the second for another payment.`,
        },
      ];
    },
  },
};

const RETRIERS = /^(?:p-retry|async-retry|promise-retry|exponential-backoff|cockatiel|ts-retry-promise)$/;
const ATTEMPT = /attempt|retr(?:y|ies)|tries/i;

/** What is run once for each attempt: the function handed to a retrier, the loop, the catch clause; null when nothing tries again. */
function attemptAround(node: ts.Node, file: SourceFacts): ts.Node | null {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (isCountingLoop(up, node)) return up;
    if (isCatchClause(up) && repeatsTry(up, node, file)) return up;
    if (isFunction(up)) {
      if (!isCallExpression(up.parent)) return null;
      const isRetrier =
        RETRIERS.test(calleeOf(up.parent, file).module ?? "") || /^(?:with|run)?retry(?:With\w*|ing|Async)?$/i.test(calleeName(up.parent));
      if (isRetrier) return up;
    }
  }
  return null;
}

const RANDOM = /^(?:randomUUID|uuid|uuidv?[147]|v[147]|nanoid|ulid|cuid2?|createId|randomBytes|random|now)$/;

/** true when the key is random and made inside the attempt, so that no two attempts share it. */
function isMadeIn(attempt: ts.Node, key: ts.Node): boolean {
  const e = unwrap(key);
  if (isIdentifier(e)) {
    const declaration = declarationOf(e);
    if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return false;
    return declaration.pos >= attempt.pos && declaration.end <= attempt.end && isMadeIn(attempt, declaration.initializer);
  }
  return contains(e, (each) => isCallExpression(each) && RANDOM.test(calleeName(each)), true);
}

/** A loop whose head counts attempts, with the call in a try whose catch lets it go round. */
function isCountingLoop(up: ts.Node, node: ts.Node): boolean {
  if (!isForStatement(up) && !isWhileStatement(up) && !isDoStatement(up)) return false;
  const head = isForStatement(up) ? [up.initializer, up.condition, up.incrementor] : [up.expression];
  if (!head.some((part) => part && ATTEMPT.test(part.getText())) && !up.getText().slice(0, 400).match(ATTEMPT)) return false;
  for (let at: ts.Node = node; at !== up; at = at.parent) if (isTryStatement(at) && at.catchClause) return true;
  return false;
}

/** In the catch clause of a try that made the same call. */
function repeatsTry(clause: ts.CatchClause, node: ts.Node, file: SourceFacts): boolean {
  const callee = isCallExpression(node) ? node.expression.getText(file.sourceFile) : "";
  return contains(clause.parent.tryBlock, (each) => isCallExpression(each) && each.expression.getText(file.sourceFile) === callee);
}
