import { ts } from "ts-morph";
import {
  forEachChild,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isParameter,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteralLike,
  isTypeOfExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, isFunction, nameText, unwrap } from "../../../syntax/functions.ts";
import { LOG_METHODS, logCallOf, type LogCall } from "../../../syntax/log-calls.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { isRequestObject } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { BarBarToken, FalseKeyword, NullKeyword, NumberKeyword, PlusToken, QuestionQuestionToken, StringKeyword, TrueKeyword } =
  ts.SyntaxKind;

const SECRET =
  /^(?:\w*(?:password|passwd|passphrase|secret|privateKey|apiKey|accessToken|refreshToken|authToken|bearerToken|idToken|clientSecret|creditCard|cardNumber|cvv|cvc|ssn|connectionString|databaseUrl)|pwd|authorization|credentials)$/i;
/** Often a secret, often a name or a public key for something. */
const MAYBE_SECRET = /^(?:token|\w+Token|pin|otp|jwt|cookie|cookies)$/;
const PERSONAL =
  /^(?:\w*(?:email|emailAddress|phoneNumber|phone|dateOfBirth|iban|passportNumber|taxId|homeAddress)|firstName|lastName|fullName|ipAddress)$/i;
/** People, written down with all that is known of them. */
const PERSON = /^(?:user|currentUser|dbUser|newUser|customer|patient|account|profile|session|userData|userInfo)$/;
/** Names that speak about a secret without being one. */
const ABOUT =
  /(?:id|ids|count|length|type|name|hash|hashed|expiry|expires|expiresAt|exp|ttl|status|valid|invalid|error|url|path|enabled|required|prefix|index|masked|redacted|present|usage|limit|version|at|size|template|subject|domain|verified|sent|config|options|service|provider|job|queue|schema|field|strategy|policy|kind|header|reset|resetted|preview)$/i;

/** Names that begin by saying that the value is a number or a yes. */
const COUNTED =
  /^(?:hashed|masked|redacted|encrypted|skipped|blocked|total|num|count|max|min|is|has|no|without|missing|invalid|hidden|should|will|can|may|must|needs|allow|use|uses|enable)[A-Z]/;

/** A secret or personal datum written to a log, by the name of the value. */
export const logHasNoSecrets: Rule = {
  id: "log-has-no-secrets",
  requirement: "structured-logging",
  severity: "blocking",
  title: "A log line carries no secret and no personal data",
  why: "Logs are copied, kept and read by more people than the database: a secret in a log is a leaked secret, and personal data there cannot be erased.",
  fix: 'Log an identifier instead, or redact the field (pino: `redact: ["*.password", "req.headers.authorization"]`).',
  source: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
  examples: {
    bad: `export async function login(email, password) {
  logger.info({ email, password }, "login");
}
`,
    good: `export async function login(userId) {
  logger.info({ userId }, "login");
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: LOG_METHODS,
    look: (node, file) => {
      const call = logCallOf(node, file);
      return call ? leaksOf(call, file) : [];
    },
  },
};

function leaksOf(call: LogCall, file: SourceFacts): readonly Problem[] {
  const found: Problem[] = [];
  const report = (node: ts.Node, name: string): void => {
    if (COUNTED.test(name)) return;
    if (SECRET.test(name) && !ABOUT.test(name))
      found.push({ node, severity: /^credentials$/i.test(name) ? "advisory" : "blocking", message: `\`${name}\` is written to the log.` }); // often an identity
    else if (MAYBE_SECRET.test(name) && !ABOUT.test(name))
      found.push({
        node,
        severity: "advisory",
        message: `\`${name}\` is written to the log: if it opens anything, whoever reads the log can.`,
      });
    else if (PERSONAL.test(name) && name !== name.toUpperCase() && !ABOUT.test(name))
      found.push({ node, severity: "advisory", message: `\`${name}\` looks like personal data and is written to the log.` });
  };
  const visit = (node: ts.Node): void => {
    if (isFunction(node) || isHidden(node)) return;
    if (isPropertyAccessExpression(node)) {
      if (["body", "headers", "rawHeaders"].includes(node.name.text) && isRequestObject(node.expression))
        found.push({
          node,
          severity: "advisory",
          message: `\`${node.getText(file.sourceFile)}\` is written to the log whole, with whatever credentials and personal data it holds.`,
        });
      else report(node, node.name.text);
      return;
    }
    if (isIdentifier(node)) return report(node, node.text);
    if (isElementAccessExpression(node)) {
      if (isStringLiteralLike(node.argumentExpression)) report(node, node.argumentExpression.text);
      return;
    }
    if (isObjectLiteralExpression(node)) {
      for (const property of node.properties) {
        if (isShorthandPropertyAssignment(property)) report(property.name, property.name.text);
        else if (isPropertyAssignment(property)) {
          const value = unwrap(property.initializer);
          const name = nameText(property.name);
          if (!isStringLiteralLike(value) && !isFlag(value) && !isHidden(value) && SECRET.test(name) && !ABOUT.test(name))
            report(property.name, name);
          else if (!SECRET.test(name) || !isHidden(value)) visit(value);
        } else if (isSpreadAssignment(property)) visit(unwrap(property.expression));
      }
      return;
    }
    if (isCallExpression(node)) {
      if (["stringify", "inspect", "String", "concat", "format"].includes(calleeName(node)))
        node.arguments.forEach((a) => visit(unwrap(a)));
      return;
    }
    if (isConditionalExpression(node)) {
      visit(unwrap(node.whenTrue));
      visit(unwrap(node.whenFalse));
      return;
    }
    if (isFlag(node)) return;
    forEachChild(node, (child) => visit(unwrap(child)));
  };
  call.args.forEach((argument) => visit(unwrap(argument)));
  for (const argument of call.args) {
    const e = unwrap(argument);
    if (isIdentifier(e) && PERSON.test(e.text) && found.length === 0 && isThing(e))
      found.push({
        node: e,
        severity: "advisory",
        message: `\`${e.text}\` is written to the log whole, with whatever personal data and secrets it holds.`,
      });
  }
  return found.slice(0, 3);
}

/** A comparison, a negation or a boolean: the value itself is not shown. */
function isFlag(node: ts.Node): boolean {
  if (isPrefixUnaryExpression(node) || isTypeOfExpression(node)) return true;
  if (node.kind === TrueKeyword || node.kind === FalseKeyword || node.kind === NullKeyword) return true;
  if (!isBinaryExpression(node)) return false;
  return ![PlusToken, BarBarToken, QuestionQuestionToken].includes(node.operatorToken.kind);
}

/** Went through something that hides it, or is cut to a few characters. */
function isHidden(node: ts.Node): boolean {
  if (isConditionalExpression(node))
    return [node.whenTrue, node.whenFalse].every((branch) => isStringLiteralLike(branch) || branch.getText() === "undefined");
  return (
    isCallExpression(node) &&
    /redact|mask|hash|sanitize|obfuscate|anonymi[sz]e|slice|substring|substr|Boolean|split|pop|length/i.test(
      node.expression.getText().slice(-40),
    )
  );
}

/** Not declared as a text or a number: a variable of that name then holds its name or its id. */
function isThing(name: ts.Identifier): boolean {
  const declaration = declarationOf(name);
  const type = declaration && (isParameter(declaration) || isVariableDeclaration(declaration)) ? declaration.type : undefined;
  if (type) return ![StringKeyword, NumberKeyword].includes(type.kind);
  // A bare parameter of JavaScript may be anything.
  return (
    declaration !== null &&
    isVariableDeclaration(declaration) &&
    declaration.initializer !== undefined &&
    contains(declaration.initializer, isCallExpression)
  );
}
