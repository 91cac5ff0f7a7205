import { ts } from "ts-morph";
import {
  isNumericLiteral,
  isObjectLiteralExpression,
  isStringLiteralLike,
  isTemplateExpression,
  isThrowStatement,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { unwrap } from "../../../syntax/functions.ts";

/** A thrown string or object has no stack, and every `instanceof Error` on the way misses it. */
export const thrownValueIsAnError: Rule = {
  id: "thrown-value-is-an-error",
  requirement: "error-handling",
  severity: "advisory",
  title: "What is thrown is an Error",
  why: "A thrown string or plain object carries no stack trace, and error middleware that tests `instanceof Error` cannot tell what happened.",
  fix: "Throw an Error (or a class that extends it) and put the details into its message, `cause` or fields.",
  source: "https://nodejs.org/api/errors.html#class-error",
  examples: {
    bad: `export async function loadInvoice(id) {
  const invoice = await invoices.find(id);
  if (!invoice) throw "invoice not found";
  return invoice;
}
`,
    good: `export async function loadInvoice(id) {
  const invoice = await invoices.find(id);
  if (!invoice) throw new Error(\`invoice \${id} not found\`);
  return invoice;
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.ThrowStatement],
    look: (node) => {
      if (!isThrowStatement(node)) return [];
      const thrown = unwrap(node.expression);
      const what =
        isStringLiteralLike(thrown) || isTemplateExpression(thrown)
          ? "a string"
          : isNumericLiteral(thrown)
            ? "a number"
            : isObjectLiteralExpression(thrown)
              ? "a plain object"
              : null;
      return what === null ? [] : [{ node, message: `\`throw\` of ${what}, not of an Error: it has no stack and no type.` }];
    },
  },
};
