import { ts } from "ts-morph";
import { isBinaryExpression, isLiteralExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { isSecretName, nameOfValue } from "../../../syntax/secret-names.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { isForShow, isCopy, isOfContent, isSuppliedValue, isRepetition } from "./harmless-comparison.ts";
import { COMPUTED, SIGNATURE, isDigest, isHashOfSecret, isSignatureLike, isKeptSecret } from "./kept-secret.ts";

const { EqualsEqualsEqualsToken, EqualsEqualsToken, ExclamationEqualsEqualsToken, ExclamationEqualsToken, NullKeyword } = ts.SyntaxKind;

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

function short(node: ts.Node, file: SourceFacts): string {
  const text = node.getText(file.sourceFile).replace(/\s+/g, " ");
  return text.length > 70 ? `${text.slice(0, 67)}...` : text;
}
