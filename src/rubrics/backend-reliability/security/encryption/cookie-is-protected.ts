import { ts } from "ts-morph";
import { isCallExpression, isIdentifier } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { isFunction, unwrap } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { perFile } from "../../../syntax/per-file.ts";

const { FalseKeyword } = ts.SyntaxKind;

const CREDENTIAL = /sess|token|auth|jwt|\bsid\b|remember|login|identity|credential/i;
/** Names that surely hold the credential itself. */
const SURELY =
  /^(?:session|session_?id|sid|connect\.sid|token|jwt|(?:access|refresh|auth|session|id|api)[_-]?token|auth|remember_?(?:me|token))$/i;
const READ_BY_SCRIPTS =
  /csrf|xsrf|theme|locale|lang|consent|prefer|^is[A-Z]|error|failed|attempts?$|hint|dest(?:ination)?$|redirect|return|next|method|provider|type$/i;

/** A cookie that opens a session, readable by scripts or sent in the clear. */
export const cookieIsProtected: Rule = {
  id: "cookie-is-protected",
  requirement: "encryption",
  severity: "blocking",
  title: "A session cookie is HttpOnly and Secure",
  why: "Without `Secure` the cookie travels in the clear, without `HttpOnly` any injected script can take it.",
  fix: 'Set `{ httpOnly: true, secure: true, sameSite: "lax" }`.',
  source: "RFC 6265 section 4.1.2; OWASP Session Management Cheat Sheet",
  examples: {
    bad: `export function signIn(req, res) {
  res.cookie("session", issue(req), { httpOnly: false });
}
`,
    good: `export function signIn(req, res) {
  res.cookie("session", issue(req), { httpOnly: true, secure: true, sameSite: "lax" });
  res.cookie("theme", "dark");
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    words: ["cookie", "setCookie", "cookies", "express-session", "cookie-session"],
    look: (node, file) => (isCallExpression(node) ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const module = importsSession(file) ? (calleeOf(call, file).module ?? "") : "";
  if (module === "express-session" || module === "cookie-session") return ofSession(call, module);
  const name = calleeName(call);
  const isSetter =
    ["cookie", "setCookie"].includes(name) ||
    (name === "set" && /(?:^|\.)cookies(?:\(\))?$/.test(unwrap(receiverOf(call) ?? call).getText(file.sourceFile)));
  if (!isSetter) return [];
  const at = isIdentifier(call.expression) ? 1 : 0;
  const cookie = call.arguments[at];
  const label = nameOfCookie(cookie, file);
  if (!cookie || !CREDENTIAL.test(label) || READ_BY_SCRIPTS.test(label)) return [];
  const value = call.arguments[at + 1];
  if (!value || isFunction(unwrap(value)) || stringOf(value) === "") return [];
  if (
    /^(?:ctx|context|this\.ctx)\.cookies$/.test(receiverOf(call)?.getText(file.sourceFile) ?? "") &&
    !/["']next\/headers["']/.test(file.text)
  )
    return ofKoa(call, call.arguments[at + 2], label);
  return flagsOf(call, call.arguments[at + 2], label);
}

const importsSession = perFile((file) => [...file.imports.values()].some(({ from }) => /^(?:express|cookie)-session$/.test(from)));

function nameOfCookie(cookie: ts.Node | undefined, file: SourceFacts): string {
  if (!cookie) return "";
  return stringOf(cookie) ?? cookie.getText(file.sourceFile).slice(0, 60);
}

function flagsOf(call: ts.CallExpression, options: ts.Node | undefined, label: string): readonly Problem[] {
  const off = ["httpOnly", "secure"].filter((flag) => isOff(options, flag));
  if (off.length > 0)
    return [
      {
        node: call,
        message: `The cookie \`${label}\` is set with ${off.map((f) => `\`${f}: false\``).join(" and ")}.`,
        severity: off.includes("httpOnly") && SURELY.test(label) ? "blocking" : "advisory",
      },
    ];
  const missing = ["httpOnly", "secure"].filter((flag) => propertyOf(options, flag).state === "absent");
  return missing.length > 0
    ? [
        {
          node: call,
          severity: "advisory",
          message: `The cookie \`${label}\` is set without ${missing.map((f) => `\`${f}\``).join(" and ")}; defaults set elsewhere were not followed.`,
        },
      ]
    : [];
}

/** Koa's cookies are HttpOnly by default, and Secure over HTTPS: only what is switched off counts. */
function ofKoa(call: ts.CallExpression, options: ts.Node | undefined, label: string): readonly Problem[] {
  return isOff(options, "httpOnly") || isOff(options, "secure") ? flagsOf(call, options, label) : [];
}

function isOff(options: ts.Node | undefined, flag: string): boolean {
  const answer = propertyOf(options, flag);
  return answer.state === "present" && unwrap(answer.value).kind === FalseKeyword;
}

/** express-session is HttpOnly by default and not Secure. */
function ofSession(call: ts.CallExpression, module: string): readonly Problem[] {
  const cookie = module === "express-session" ? propertyOf(call.arguments[0], "cookie") : null;
  const options = cookie === null ? call.arguments[0] : cookie.state === "present" ? cookie.value : undefined;
  if (cookie?.state === "unknown") return [];
  if (isOff(options, "httpOnly")) return [{ node: call, message: "The session cookie is readable by scripts: `httpOnly` is false." }];
  const secure = propertyOf(options, "secure");
  if (secure.state === "absent" || isOff(options, "secure"))
    return [{ node: call, severity: "advisory", message: "The session cookie is sent over plain HTTP as well: `secure` is not set." }];
  return [];
}
