import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
  isStringLiteralLike,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains } from "../../../syntax/functions.ts";
import { numberOf, stringOf } from "../../../syntax/literals.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { nameGivenTo } from "../../../syntax/secret-names.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const BROKEN_CIPHER = /^(?:des|rc4|rc2|bf|blowfish|seed|idea|cast)\b|^des-ede|-ecb$|^des3/i;
/** Protocols that prescribe DES: whoever speaks them has no choice. */
const OLD_PROTOCOL = /\bntlm|ntlm(?:v[12])?\b|mschap|\bvnc\b|rfbauth|apache_?md5|\$apr1\$|md5_?crypt|htpasswd/i;
const SENSITIVE = /password|passwd|passphrase|secret|token|api_?key|signature|credential|otp|\bpin\b/i;
const FAST = /^(?:md4|md5|sha|sha1|sha-1|rmd160|ripemd160)$/i;
const ANY_FAST = /^(?:md4|md5|sha-?(?:1|224|256|384|512)?|rmd160|ripemd160)$/i;

/** Broken hashes and ciphers, and fast hashes of passwords. */
export const hashAndCipherAreStrong: Rule = {
  id: "hash-and-cipher-are-strong",
  requirement: "encryption",
  severity: "blocking",
  title: "Hashes and ciphers are strong enough for what they protect",
  why: "MD5 and SHA-1 collide, DES and ECB leak, and a fast hash of a password is guessed billions of times a second.",
  fix: "Passwords: argon2id, or bcrypt with cost 12. Tokens and signatures: SHA-256 or HMAC-SHA-256. Encryption: AES-256-GCM with a fresh IV.",
  source: "CWE-327, CWE-916; OWASP Password Storage Cheat Sheet",
  examples: {
    bad: `import { createHash } from "node:crypto";
export const hashPassword = (password: string) => createHash("md5").update(password).digest("hex");
`,
    good: `import { createHash } from "node:crypto";
import argon2 from "argon2";
export const hashPassword = (password: string) => argon2.hash(password);
export const etagOf = (body: string) => createHash("md5").update(body).digest("hex");
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: /^(?:hash|genSalt|create|md5|MD5|sha1|SHA1|pbkdf2|raw|query|default)/,
    look: (node, file) => (isCallExpression(node) ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const name = calleeName(call);
  if (!/^(?:hash|genSalt|create|md5|MD5|sha1|SHA1|pbkdf2|raw|query|default)/.test(name)) return [];
  const origin = calleeOf(call, file);
  if (origin.module === "bcrypt" || origin.module === "bcryptjs") return ofBcrypt(call, name);
  if (origin.module === "crypto" || origin.module === "crypto-js") return ofCrypto(call, name, file);
  if (origin.module === "md5" || origin.module === "sha1" || origin.module === "js-md5") return ofHash(call, origin.module, call, file);
  return name === "raw" || name === "query" ? ofStatement(call) : [];
}

function ofCrypto(call: ts.CallExpression, name: string, file: SourceFacts): readonly Problem[] {
  const algorithm = stringOf(call.arguments[0]) ?? "";
  if (/^create(?:Cipher|Decipher)$/.test(name))
    return [
      { node: call, message: `\`${name}\` derives key and IV from the password by MD5 and was removed from Node 22: use \`${name}iv\`.` },
    ];
  if (/^create(?:Cipher|Decipher)iv$/.test(name) && BROKEN_CIPHER.test(algorithm) && !OLD_PROTOCOL.test(file.text))
    return [
      {
        node: call,
        severity: name.includes("De") ? "advisory" : "blocking",
        message: `The cipher \`${algorithm}\` does not keep its content secret.`,
      },
    ];
  if (/^createCipheriv$/.test(name) && isFixedIv(call.arguments[2]))
    return [
      { node: call.arguments[2] ?? call, message: "The IV is a constant: equal content gives equal ciphertext, and GCM loses its key." },
    ];
  if (name === "createHash") return ofHash(call, algorithm, chainOf(call), file);
  if (/^(?:MD5|SHA1)$/.test(name)) return ofHash(call, name, call, file);
  if (/^pbkdf2(?:Sync)?$/.test(name)) {
    const rounds = numberOf(call.arguments[2]);
    return rounds !== null && rounds < 10_000
      ? [
          {
            node: call.arguments[2] ?? call,
            severity: "advisory",
            message: `PBKDF2 with ${rounds} rounds is guessed quickly; OWASP asks for 210,000 with SHA-512.`,
          },
        ]
      : [];
  }
  return [];
}

/** `Buffer.alloc(16)` and literals. */
function isFixedIv(node: ts.Node | undefined): boolean {
  if (!node) return false;
  const text = stringOf(node);
  if (text !== null && text.length > 0) return true;
  const declaration = isIdentifier(node) ? declarationOf(node) : null;
  if (declaration && isVariableDeclaration(declaration)) {
    const value = declaration.initializer;
    return (
      value !== undefined &&
      isWholeFileConstant(declaration) &&
      isCallExpression(value) &&
      FIXED_BYTES.test(value.expression.getText()) &&
      !isFilledLater(value)
    );
  }
  return isCallExpression(node) && /^Buffer\.alloc$/.test(node.expression.getText());
}

const FIXED_BYTES = /^Buffer\.alloc$/;

/** A constant of the module: `const iv = Buffer.alloc(16, 0)`. One of a function may be filled before its use. */
function isWholeFileConstant(declaration: ts.VariableDeclaration): boolean {
  return isSourceFile(declaration.parent.parent.parent);
}

/** `Buffer.alloc(16)` without a value is often a buffer to fill. */
function isFilledLater(call: ts.CallExpression): boolean {
  return call.arguments.length < 2;
}

/** A fast hash: of a password always wrong; MD5 and SHA-1 of any other secret advisory; of content fine. */
function ofHash(call: ts.CallExpression, algorithm: string, chain: ts.Node, file: SourceFacts): readonly Problem[] {
  if (!ANY_FAST.test(algorithm)) return [];
  if (/hibp|pwned/i.test(file.text) || OLD_PROTOCOL.test(file.text)) return [];
  const words = [...namesIn(chain), nameGivenTo(chain)];
  if (words.some((w) => /nonce|timestamp|challenge|created/i.test(w))) return [];
  const password = words.find(
    (w) => /password|passwd|passphrase/i.test(w) && !/reset|token|pwned|breach|cache|key|url|protected|encrypted|hash(?:ed)?/i.test(w),
  );
  if (password && !isSignature(chain) && nameGivenTo(chain) !== password)
    return [
      {
        node: call,
        severity: FAST.test(algorithm) ? "blocking" : "advisory",
        message: `\`${password}\` is hashed with ${algorithm}, which is made to be fast: use argon2id or bcrypt.`,
      },
    ];
  const secret = FAST.test(algorithm) ? words.find((w) => SENSITIVE.test(w)) : undefined;
  return secret ? [{ node: call, severity: "advisory", message: `\`${secret}\` is hashed with ${algorithm}: use SHA-256.` }] : [];
}

/** A hash over a message and a shared word, as older payment providers sign: their word is not a person's password. */
function isSignature(chain: ts.Node): boolean {
  return /sig(?:nature)?$|checksum|digest|hmac|mac$/i.test(nameGivenTo(chain));
}

/** The whole chain `createHash(x).update(y).digest(z)`. */
function chainOf(call: ts.CallExpression): ts.Node {
  let e: ts.Node = call;
  while (isPropertyAccessExpression(e.parent) && isCallExpression(e.parent.parent)) e = e.parent.parent;
  return e;
}

function namesIn(node: ts.Node): readonly string[] {
  const names: string[] = [];
  contains(node, (n) => {
    if (isIdentifier(n)) names.push(n.text);
    return false;
  });
  return names;
}

function ofBcrypt(call: ts.CallExpression, name: string): readonly Problem[] {
  const cost = /^hash(?:Sync)?$/.test(name) ? call.arguments[1] : /^genSalt(?:Sync)?$/.test(name) ? call.arguments[0] : undefined;
  const rounds = numberOf(cost);
  const isOther =
    name.startsWith("hash") &&
    call.arguments[0] !== undefined &&
    !/pass|pwd|secret|token|pin|otp|code|plain/i.test(call.arguments[0].getText());
  return cost && rounds !== null && rounds < 10 && !isOther && !isStringLiteralLike(cost)
    ? [{ node: cost, severity: "advisory", message: `bcrypt with cost ${rounds}: 10 is the least that OWASP accepts.` }]
    : [];
}

/** `md5(...)` computed by the database. */
function ofStatement(call: ts.CallExpression): readonly Problem[] {
  const text = stringOf(call.arguments[0]) ?? "";
  return /\b(?:md5|sha1)\(\s*(?:\?|\$\d|:\w)/i.test(text)
    ? [
        {
          node: call,
          severity: "advisory",
          message: "The statement hashes a bound value with MD5 or SHA-1: what it is for was not followed.",
        },
      ]
    : [];
}
