import { ts } from "ts-morph";
import { isBinaryExpression, isCallExpression, isNumericLiteral } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains, enclosingFunction, unwrap } from "../../../syntax/functions.ts";
import { amountsIn, PAYMENT_METHODS, paymentCallOf } from "../../../syntax/payment-calls.ts";
import { inputIn } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { calleeName } from "../../../syntax/origin.ts";

const { AsteriskToken, EqualsToken } = ts.SyntaxKind;

/** An amount that is charged as the request named it. */
export const priceComesFromTheServer: Rule = {
  id: "price-comes-from-the-server",
  requirement: "server-side-price",
  severity: "blocking",
  title: "The amount that is charged is computed on the server",
  why: "A price from the request is a price that the buyer chooses: one edited request buys everything for a cent.",
  fix: "Take ids and quantities from the request, and compute the amount from your own prices.",
  source: "https://cheatsheetseries.owasp.org/cheatsheets/Third_Party_Payment_Gateway_Integration_Cheat_Sheet.html",
  examples: {
    bad: `import express from "express";
import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const app = express();
app.post("/checkout", async (req, res) => {
  const intent = await stripe.paymentIntents.create({ amount: req.body.amount, currency: "eur" }, { idempotencyKey: req.body.cart });
  res.json({ secret: intent.client_secret });
});
`,
    good: `import express from "express";
import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const app = express();
app.post("/checkout", async (req, res) => {
  const amount = await prices.totalOf(req.body.items);
  const intent = await stripe.paymentIntents.create({ amount, currency: "eur" }, { idempotencyKey: req.body.cart });
  res.json({ secret: intent.client_secret });
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: PAYMENT_METHODS,
    look: (node, file) => {
      const call = paymentCallOf(node, file);
      if (call && ["refund", "payout", "capture"].includes(call.operation)) return [];
      return (call?.amounts ?? amountsIn(checkoutParams(node))).flatMap((amount) => fromRequest(amount, node, file));
    },
  },
};

/** `stripe.checkout.sessions.create({ line_items: [{ price_data: { unit_amount } }] })`. */
function checkoutParams(node: ts.Node): ts.Expression | undefined {
  return isCallExpression(node) && /\bcheckout\.sessions\.create$/.test(node.expression.getText()) ? node.arguments[0] : undefined;
}

const CHOSEN = /donat|\btip|gratuit|top_?-?up|deposit|contribut|pledge|gift|wallet|payWhatYouWant|custom_?amount|recharge|add_?funds/i;

function fromRequest(amount: ts.Expression, call: ts.Node, file: SourceFacts): readonly Problem[] {
  const flow = inputIn(withoutNumber(amount), file);
  if (!flow || flow.part === "headers" || flow.part === "cookies") return [];
  const around = enclosingFunction(call);
  const text = around?.getText(file.sourceFile) ?? "";
  const isBounded = around !== null && contains(around, (node) => comparesAmount(node, flow.names), true);
  const isSure = !flow.validated && !isBounded && !CHOSEN.test(text) && !CHOSEN.test(file.path);
  const source = flow.source.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60);
  return [
    {
      node: amount,
      alsoTouches: [call],
      severity: isSure ? "blocking" : "advisory",
      message: isSure
        ? `The amount is \`${source}\`: whoever sends the request names the price.`
        : `The amount is \`${source}\`, from the request: whether it is checked against a price of yours was not followed.`,
    },
  ];
}

/** `Number(x)`, `Math.round(x * 100)`, `parseInt(x, 10)`: still the caller's number. */
function withoutNumber(node: ts.Expression): ts.Node {
  const e = unwrap(node);
  if (isCallExpression(e) && /^(?:Number|parseInt|parseFloat|round|floor|ceil|trunc|abs)$/.test(calleeName(e)) && e.arguments[0])
    return withoutNumber(e.arguments[0]);
  if (isBinaryExpression(e) && e.operatorToken.kind === AsteriskToken && isNumericLiteral(e.right)) return withoutNumber(e.left);
  return e;
}

function comparesAmount(node: ts.Node, names: readonly string[]): boolean {
  if (!isBinaryExpression(node)) return false;
  const isComparison = /^[<>=!]/.test(node.operatorToken.getText()) && node.operatorToken.kind !== EqualsToken;
  return isComparison && [node.left, node.right].some((side) => names.includes(unwrap(side).getText()));
}
