import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLike,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { nameText, unwrap } from "../../../syntax/functions.ts";
import { numberOf } from "../../../syntax/literals.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { isPaymentFile, PAYMENT_METHODS, paymentCallOf } from "../../../syntax/payment-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { AsteriskToken, EqualsToken, MinusToken, PlusToken } = ts.SyntaxKind;

/** An amount that is calculated or kept as a floating-point number. */
export const amountIsNotAFloat: Rule = {
  id: "amount-is-not-a-float",
  requirement: "minor-units",
  severity: "blocking",
  title: "An amount is an integer of the minor unit, or a decimal",
  why: "19.99 * 100 is 1998.9999999999998: the provider refuses it, and sums of such amounts drift until the books do not close.",
  fix: "Keep integers of the minor unit from the start; where a decimal text arrives, parse it with a money library or round once: `Math.round(price * 100)`.",
  source: "https://docs.stripe.com/currencies#minor-units",
  examples: {
    bad: `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
export const start = (cart, key) =>
  stripe.paymentIntents.create({ amount: cart.total * 100, currency: "eur" }, { idempotencyKey: key });
`,
    good: `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
export const start = (cart, key) =>
  stripe.paymentIntents.create({ amount: cart.totalCents, currency: "eur" }, { idempotencyKey: key });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: [...PAYMENT_METHODS, "float", "double", "real", "parseFloat"],
    look: (node, file) => {
      if (!isCallExpression(node)) return [];
      const name = calleeName(node);
      if (PAYMENT_METHODS.includes(name)) return inPaymentCall(node, file);
      if (name === "float" || name === "double" || name === "real") return inColumn(node);
      return name === "parseFloat" && isPaymentFile(file) ? inParsing(node) : [];
    },
  },
};

const MONEY = /^(?:\w*(?:amount|price|total|subtotal|balance|fee|tax|discount|refund|payout))(?:Amount|Price|Total)?$/i;

function inPaymentCall(node: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const call = paymentCallOf(node, file);
  if (!call) return [];
  return call.amounts.flatMap((amount) => {
    const product = unroundedProduct(amount, 0);
    return product
      ? [
          {
            node: amount,
            alsoTouches: [node, product],
            message: `\`${shorten(product.getText(file.sourceFile))}\` is a product of floats and is not rounded to whole minor units.`,
          },
        ]
      : [];
  });
}

/** `x * 100` (or a fraction such as `total * 1.2`) that nothing rounds on the way to the amount; null when there is none. */
function unroundedProduct(node: ts.Node, depth: number): ts.BinaryExpression | null {
  const e = unwrap(node);
  if (depth > 4) return null;
  if (isIdentifier(e)) {
    const declaration = declarationOf(e);
    return declaration && isVariableDeclaration(declaration) && declaration.initializer
      ? unroundedProduct(declaration.initializer, depth + 1)
      : null;
  }
  // BigInt refuses a fraction, and cutting it off loses a cent of 19.99 * 100.
  if (isCallExpression(e) && CUTS.test(calleeName(e)) && e.arguments[0]) {
    const product = unroundedProduct(e.arguments[0], depth + 1);
    return product && (calleeName(e) === "BigInt" || isTimesHundred(product)) ? product : null;
  }
  if (!isBinaryExpression(e)) return null;
  const operator = e.operatorToken.kind;
  if (operator === AsteriskToken) {
    const factors = [e.left, e.right].map((side) => numberOf(side));
    if (factors.every((factor) => factor !== null)) return null;
    const known = factors.find((factor) => factor !== null);
    if (known !== undefined && known !== null && (known === 100 || !Number.isInteger(known))) return saysCents(e) ? null : e;
    return unroundedProduct(e.left, depth + 1) ?? unroundedProduct(e.right, depth + 1);
  }
  return operator === PlusToken || operator === MinusToken
    ? (unroundedProduct(e.left, depth + 1) ?? unroundedProduct(e.right, depth + 1))
    : null;
}

const CUTS = /^(?:BigInt|Number|parseInt|trunc|floor)$/;

function isTimesHundred(product: ts.BinaryExpression): boolean {
  return [product.left, product.right].some((side) => numberOf(side) === 100);
}

/** Whole units by name: `wholeEuros * 100`, `quantity * 100`. */
function saysCents(e: ts.BinaryExpression): boolean {
  return (
    /whole|integer|\bquantity|\bqty|\bcount|\bseats?\b|dollarsInt|bigint|\bmonths?\b|\bcredits?\b|\bunits?\b/i.test(e.getText()) &&
    !/\d\.\d/.test(e.getText())
  );
}

/** `table.float("amount")`. */
function inColumn(node: ts.CallExpression): readonly Problem[] {
  const [first] = node.arguments;
  if (!first || !isStringLiteralLike(first) || !/^(?:\w*_)?(?:amount|balance|total|price|fee)(?:_\w+)?$/i.test(first.text)) return [];
  if (!isPropertyAccessExpression(node.expression)) return [];
  return [{ node, severity: "advisory", message: `The column \`${first.text}\` is a floating-point number.` }];
}

/** `const amount = parseFloat(text)`, unless it is rounded at once. */
function inParsing(node: ts.CallExpression): readonly Problem[] {
  let up: ts.Node = node.parent;
  while (isParenthesizedExpression(up) || (isBinaryExpression(up) && up.operatorToken.kind !== EqualsToken)) up = up.parent;
  const name = isVariableDeclaration(up) || isPropertyAssignment(up) ? nameText(up.name) : "";
  return MONEY.test(name)
    ? [{ node, severity: "advisory", message: `\`${name}\` is read with parseFloat: it is a float from here on.` }]
    : [];
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
