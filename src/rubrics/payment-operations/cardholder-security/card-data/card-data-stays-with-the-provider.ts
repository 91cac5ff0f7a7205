import { ts } from "ts-morph";
import { callsLike, inSourceOrder, remembered } from "../../../syntax/named-calls.ts";
import {
  forEachChild,
  isCallExpression,
  isIdentifier,
  isLiteralExpression,
  isObjectLiteralExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteralLike,
  isTypeOfExpression,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { databaseCallsOf } from "../../../syntax/database-calls.ts";
import { isFunction, nameText, unwrap } from "../../../syntax/functions.ts";
import { LOG_METHODS, logCallOf } from "../../../syntax/log-calls.ts";
import { calleeName } from "../../../syntax/origin.ts";

const { FalseKeyword, NullKeyword, TrueKeyword } = ts.SyntaxKind;

const CARD =
  /^(?:\w*(?:card_?number|cardNum|card_?no|credit_?card_?(?:number|no)|cc_?number|ccNum|primary_?account_?number|cvv2?|cvc2?|card_?verification_?(?:value|code|number)|card_?security_?code|card_?cvv|card_?cvc)|pan)$/i;

/** A card number or security code written to a log or a table. */
export const cardDataStaysWithTheProvider: Rule = {
  id: "card-data-stays-with-the-provider",
  requirement: "card-data",
  severity: "blocking",
  title: "No card number and no security code is logged or stored",
  why: "PCI DSS forbids keeping the security code at all and the number in clear: one log line puts every copy of the log in scope.",
  fix: "Let the provider's hosted fields take the card; keep its token, brand and last four digits.",
  source: "https://www.pcisecuritystandards.org/document_library/ (PCI DSS v4.0.1, requirements 3.3 and 3.5)",
  examples: {
    bad: `export async function saveCard(prisma, user, form) {
  await prisma.card.create({ data: { userId: user.id, cardNumber: form.cardNumber, cvv: form.cvv } });
}
`,
    good: `export async function saveCard(prisma, user, method) {
  await prisma.card.create({ data: { userId: user.id, token: method.id, cardLast4: method.card.last4 } });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: CARD,
    look: (_node, file) => {
      const writes = databaseCallsOf(file).filter((call) => call.kind === "write");
      const stored = new Set<ts.CallExpression>(writes.map(({ whole }) => whole));
      const calls = stored.size === 0 ? logged(file) : [...new Set([...logged(file), ...stored])].toSorted(inSourceOrder);
      return calls.flatMap((call) => {
        const log = LOG_METHODS.includes(calleeName(call)) ? logCallOf(call, file) : null;
        if (log) return log.args.flatMap((argument) => cardDataIn(argument, "is written to the log"));
        const found = stored.has(call) ? argumentsOf(call).flatMap((argument) => cardDataIn(argument, "is stored")) : [];
        return found.length > 0 && CARD_TEXT.test(file.text) ? found : [];
      });
    },
  },
};

const logged = callsLike(LOG_METHODS);
const isCard = remembered((name) => CARD.test(name));

const CARD_TEXT = /card_?num|\bpan\b|cvv|cvc|security_?code|card_?code/i;
const HIDES = /mask|redact|last_?4|lastFour|hash|token|encrypt|slice|substr|truncate|length|bin$/i;

/** The arguments of every call in a chain: `db.insert(cards).values(row)`. */
function argumentsOf(call: ts.CallExpression): readonly ts.Expression[] {
  const inner = isPropertyAccessExpression(call.expression) ? unwrap(call.expression.expression) : null;
  return [...call.arguments, ...(inner && isCallExpression(inner) ? argumentsOf(inner) : [])];
}

function cardDataIn(root: ts.Node, what: string): readonly Problem[] {
  const found: Problem[] = [];
  const report = (node: ts.Node, name: string): void => {
    if (isCard(name) && found.length < 3) found.push({ node, message: `\`${name}\` ${what}.` });
  };
  const visit = (node: ts.Node): void => {
    const e = unwrap(node);
    if (isFunction(e) || isStringLiteralLike(e) || isFlag(e)) return;
    if (isIdentifier(e)) return report(e, e.text);
    if (isPropertyAccessExpression(e)) return report(e, e.name.text);
    if (isCallExpression(e)) {
      if (!HIDES.test(e.expression.getText())) e.arguments.forEach(visit);
      return;
    }
    if (isObjectLiteralExpression(e)) {
      e.properties.forEach(visitProperty);
      return;
    }
    forEachChild(e, visit);
  };
  const visitProperty = (property: ts.ObjectLiteralElementLike): void => {
    if (isShorthandPropertyAssignment(property)) report(property.name, property.name.text);
    else if (isSpreadAssignment(property)) visit(property.expression);
    else if (isPropertyAssignment(property)) {
      const value = unwrap(property.initializer);
      const isHarmless = isLiteralExpression(value) || isFlag(value) || HIDES.test(value.getText()) || value.getText() === "undefined";
      if (isCard(nameText(property.name)) && !isHarmless && !isObjectLiteralExpression(value))
        report(property.name, nameText(property.name));
      else if (!isHarmless) visit(value);
    }
  };
  visit(root);
  return found;
}

/** A comparison, a negation or a constant shows nothing of the value. */
function isFlag(node: ts.Node): boolean {
  return isPrefixUnaryExpression(node) || isTypeOfExpression(node) || [TrueKeyword, FalseKeyword, NullKeyword].includes(node.kind);
}
