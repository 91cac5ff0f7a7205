import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isBindingElement,
  isArrayLiteralExpression,
  isAsExpression,
  isBinaryExpression,
  isCallExpression,
  isComputedPropertyName,
  isIdentifier,
  isNonNullExpression,
  isObjectBindingPattern,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, enclosingName, nameText, unwrap } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { inputIn } from "../../../syntax/request-input.ts";
import { isRequestObject } from "../../../syntax/requests.ts";
import { callsLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { CallExpression, EqualsToken, PropertyAssignment, TrueKeyword } = ts.SyntaxKind;

const VERIFIES =
  /^(?:verify|verifyAsync|jwtVerify|compactVerify|verifyIdToken|verifyToken|verifyJwt|createRemoteJWKSet|jwtDecrypt|introspect\w*)$/;
const GATE = /auth|guard|canActivate|middleware|session|currentUser|identify|caller|permission|access|login|whoami|context/i;

/** Claims read from a token that nobody has checked. */
export const jwtIsVerified: Rule = {
  id: "jwt-is-verified",
  requirement: "authentication",
  severity: "blocking",
  title: "A token's signature is verified before its claims are believed",
  why: "A JWT is only text: whoever writes `sub: admin` and skips the signature is admin.",
  fix: "Use `jwtVerify` or `jwt.verify` with the expected algorithm, issuer and audience.",
  source: "RFC 8725 section 3; CWE-347",
  examples: {
    bad: `import jwt from "jsonwebtoken";
export function authenticate(req, res, next) {
  req.user = jwt.decode(req.headers.authorization.slice(7));
  next();
}
`,
    good: `import jwt from "jsonwebtoken";
export function authenticate(req, res, next) {
  req.user = jwt.verify(req.headers.authorization.slice(7), publicKey, { algorithms: ["RS256"] });
  next();
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: /decode|^(?:verify|verifyAsync|jwtVerify|ignoreExpiration)$/i,
    look: (_node, file) => [
      ...readings(file).flatMap((call) => [...ofDecode(call, file), ...ofAlgorithms(call, file)]),
      ...(file.names.has("ignoreExpiration") ? file.nodes(PropertyAssignment) : []).flatMap((node) =>
        isPropertyAssignment(node) ? ofExpiry(node, file) : [],
      ),
    ],
  },
};

const readings = callsLike((name) => /decode|^(?:verify|verifyAsync|jwtVerify)$/i.test(name));

function ofDecode(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (!/decode/i.test(calleeName(call))) return [];
  const origin = calleeOf(call, file);
  const isDecode =
    (origin.module === "jsonwebtoken" && origin.path.at(-1) === "decode") ||
    (origin.module === "jose" && origin.path.at(-1) === "decodeJwt") ||
    (origin.module === "jwt-decode" && origin.path.length <= 1) ||
    (origin.module === "@nestjs/jwt" && calleeName(call) === "decode");
  if (!isDecode || verifiesSomewhere(file)) return [];
  const flow = inputIn(call.arguments[0], file);
  const isFromRequest =
    flow !== null && (flow.part === "headers" || flow.part === "cookies" || flow.part === "body" || flow.part === "query");
  if (readsTimesOnly(call)) return [];
  if (isFromRequest && letsIn(call))
    return [{ node: call, message: "The claims of a token from the request are believed without verifying its signature." }];
  if (!isFromRequest && (!GATE.test(enclosingName(call)) || isFromIssuer(call.arguments[0]))) return [];
  return [
    {
      node: call,
      severity: "advisory",
      message: "The claims of a token are read without verifying its signature; whether that was done before was not followed.",
    },
  ];
}

/** An ID token that was just fetched from its issuer over TLS: OpenID Connect asks for no more (section 3.1.3.7). */
function isFromIssuer(token: ts.Node | undefined): boolean {
  const e = token && unwrap(token);
  const name = e && (isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "");
  if (!e || !/^id_?token$/i.test(name ?? "")) return false;
  const root = isPropertyAccessExpression(e) ? unwrap(e.expression) : e;
  let declaration: ts.Node | null = isIdentifier(root) ? declarationOf(root) : null;
  while (declaration && isBindingElement(declaration)) declaration = declaration.parent.parent;
  return (
    declaration !== null &&
    isVariableDeclaration(declaration) &&
    declaration.initializer !== undefined &&
    isAwaitExpression(declaration.initializer)
  );
}

/** `const { exp } = decode(token)` and `decode(token).exp`: when a token of one's own runs out. */
function readsTimesOnly(call: ts.CallExpression): boolean {
  let e: ts.Node = call;
  while (isParenthesizedExpression(e.parent) || isAsExpression(e.parent) || isNonNullExpression(e.parent)) e = e.parent;
  const up = e.parent;
  if (isPropertyAccessExpression(up)) return /^(?:exp|iat|nbf)$/.test(up.name.text);
  if (!isVariableDeclaration(up) || !isObjectBindingPattern(up.name)) return false;
  return up.name.elements.every((element) =>
    /^(?:exp|iat|nbf)$/.test(
      nameText(
        element.propertyName && !isComputedPropertyName(element.propertyName)
          ? element.propertyName
          : isIdentifier(element.name)
            ? element.name
            : undefined,
      ),
    ),
  );
}

/** The function around it is the gate itself: it passes the request on, or writes the caller onto it. */
function letsIn(call: ts.CallExpression): boolean {
  const body = enclosingFunction(call)?.body;
  if (!body) return false;
  return contains(
    body,
    (n) =>
      (isCallExpression(n) && isIdentifier(n.expression) && n.expression.text === "next") ||
      (isBinaryExpression(n) &&
        n.operatorToken.kind === EqualsToken &&
        isPropertyAccessExpression(n.left) &&
        (isRequestObject(n.left.expression) || /\b(?:locals|state|session)$/.test(n.left.expression.getText())) &&
        !/token|claims|decoded/i.test(n.left.name.text)),
  );
}

function verifiesSomewhere(file: SourceFacts): boolean {
  return file.nodes(CallExpression).some((n) => isCallExpression(n) && VERIFIES.test(calleeName(n)));
}

/** `algorithms: ["none"]`. */
function ofAlgorithms(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (!/^(?:verify|verifyAsync|jwtVerify)$/.test(calleeName(call))) return [];
  if (!/^(?:jsonwebtoken|jose|@nestjs\/jwt)$/.test(calleeOf(call, file).module ?? "")) return [];
  const options = call.arguments[2] ?? call.arguments[1];
  const answer = propertyOf(options, "algorithms");
  if (answer.state !== "present" || !isArrayLiteralExpression(unwrap(answer.value))) return [];
  return /["'`]none["'`]/i.test(answer.value.getText(file.sourceFile))
    ? [{ node: answer.value, message: 'The algorithm "none" accepts a token without a signature.' }]
    : [];
}

function ofExpiry(node: ts.PropertyAssignment, file: SourceFacts): readonly Problem[] {
  if (nameText(node.name) !== "ignoreExpiration" || unwrap(node.initializer).kind !== TrueKeyword) return [];
  if (/refresh|logout|revoke/i.test(enclosingName(node))) return [];
  const uses = [...file.imports.values()].some((i) => /jwt|jsonwebtoken|passport/.test(i.from));
  return uses ? [{ node, severity: "advisory", message: "A token that has expired is accepted for ever." }] : [];
}
