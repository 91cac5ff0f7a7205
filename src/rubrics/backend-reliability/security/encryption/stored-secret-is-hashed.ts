import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isBindingElement,
  isConditionalExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { isPrismaCall } from "../../../syntax/async-calls.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, functionName, nameText, unwrap } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { inputIn } from "../../../syntax/request-input.ts";
import { callsLike, propertiesLike } from "../../../syntax/named-calls.ts";
import { PRISMA_VERBS } from "../../../syntax/promise-names.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { WRITES, STORES, isPlain, writeAround } from "./written-values.ts";

const STORED =
  /^(?:password|passwd|passphrase|reset_?(?:password_?)?token|password_?reset_?token|verification_?token|otp|otp_?code|recovery_?codes?|backup_?codes?|two_?factor_?secret|totp_?secret|mfa_?secret)$/i;

/** What opens another system: it has to be read again, so it is encrypted, not hashed. */
const OPENS = /(?:^|[a-z_])(?:refresh_?token|access_?token|secret_?access_?key|client_?secret|private_?key|bot_?token|smtp_?password)$/i;

/** A password or a one-time secret that reaches the database as it was sent. */
export const storedSecretIsHashed: Rule = {
  id: "stored-secret-is-hashed",
  requirement: "encryption",
  severity: "advisory",
  title: "Passwords and one-time secrets are stored hashed",
  why: "Who reads one backup of the table can sign in as everyone in it, or finish everyone's password reset.",
  fix: "Store `argon2.hash(password)`; of a random token store its SHA-256 and look it up by that; encrypt what must be read again.",
  source: "CWE-256; OWASP Password Storage Cheat Sheet",
  examples: {
    bad: `export async function startReset(userId: string, token: string) {
  await users.updateOne({ _id: userId }, { $set: { resetToken: token } });
}
`,
    good: `import { createHash } from "node:crypto";
export async function startReset(userId: string, token: string) {
  const resetToken = createHash("sha256").update(token).digest("hex");
  await users.updateOne({ _id: userId }, { $set: { resetToken } });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: {
      allOf: [(name) => STORED.test(name) || OPENS.test(name), (name) => STORES.test(name) || WRITES.test(name) || PRISMA_VERBS.has(name)],
    },
    look: (_node, file) =>
      writing(file).length === 0
        ? []
        : [
            ...named(file).flatMap((node) => problemOf(node, file) ?? []),
            ...onePerFunction(opening(file).flatMap((node) => ofKey(node, file) ?? [])),
          ],
  },
};

const writing = callsLike((name) => STORES.test(name) || WRITES.test(name) || PRISMA_VERBS.has(name));

const named = propertiesLike(STORED);

const opening = propertiesLike(OPENS);

/** The keys of one row are one finding. */
function onePerFunction(problems: readonly Problem[]): readonly Problem[] {
  const first = new Map<ts.Node | null, Problem>();
  for (const problem of problems) {
    const fn = enclosingFunction(problem.node);
    const known = first.get(fn);
    first.set(fn, known ? { ...known, alsoTouches: [...(known.alsoTouches ?? []), problem.node] } : problem);
  }
  return [...first.values()];
}

/** `refreshToken: refreshToken ?? null` in a row: whoever reads the table acts at the other system in its owner's name. */
function ofKey(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment, file: SourceFacts): Problem | null {
  const value = isPropertyAssignment(node) ? valueOrNothing(node.initializer) : node.name;
  const write = isPlain(value, file) ? (writeAround(node) ?? writeOfRow(node, file)) : null;
  if (!write || /encrypt|cipher|vault|kms|seal/i.test(file.text)) return null;
  return {
    node,
    message: `\`${nameText(node.name)}\` is handed to \`${calleeName(write)}\` as it came; whether the column or what lies below encrypts it was not followed.`,
  };
}

/** `x` of `x ?? null`, `x || undefined` and `x ? x : null`. */
function valueOrNothing(value: ts.Expression): ts.Node {
  const e = unwrap(value);
  if (isConditionalExpression(e)) return unwrap(e.whenTrue);
  return isBinaryExpression(e) && /^(?:\?\?|\|\|)$/.test(e.operatorToken.getText()) ? unwrap(e.left) : e;
}

/** `const row = { ..., refreshToken }` that a write of the same function takes. */
function writeOfRow(node: ts.Node, file: SourceFacts): ts.CallExpression | null {
  const literal = node.parent;
  const row = isVariableDeclaration(literal.parent) && isIdentifier(literal.parent.name) ? literal.parent.name.text : null;
  const fn = row ? enclosingFunction(node) : null;
  if (!fn) return null;
  return (
    writing(file).find(
      (call) =>
        call.pos > node.end &&
        call.end <= fn.end &&
        (isPrismaCall(call) || WRITES.test(calleeName(call))) &&
        call.arguments.some((a) => contains(a, (n) => isIdentifier(n) && n.text === row)),
    ) ?? null
  );
}

function problemOf(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment, file: SourceFacts): Problem | null {
  const name = nameText(node.name);
  const value = isPropertyAssignment(node) ? unwrap(node.initializer) : node.name;
  if (!isPlain(value, file)) return null;
  const write = writeAround(node);
  if (!write || isSalted(node) || isOfAnotherMachine(node) || (PASSWORD.test(name) && !isFromCaller(value, file))) return null;
  return {
    node,
    message: `\`${name}\` is handed to \`${calleeName(write)}\` as it came; whether it is hashed before or below this call was not followed.`,
  };
}

/** `{ host, port, username, password }`: it has to be read again to sign in there. */
function isOfAnotherMachine(node: ts.Node): boolean {
  return (
    isObjectLiteralExpression(node.parent) &&
    node.parent.properties.some(
      (p) => p.name !== undefined && /^(?:host|hostname|port|protocol|smtp\w*|server|url|dsn)$/i.test(nameText(p.name)),
    )
  );
}

const PASSWORD = /^(?:password|passwd|passphrase)$/i;

/** A function below may be handed what was hashed above it: a password counts where a request or its parsed input brings it. */
function isFromCaller(value: ts.Node, file: SourceFacts): boolean {
  let top: ts.Node | null = isIdentifier(value) ? declarationOf(value) : null;
  while (top && isBindingElement(top)) top = top.parent.parent;
  const source = top && isVariableDeclaration(top) && top.initializer ? top.initializer : value;
  return (
    inputIn(value, file) !== null ||
    /^(?:input|body|payload|req|request|dto|options|data)\b/i.test(source.getText(file.sourceFile)) ||
    isRegistration(value)
  );
}

function isRegistration(value: ts.Node): boolean {
  const fn = enclosingFunction(value);
  return fn !== null && /register|sign_?up|create_?(?:user|account)/i.test(functionName(fn));
}

/** `{ password, salt }`: what comes with its salt has been hashed. */
function isSalted(node: ts.Node): boolean {
  return (
    isObjectLiteralExpression(node.parent) && node.parent.properties.some((p) => p.name !== undefined && /salt$/i.test(nameText(p.name)))
  );
}
