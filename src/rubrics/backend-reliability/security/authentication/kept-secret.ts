import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isTemplateExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, unwrap } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { isSecretName, nameOfValue } from "../../../syntax/secret-names.ts";
import { isPublicForm } from "./harmless-comparison.ts";

const { PlusToken } = ts.SyntaxKind;

/** What a check of a signature calls the value that it made itself, and the one that it was sent. */
export const COMPUTED = /^(?:expected|computed|calculated|own|local)_?(?:[A-Z_]?\w{0,12})?(?:signature|sig|hmac|mac|digest|hash)$/i;

/** Names of what is computed from a secret. */
export const SIGNATURE = /(?:signature|sig|hmac|mac|digest|hash)$/i;

/** `hmac.digest("hex")`, or a constant that holds one. A bare hash counts only by name. */
export function isDigest(node: ts.Node, depth = 0): boolean {
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
export function isHashOfSecret(e: ts.Node): boolean {
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

/** true for a value whose name says that it is a signature or a digest. */
export function isSignatureLike(node: ts.Node): boolean {
  const e = unwrap(node);
  return isIdentifier(e) || isPropertyAccessExpression(e) || isElementAccessExpression(e) || isCallExpression(e);
}

/** A secret that the program keeps: from the environment or the configuration, or a member or variable so named. */
export function isKeptSecret(e: ts.Node): boolean {
  if (!isIdentifier(e) && !isPropertyAccessExpression(e) && !isElementAccessExpression(e) && !isTemplateExpression(e)) return false;
  if (isTemplateExpression(e))
    return /^(?:bearer|basic|token) $/i.test(e.head.text) && e.templateSpans.some((s) => isKeptSecret(unwrap(s.expression)));
  const name = nameOfValue(e);
  if (!isSecretName(name) || /^(?:nonce|digest|signature|hmac|token)$/i.test(name)) return false;
  return !isPublicForm(e) && !/hash|public|publishable/i.test(name);
}
