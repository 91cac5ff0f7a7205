import { ts } from "ts-morph";
import {
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCaseClause,
  isConditionalExpression,
  isIdentifier,
  isIfStatement,
  isNumericLiteral,
  isPropertyAssignment,
  isReturnStatement,
  isSourceFile,
  isSpreadAssignment,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { nameText, unwrap } from "../../../syntax/functions.ts";
import { nameOfValue } from "../../../syntax/secret-names.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { EqualsEqualsEqualsToken, EqualsEqualsToken, EqualsToken, FalseKeyword, NullKeyword, TrueKeyword } = ts.SyntaxKind;

/** TLS without a check of the certificate encrypts to whoever answers. */
export const tlsCertificatesAreVerified: Rule = {
  id: "tls-certificates-are-verified",
  requirement: "encryption",
  severity: "blocking",
  title: "TLS certificates are verified",
  why: "Without the check anyone on the way can answer in the server's place and read what is sent.",
  fix: "Leave verification on; give the private authority as `ca` or by `NODE_EXTRA_CA_CERTS`.",
  source: "CWE-295; https://nodejs.org/api/tls.html#tlsconnectoptions-callback",
  examples: {
    bad: `import https from "node:https";
export const agent = new https.Agent({ rejectUnauthorized: false });
`,
    good: `import https from "node:https";
import { readFileSync } from "node:fs";
export const agent = new https.Agent({ ca: readFileSync("/etc/ssl/internal.pem") });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.PropertyAssignment, ts.SyntaxKind.BinaryExpression],
    words: ["checkServerIdentity", "rejectUnauthorized", "strictSSL", "insecureSkipVerify", "NODE_TLS_REJECT_UNAUTHORIZED"],
    look: (node, file) => {
      if (isPropertyAssignment(node)) return ofOption(node, file);
      return isBinaryExpression(node) ? ofEnvironment(node, file) : [];
    },
  },
};

function ofOption(node: ts.PropertyAssignment, file: SourceFacts): readonly Problem[] {
  const name = nameText(node.name);
  const value = unwrap(node.initializer);
  if (name === "checkServerIdentity")
    return isArrowFunction(value) && value.parameters.length === 0 && isEmptyAnswer(value.body)
      ? [{ node, message: "`checkServerIdentity` accepts every host name.", severity: severityAt(node, file) }]
      : [];
  if (!["rejectUnauthorized", "strictSSL", "insecureSkipVerify"].includes(name)) return [];
  const isOff = name === "insecureSkipVerify" ? value.kind === TrueKeyword : value.kind === FalseKeyword;
  if (isOff && /\bgetPeer(?:X509)?Certificate\b/.test(file.text)) return [];
  if (isOff && isWithoutTls(node)) return [];
  if (isOff) return [{ node, message: `\`${name}\` is off: any certificate is accepted.`, severity: severityAt(node, file) }];
  const byEnvironment =
    isBinaryExpression(value) &&
    (value.operatorToken.kind === EqualsEqualsEqualsToken || value.operatorToken.kind === EqualsEqualsToken) &&
    /NODE_ENV/.test(value.left.getText(file.sourceFile)) &&
    isStringLiteralLike(value.right) &&
    /^(?:dev|development|test|local)$/.test(value.right.text);
  return byEnvironment ? [{ node, severity: "advisory", message: `\`${name}\` is off everywhere but in development.` }] : [];
}

function isEmptyAnswer(body: ts.ConciseBody): boolean {
  const e = unwrap(body);
  return (isIdentifier(e) && e.text === "undefined") || e.kind === NullKeyword || (isBlock(e) && e.statements.length === 0);
}

/** Sure only when it is unconditional: a branch, a setting or a local database makes it advisory. */
function severityAt(node: ts.Node, file: SourceFacts): "blocking" | "advisory" {
  for (let up: ts.Node | undefined = node.parent; up && !isSourceFile(up); up = up.parent) {
    if (isConditionalExpression(up) || isIfStatement(up) || isCaseClause(up) || isReturnStatement(up)) return "advisory";
    if (isBinaryExpression(up) && up.operatorToken.kind !== EqualsToken) return "advisory";
    if (isPropertyAssignment(up) && /^(?:ssl|tls|dialectOptions)$/.test(nameText(up.name))) return "advisory";
    if (isSpreadAssignment(up)) return "advisory";
  }
  return /localhost|127\.0\.0\.1/.test(node.parent.getText(file.sourceFile)) ? "advisory" : "blocking";
}

/** A program that asks its own machine whether it is well. */
const CALLS_ITSELF = /["'](?:localhost|127\.0\.0\.1|::1)["']/;

/** `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"`. */
function ofEnvironment(node: ts.BinaryExpression, file: SourceFacts): readonly Problem[] {
  if (node.operatorToken.kind !== EqualsToken || nameOfValue(node.left) !== "NODE_TLS_REJECT_UNAUTHORIZED") return [];
  const value = unwrap(node.right);
  const isOff = (isStringLiteralLike(value) || isNumericLiteral(value)) && value.text === "0";
  return isOff
    ? [
        {
          node,
          message: "`NODE_TLS_REJECT_UNAUTHORIZED` is 0: the whole process accepts any certificate.",
          severity: CALLS_ITSELF.test(file.text) ? "advisory" : severityAt(node, file),
        },
      ]
    : [];
}

/** `{ tls: false, rejectUnauthorized: false }`: a connection that uses no TLS, or a server that asks its clients for no certificate. */
function isWithoutTls(node: ts.Node): boolean {
  return ["tls", "secure", "ssl", "requestCert"].some((name) => {
    const answer = propertyOf(node.parent, name);
    return answer.state === "present" && answer.value.kind === FalseKeyword;
  });
}
