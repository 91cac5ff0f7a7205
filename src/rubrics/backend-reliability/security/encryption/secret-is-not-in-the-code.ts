import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isExportDeclaration,
  isImportDeclaration,
  isLiteralTypeNode,
  isNewExpression,
  isObjectLiteralExpression,
  isParameter,
  isPropertyAssignment,
  isStringLiteralLike,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { enclosingFunction, nameText } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { isSecretName, isServiceKeyName, nameGivenTo } from "../../../syntax/secret-names.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { mayComeFrom } from "../../../syntax/module-reach.ts";
import { perFile } from "../../../syntax/per-file.ts";
import { namesLike } from "../../../syntax/named-calls.ts";
import { countOf, isDense, isPlaceholder, keyOfRequest, looksRandom } from "./secret-like-text.ts";

const { CallExpression } = ts.SyntaxKind;

/** Keys that their issuers mark by a prefix. */
const ISSUED: readonly (readonly [string, RegExp])[] = [
  ["AWS access key", /^(?:AKIA|ASIA)[A-Z0-9]{16}$/],
  ["Stripe live key", /^(?:sk|rk)_live_[A-Za-z0-9]{16,}$/],
  ["GitHub token", /^(?:ghp|gho|ghs|ghr|ghu)_[A-Za-z0-9]{36}$|^github_pat_\w{40,}$/],
  ["Slack token", /^xox[abprs]-[A-Za-z0-9-]{20,}$/],
  ["SendGrid key", /^SG\.[\w-]{20,}\.[\w-]{30,}$/],
  ["Google API key", /^AIza[\w-]{35}$/],
  ["npm token", /^npm_[A-Za-z0-9]{36}$/],
  ["private key", /^-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----/],
];
/** What those can begin with: most texts are settled by it. */
const FIRST = "Asrgx-Sn";
const BEGINNINGS = /^(?:A[KS]IA|[sr]k_|gh[posru]_|github_pat_|xox|SG\.|AIza|npm_|-----BEGIN)/;
const CREDENTIALS = /^(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|rediss|amqps?|https?|smtps?):\/\/[^:@/\s]*:([^@/\s]+)@([^/:?\s]+)/i;
/** A key or password written into the source. */
export const secretIsNotInTheCode: Rule = {
  id: "secret-is-not-in-the-code",
  requirement: "encryption",
  severity: "blocking",
  title: "No secret is written in the code",
  why: "Whoever has ever seen the repository has the secret, and it cannot be rotated without a release.",
  fix: "Read it from the environment or a secret manager, fail at start when it is missing, and rotate this one now.",
  source: "CWE-798; OWASP Secrets Management Cheat Sheet",
  roles: ["server", "script"],
  examples: {
    bad: `import jwt from "jsonwebtoken";
export const sign = (userId: string) => jwt.sign({ userId }, "m9Qx2vTz7LpWc4Rk");
`,
    good: `import jwt from "jsonwebtoken";
import { env } from "./env.ts";
export const sign = (userId: string) => jwt.sign({ userId }, env.JWT_SECRET);
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.StringLiteral, ts.SyntaxKind.NoSubstitutionTemplateLiteral],
    look: (node, file) => {
      const problem = isStringLiteralLike(node) ? problemOf(node, file) : null;
      return problem ? [problem] : [];
    },
  },
};

function problemOf(node: ts.StringLiteralLike, file: SourceFacts): Problem | null {
  if (node.text.length < 8) return null;
  const text = node.text.trim();
  const isLike = FIRST.includes(text.charAt(0)) && BEGINNINGS.test(text);
  const held = keyOfRequest(text);
  if (!isLike && held === null && !text.includes("://") && !mayTakeKeys(file) && !namesSecret(file)) return null;
  if (text.length < 8 || isTypeOrKey(node)) return null;
  const issued = isLike ? ISSUED.find(([, form]) => form.test(text)) : undefined;
  if (issued && !/EXAMPLE|x{8}|X{8}|0{8}/.test(text)) return { node, message: `A ${issued[0]} is written in the code.` };
  const inAddress = text.includes("://") ? CREDENTIALS.exec(text) : null;
  if (inAddress) return ofAddress(node, inAddress, file);
  if (held !== null) return ofRequest(node, held, file);
  const argument = keyArgument(node, file);
  if (argument)
    return isPlaceholder(text) || (argument === "createHmac" && isLabel(text))
      ? weakKey(node, argument, file)
      : { node, message: `The key of \`${argument}\` is written in the code.` };
  const name = nameGivenTo(node);
  if (!name || (!isSecretName(name) && !(isServiceKeyName(name) && isDense(text)))) return null;
  if (/posthog|publishable|public|analytics|segment|dsn/i.test(name) || /^(?:phc_|pk_|pub|dsn)/i.test(text)) return null;
  if (/(?:^|[/._-])(?:dev|local|sandbox|demo|test-server|mock|mocks|fixtures?|seeds?|seeders?)(?:[/._-]|$)/i.test(file.path)) return null;
  const account = name === "" ? null : accountMade(node, name, file);
  if (account)
    return { node, severity: "advisory", message: `\`${account}\` is given a password that anyone can read here, whatever it stands for.` };
  if (!looksRandom(text) || isPlaceholder(text)) return null;
  if (/key$/i.test(name) && isForBrowsers(node, file)) return null;
  if (countOf(name, file) > 2) return null;
  const isSure = !isFallback(node) && name.length > 5 && file.role === "server" && isSecretName(name);
  return { node, severity: isSure ? "blocking" : "advisory", message: `\`${name}\` has its value in the code.` };
}

/** `register({ email, password: "..." })`, also through a constant: an account that the running server makes with a fixed password. */
function accountMade(node: ts.Node, name: string, file: SourceFacts): string | null {
  if (file.role !== "server" || !/^pass(?:word|wd|phrase)$/i.test(name) || !isPropertyAssignment(node.parent)) return null;
  const literal = node.parent.parent;
  if (literal.properties.some((p) => p.name && /^(?:label|type|placeholder|example|required|errors?|message)$/.test(nameText(p.name))))
    return null;
  if (!literal.properties.some((p) => p.name && /^(?:e?mail|user_?name|login|first_?name|name)$/i.test(nameText(p.name)))) return null;
  const made = (call: ts.Node): string | null =>
    isCallExpression(call) &&
    /^(?:register|create|add|insert|new|sign_?up)\w*(?:User|Account|Admin|Member)?$/i.test(calleeName(call)) &&
    /user|account|admin|member|auth|regist/i.test(call.expression.getText(file.sourceFile))
      ? calleeName(call)
      : null;
  const direct = made(literal.parent);
  if (direct || !isVariableDeclaration(literal.parent)) return direct;
  const holder = literal.parent.name.getText(file.sourceFile);
  const around = enclosingFunction(node)?.body;
  if (!around) return null;
  for (const call of file.nodes(CallExpression))
    if (
      isCallExpression(call) &&
      call.pos > node.pos &&
      call.end <= around.end &&
      call.arguments.some((a) => a.getText(file.sourceFile) === holder)
    ) {
      const found = made(call);
      if (found) return found;
    }
  return null;
}

function isTypeOrKey(node: ts.Node): boolean {
  const up = node.parent;
  return isLiteralTypeNode(up) || isImportDeclaration(up) || isExportDeclaration(up) || (isPropertyAssignment(up) && up.name === node);
}

function ofAddress(node: ts.Node, match: RegExpExecArray, file: SourceFacts): Problem | null {
  const password = match[1] ?? "";
  const host = match[2] ?? "";
  if (isPlaceholder(password) || /^(?:localhost|127\.|0\.0\.0\.0|host\b|[^.]+$)|example\./.test(host) || password.length < 5) return null;
  return {
    node,
    message: `The password for \`${host}\` is written in the code.`,
    severity: file.role === "server" ? "blocking" : "advisory",
  };
}

/** In an API's description: `examples: ["Bearer ..."]`. */
function isShown(node: ts.Node): boolean {
  const up = isArrayLiteralExpression(node.parent) ? node.parent.parent : node.parent;
  return isPropertyAssignment(up) && /^(?:examples?|default|description|placeholder)$/.test(nameText(up.name));
}

/** A key that a request carries in its header or its address. */
function ofRequest(node: ts.Node, held: string, file: SourceFacts): Problem | null {
  if (!looksRandom(held) || isPlaceholder(held) || isPlaceholder(file.path) || isShown(node)) return null;
  return {
    node,
    message: "The key that this request carries is written in the code.",
    severity: file.role === "server" && !isFallback(node) ? "blocking" : "advisory",
  };
}

const namesSecret = namesLike((name) => isSecretName(name) || isServiceKeyName(name));
const mayTakeKeys = perFile((file) => mayComeFrom(file, (module) => /^(?:jsonwebtoken|crypto|cookie-parser)$/.test(module)));

/** What signs or encrypts with this literal as its key. */
function keyArgument(node: ts.Node, file: SourceFacts): string | null {
  const call = node.parent;
  if (!isCallExpression(call) && !isNewExpression(call)) return null;
  if (!mayTakeKeys(file)) return null;
  const at = call.arguments?.findIndex((a) => a === node) ?? -1;
  const name = calleeName(call);
  const module = calleeOf(call, file).module ?? "";
  if (module === "jsonwebtoken" && /^(?:sign|verify)$/.test(name) && at === 1) return `jwt.${name}`;
  if (module === "crypto" && /^create(?:Hmac|Cipheriv|Decipheriv)$/.test(name) && at === 1) return name;
  if (module === "cookie-parser" && at === 0) return "cookieParser";
  return null;
}

/** Words and hyphens: such a key only keeps apart what is hashed for different purposes. */
function isLabel(text: string): boolean {
  return /^[a-z]+(?:[-_:. ][a-z]+)+$/.test(text);
}

/** A placeholder that would sign real tokens. */
function weakKey(node: ts.Node, argument: string, file: SourceFacts): Problem | null {
  return file.role === "server"
    ? { node, severity: "advisory", message: `\`${argument}\` uses a key that anyone can guess from the code.` }
    : null;
}

function isFallback(node: ts.Node): boolean {
  return isBinaryExpression(node.parent) || isConditionalExpression(node.parent) || isParameter(node.parent);
}

/** A key that every visitor gets: it stands beside the index of a search or the domain of a sign-in, or a comment calls it public. */
function isForBrowsers(node: ts.Node, file: SourceFacts): boolean {
  const holder = node.parent;
  const siblings = isObjectLiteralExpression(holder.parent) ? holder.parent.properties.map((p) => (p.name ? nameText(p.name) : "")) : [];
  if (siblings.includes("authDomain") || (siblings.includes("indexName") && siblings.some((name) => /^app(?:lication)?Id$/i.test(name))))
    return true;
  const above = file.text.slice(Math.max(0, holder.getFullStart()), node.pos);
  return /(?:\/\/|\/\*|^\s*\*)[^\n]{0,120}\b(?:public|publishable|search-only|safe to commit)\b/im.test(above);
}
