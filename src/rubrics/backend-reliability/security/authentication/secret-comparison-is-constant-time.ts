import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isIfStatement,
  isLiteralExpression,
  isNumericLiteral,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isTemplateExpression,
  isTypeOfExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, functionName, unwrap } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { isSecretName, nameOfValue } from "../../../syntax/secret-names.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { EqualsEqualsEqualsToken, EqualsEqualsToken, ExclamationEqualsEqualsToken, ExclamationEqualsToken, NullKeyword, PlusToken } =
  ts.SyntaxKind;

/** `===` between a secret and what a caller sent: the time it takes tells how many characters were right. */
export const secretComparisonIsConstantTime: Rule = {
  id: "secret-comparison-is-constant-time",
  requirement: "authentication",
  severity: "blocking",
  title: "A secret is compared in constant time",
  why: "`===` stops at the first difference, so the time of the answer tells a patient caller how much of a key or signature is right.",
  fix: "Hash both sides with SHA-256 and compare the digests with `crypto.timingSafeEqual`.",
  source: "https://nodejs.org/api/crypto.html#cryptotimingsafeequala-b; CWE-208",
  examples: {
    bad: `export function authorize(req, res, next) {
  if (req.headers["x-api-key"] !== process.env.INTERNAL_API_KEY) return res.status(401).end();
  next();
}
`,
    good: `import { timingSafeEqual } from "node:crypto";
export function authorize(req, res, next) {
  const key = Buffer.from(String(req.headers["x-api-key"]));
  const expected = Buffer.from(process.env.INTERNAL_API_KEY);
  if (key.length !== expected.length || !timingSafeEqual(key, expected)) return res.status(401).end();
  next();
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.BinaryExpression],
    words: (name) => name === "digest" || COMPUTED.test(name) || isSecretName(name),
    look: (node, file) => {
      const problem = isBinaryExpression(node) && isEquality(node) ? problemOf(node, file) : null;
      return problem ? [problem] : [];
    },
  },
};

function isEquality(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return (
    kind === EqualsEqualsEqualsToken ||
    kind === ExclamationEqualsEqualsToken ||
    kind === EqualsEqualsToken ||
    kind === ExclamationEqualsToken
  );
}

function problemOf(node: ts.BinaryExpression, file: SourceFacts): Problem | null {
  const sides = [unwrap(node.left), unwrap(node.right)] as const;
  if (isFixed(sides[0]) || isFixed(sides[1])) return null;
  if (sides.some((side) => isDigest(side)) && sides.every((side) => isDigest(side) || isSignatureLike(side)))
    return {
      node,
      message: `\`${short(node, file)}\` compares a computed signature with \`===\`: the time it takes tells how much of it is right.`,
    };
  if (isForShow(node)) return null;
  const [left, right] = sides;
  if (
    sides.some((side) => COMPUTED.test(nameOfValue(side))) &&
    sides.every((side) => isSignatureLike(side) && SIGNATURE.test(nameOfValue(side)) && !isOfContent(side))
  )
    return {
      node,
      severity: "advisory",
      message: `\`${short(node, file)}\` compares what looks like a computed signature with \`===\`, which takes longer the more of it is right; how it was computed was not followed.`,
    };
  const hashed = sides.find((side) => isHashOfSecret(side));
  if (
    hashed &&
    sides.every((side) => side === hashed || (isSignatureLike(side) && /hash|digest|checksum|token|key|secret/i.test(nameOfValue(side))))
  )
    return {
      node,
      severity: "advisory",
      message: `\`${short(node, file)}\` compares the hash of a secret by \`${node.operatorToken.getText(file.sourceFile)}\`, which takes longer the more of it is right.`,
    };
  const keeper = isKeptSecret(left) ? left : isKeptSecret(right) ? right : null;
  if (!keeper) return null;
  const other = keeper === left ? right : left;
  if (!isSuppliedValue(other) || isRepetition(keeper, other, file) || isCopy(keeper, other)) return null;
  return {
    node,
    severity: "advisory",
    message: `\`${keeper.getText(file.sourceFile).slice(0, 60)}\` is compared by \`${node.operatorToken.getText(file.sourceFile)}\`, which takes longer the more of it is right; whether a caller chooses the other side was not followed.`,
  };
}

/** A literal is neither a signature nor what a caller sends. */
function isFixed(side: ts.Node): boolean {
  return side.kind === NullKeyword || isLiteralExpression(side);
}

/** What a check of a signature calls the value that it made itself, and the one that it was sent. */
const COMPUTED = /^(?:expected|computed|calculated|own|local)_?(?:[A-Z_]?\w{0,12})?(?:signature|sig|hmac|mac|digest|hash)$/i;
const SIGNATURE = /(?:signature|sig|hmac|mac|digest|hash)$/i;

function short(node: ts.Node, file: SourceFacts): string {
  const text = node.getText(file.sourceFile).replace(/\s+/g, " ");
  return text.length > 70 ? `${text.slice(0, 67)}...` : text;
}

/** `hmac.digest("hex")`, or a constant that holds one. A bare hash counts only by name. */
function isDigest(node: ts.Node, depth = 0): boolean {
  const e = unwrap(node);
  if (isCallExpression(e) && calleeName(e) === "digest") return contains(e, (n) => isCallExpression(n) && calleeName(n) === "createHmac");
  if (isTemplateExpression(e)) return e.templateSpans.some((s) => isDigest(s.expression, depth));
  if (isBinaryExpression(e) && e.operatorToken.kind === PlusToken) return isDigest(e.left, depth) || isDigest(e.right, depth);
  if (!isIdentifier(e) || depth > 2) return false;
  const declaration = declarationOf(e);
  return (
    declaration !== null &&
    isVariableDeclaration(declaration) &&
    declaration.initializer !== undefined &&
    isDigest(declaration.initializer, depth + 1)
  );
}

/** `createHash("sha256").update(token).digest("hex")`, of something that is a secret by its name. */
function isHashOfSecret(e: ts.Node): boolean {
  if (!isCallExpression(e) || calleeName(e) !== "digest") return false;
  return contains(
    e,
    (n) =>
      isCallExpression(n) &&
      calleeName(n) === "update" &&
      n.arguments[0] !== undefined &&
      /(?:token|secret|password|key|code|otp|pin)$/i.test(nameOfValue(n.arguments[0])),
  );
}

function isSignatureLike(node: ts.Node): boolean {
  const e = unwrap(node);
  return isIdentifier(e) || isPropertyAccessExpression(e) || isElementAccessExpression(e) || isCallExpression(e);
}

/** A secret that the program keeps: from the environment or the configuration, or a member or variable so named. */
function isKeptSecret(e: ts.Node): boolean {
  if (!isIdentifier(e) && !isPropertyAccessExpression(e) && !isElementAccessExpression(e) && !isTemplateExpression(e)) return false;
  if (isTemplateExpression(e))
    return /^(?:bearer|basic|token) $/i.test(e.head.text) && e.templateSpans.some((s) => isKeptSecret(unwrap(s.expression)));
  const name = nameOfValue(e);
  if (!isSecretName(name) || /^(?:nonce|digest|signature|hmac|token)$/i.test(name)) return false;
  return !isPublicForm(e) && !/hash|public|publishable/i.test(name);
}

/** `if (kept.token !== token) kept.token = token`: what changed is taken over. */
function isTakenOver(keeper: ts.Node, other: ts.Node, file: SourceFacts): boolean {
  let up: ts.Node = keeper.parent;
  while (isBinaryExpression(up) || isParenthesizedExpression(up)) up = up.parent;
  if (!isIfStatement(up)) return false;
  const texts = [keeper.getText(file.sourceFile), other.getText(file.sourceFile)];
  return contains(
    up.thenStatement,
    (n) => isBinaryExpression(n) && n.operatorToken.getText() === "=" && texts.includes(n.left.getText(file.sourceFile)),
    true,
  );
}

/** `{ current: token === session.token }`, `x.token === y.token ? 1 : 0`: what is told or counted, and nobody is let in. */
function isForShow(node: ts.BinaryExpression): boolean {
  const up = node.parent;
  if (isPropertyAssignment(up)) return /^(?:is_?)?(?:current|active|self|mine|own|same|selected)$/i.test(up.name.getText());
  return isConditionalExpression(up) && up.condition === node && isNumericLiteral(up.whenTrue) && isNumericLiteral(up.whenFalse);
}

/** Two kept values of one name: a copy is compared with another, outside of what lets people in. */
function isCopy(keeper: ts.Node, other: ts.Node): boolean {
  const fn = enclosingFunction(keeper);
  return (
    isPropertyAccessExpression(keeper) &&
    isPropertyAccessExpression(other) &&
    keeper.name.text === other.name.text &&
    !/req|body|input|params|query|dto|payload|credential/i.test(`${keeper.expression.getText()} ${other.expression.getText()}`) &&
    !/log_?in|sign_?in|auth|verif|check|validate|compare|is[A-Z]/i.test(fn ? functionName(fn) : "")
  );
}

/** A digest of what was sent along: everyone can make it. */
function isOfContent(node: ts.Node): boolean {
  const e = unwrap(node);
  if (!/(?:digest|hash)$/i.test(nameOfValue(e))) return false;
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  const made = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : null;
  return (
    made !== null &&
    isCallExpression(made) &&
    made.arguments.length === 1 &&
    /body|content|data|file|buffer|text/i.test(made.arguments[0]?.getText() ?? "")
  );
}

/** Names that hold something else in clients, forms and parsers. */
function isPublicForm(e: ts.Node): boolean {
  return /(?:^|\.)(?:[A-Z]\w*|errors?|fields?|form|schema|types?|kinds?)\.\w+$/.test(e.getText());
}

/** The other side must be a value that could be chosen: no literal, no constant, no presence test. */
function isSuppliedValue(e: ts.Node): boolean {
  if (e.kind === NullKeyword || isLiteralExpression(e) || isTypeOfExpression(e)) return false;
  if (isIdentifier(e)) return e.text !== "undefined" && !/^[A-Z]/.test(e.text);
  return isPropertyAccessExpression(e) || isElementAccessExpression(e) || isCallExpression(e);
}

/** Two secrets of one form (`password !== confirmPassword`, `old.token !== token`) or a change check, not a proof of identity. */
function isRepetition(keeper: ts.Node, other: ts.Node, file: SourceFacts): boolean {
  const names = `${nameOfValue(keeper)} ${nameOfValue(other)} ${other.getText(file.sourceFile).slice(0, 60)} ${keeper.getText(file.sourceFile).slice(0, 60)}`;
  if (
    /confirm|repeat|retype|again|sibling|\bnew|\bold|prev|current|masked|placeholder|redact|default|initial|existing|next|last|legacy|\block/i.test(
      names,
    )
  )
    return true;
  if (nameOfValue(keeper).replace(/\d$/, "") === nameOfValue(other).replace(/\d$/, "") && nameOfValue(keeper) !== nameOfValue(other))
    return true;
  if (nameOfValue(keeper) === nameOfValue(other) && [keeper, other].some((e) => e.getText(file.sourceFile).startsWith("this.")))
    return true;
  if (isTakenOver(keeper, other, file) || nameOfValue(other) === "key") return true;
  const fn = enclosingFunction(keeper);
  return fn !== null && /changed|diff|equal|dirty|sync|update|migrate|rotate/i.test(functionName(fn));
}
