import { ts } from "ts-morph";
import { isBinaryExpression, isStringLiteralLike } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { stringOf } from "../../../syntax/literals.ts";

const { PlusToken } = ts.SyntaxKind;

/** A live key of a payment provider written into the code. */
export const paymentKeyIsNotInTheCode: Rule = {
  id: "payment-key-is-not-in-the-code",
  requirement: "payment-keys",
  severity: "blocking",
  title: "No live payment key stands in the code",
  why: "Whoever can read the repository, or any clone of it, can move money with a live key.",
  fix: "Roll the key at the provider now, and read its successor from a secret manager or the environment.",
  source: "https://docs.stripe.com/keys-best-practices",
  roles: ["server", "script", "browser", "test"],
  examples: {
    bad: `import Stripe from "stripe";
export const stripe = new Stripe("sk_live_" + "4eQ9zPq2LkV7mXw3RtYb8NcD");
`,
    good: `import Stripe from "stripe";
export const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.StringLiteral, ts.SyntaxKind.NoSubstitutionTemplateLiteral, ts.SyntaxKind.BinaryExpression],
    look: (node) => {
      if (isBinaryExpression(node) && (node.operatorToken.kind !== PlusToken || isBinaryExpression(node.parent))) return [];
      if (isStringLiteralLike(node) && node.text.length < SHORTEST) return [];
      const text = isStringLiteralLike(node) ? node.text : stringOf(node);
      const kind = text === null || text.length < SHORTEST ? undefined : KEYS.find(({ pattern }) => pattern.test(text));
      return kind && text !== null && !isPlaceholder(text)
        ? [{ node, message: `A live ${kind.of} stands in the code; its value is not repeated here.` }]
        : [];
    },
  },
};

/** Characters; no key below has fewer. */
const SHORTEST = 24;

/** Prefixes as the providers document them. Keys of test mode and publishable keys open nothing. */
const KEYS: readonly { readonly of: string; readonly pattern: RegExp }[] = [
  { of: "Stripe secret key", pattern: /^sk_live_[0-9A-Za-z]{16,250}$/ },
  { of: "Stripe restricted key", pattern: /^rk_live_[0-9A-Za-z]{16,250}$/ },
  { of: "Mollie API key", pattern: /^live_[0-9A-Za-z]{30,60}$/ },
  { of: "Paddle API key", pattern: /^pdl_live_apikey_[0-9A-Za-z_]{20,120}$/ },
  { of: "Square access token", pattern: /^EAAA[0-9A-Za-z_-]{56,64}$/ },
  { of: "Square application secret", pattern: /^sq0csp-[0-9A-Za-z_-]{40,50}$/ },
  { of: "Braintree access token", pattern: /^access_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}$/ },
];

/** A key of a document: repeated letters, words in capitals, or fewer kinds of characters than chance gives. */
function isPlaceholder(text: string): boolean {
  const secret = text.slice(text.lastIndexOf("_") + 1);
  return /x{4}|\*{3}|0{6}|1234567|abcdef|example|your|placeholder|dummy|fake|test/i.test(text) || new Set(secret).size < 8;
}
