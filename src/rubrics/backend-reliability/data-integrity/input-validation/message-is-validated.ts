import { ts } from "ts-morph";
import {
  isAsExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isObjectBindingPattern,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  isTypeOfExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { contains, enclosingFunction, nameText, unwrap } from "../../../syntax/functions.ts";
import { isCheckCall } from "../../../syntax/input-checks.ts";

const PAYLOAD =
  /\b(?:message|msg|record|delivery|envelope|job)\b[\w.?!()[\]"' ]{0,60}\.\s*(?:value|content|body|Body|data|Message|payload)\b/;

/** A queue message turned from text into an object and used as if its type were known. */
export const messageIsValidated: Rule = {
  id: "message-is-validated",
  requirement: "input-validation",
  severity: "advisory",
  title: "A queue message is parsed with a schema",
  why: "A producer of last year's version, or a half-written message, fails deep inside the consumer, is retried, and fails again until someone looks.",
  fix: "Parse it with a schema first; send what does not fit to the dead-letter queue with the reason instead of retrying it.",
  source: "https://www.enterpriseintegrationpatterns.com/patterns/messaging/InvalidMessageChannel.html",
  examples: {
    bad: `await consumer.run({
  eachMessage: async ({ message }) => {
    const order = JSON.parse(message.value.toString());
    await ship(order.id, order.address);
  },
});
`,
    good: `await consumer.run({
  eachMessage: async ({ message }) => {
    const order = OrderPlaced.parse(JSON.parse(message.value.toString()));
    await ship(order.id, order.address);
  },
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["parse"],
    look: (node) => {
      if (!isCallExpression(node) || node.expression.getText() !== "JSON.parse") return [];
      const text = node.arguments[0]?.getText() ?? "";
      const around = enclosingFunction(node);
      if (text.length > 200 || !PAYLOAD.test(text) || !around?.body) return [];
      const holder = holderOf(node);
      if (!holder || !isUsed(holder, around.body) || isChecked(holder, around.body)) return [];
      return [
        {
          node,
          message: `The message is parsed as JSON and used without a check of its fields. Checks in called functions were not followed.`,
        },
      ];
    },
  },
};

/** The declaration that takes the parsed message; null when it goes straight into a call or is returned. */
function holderOf(call: ts.CallExpression): ts.VariableDeclaration | null {
  let e: ts.Node = call.parent;
  while (isAsExpression(e) || isParenthesizedExpression(e) || isBinaryExpression(e)) e = e.parent;
  return isVariableDeclaration(e) ? e : null;
}

function names(holder: ts.VariableDeclaration): readonly string[] {
  if (isIdentifier(holder.name)) return [holder.name.text];
  return isObjectBindingPattern(holder.name) ? holder.name.elements.map((e) => (isIdentifier(e.name) ? nameText(e.name) : "")) : [];
}

function isUsed(holder: ts.VariableDeclaration, body: ts.Node): boolean {
  if (!isIdentifier(holder.name)) return true;
  const name = holder.name.text;
  return contains(
    body,
    (n) => isPropertyAccessExpression(n) && isIdentifier(unwrap(n.expression)) && unwrap(n.expression).getText() === name,
    true,
  );
}

function isChecked(holder: ts.VariableDeclaration, body: ts.Node): boolean {
  const known = names(holder);
  const speaks = (node: ts.Node): boolean => contains(node, (n) => isIdentifier(n) && known.includes(n.text), true);
  return contains(
    body,
    (n) =>
      (isCheckCall(n) && n.arguments.some(speaks)) ||
      (isTypeOfExpression(n) && speaks(n)) ||
      (isIfStatement(n) && speaks(n.expression) && contains(n.thenStatement, (x) => isThrowStatement(x) || isReturnStatement(x))),
    true,
  );
}
