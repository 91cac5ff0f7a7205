import { ts } from "ts-morph";
import {
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isIfStatement,
  isObjectLiteralExpression,
  isSourceFile,
  isStringLiteralLike,
  isSwitchStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains, enclosingFunction, functionOf, unwrap, walk, type FunctionWithBody } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { TrueKeyword } = ts.SyntaxKind;

/** Answers to any site that carry the visitor's cookies. */
export const credentialsGoToKnownOrigins: Rule = {
  id: "credentials-go-to-known-origins",
  requirement: "authorization",
  severity: "advisory",
  title: "Only known sites may call with the visitor's cookies",
  why: "A page that reflects every origin and allows credentials lets any site that a signed-in person visits read and change their data.",
  fix: "List the origins that may send credentials and compare the whole origin; leave `credentials` out of what is public.",
  source: "CWE-942; https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS",
  examples: {
    bad: `import cors from "cors";
app.use(cors({ origin: true, credentials: true }));
`,
    good: `import cors from "cors";
app.use(cors({ origin: ["https://shop.example.com"], credentials: true }));
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.ObjectLiteralExpression, ts.SyntaxKind.CallExpression],
    words: ["credentials", "setHeader", "header", "headers", "set", "append", "writeHead"],
    look: (node, file) => {
      if (isObjectLiteralExpression(node)) return ofOptions(node, file);
      return isCallExpression(node) ? ofHeader(node, file) : [];
    },
  },
};

function ofOptions(options: ts.ObjectLiteralExpression, file: SourceFacts): readonly Problem[] {
  const credentials = propertyOf(options, "credentials");
  if (credentials.state !== "present" || credentials.value.kind !== TrueKeyword) return [];
  if (isConditionalExpression(options.parent)) return [];
  const origin = propertyOf(options, "origin");
  if (origin.state !== "present" || !allowsAll(origin.value)) return [];
  return [
    {
      node: origin.value,
      alsoTouches: [credentials.value],
      message: `Every origin is allowed together with credentials: \`origin: ${origin.value.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 50)}\`. What cookies the browser adds was not followed.`,
    },
  ];
}

/** `true`, `(origin, done) => done(null, true)`, `(origin) => origin`. */
function allowsAll(value: ts.Node): boolean {
  const e = unwrap(value);
  if (e.kind === TrueKeyword) return true;
  const fn = functionOf(e);
  const first = fn?.parameters[0]?.name;
  if (!fn?.body || !first || !isIdentifier(first)) return false;
  const body = unwrap(fn.body);
  if (isIdentifier(body)) return body.text === first.text;
  const done = fn.parameters[1]?.name;
  return done !== undefined && isIdentifier(done) && alwaysAllows(fn, first.text, done.text);
}

/** Every call of the callback says yes, and nothing looks at the origin on the way. */
function alwaysAllows(fn: FunctionWithBody, origin: string, done: string): boolean {
  const answers: boolean[] = [];
  let isLookedAt = false;
  if (!fn.body) return false;
  const visit = (n: ts.Node): void => {
    if (isIdentifier(n) && n.text === origin) isLookedAt = true;
    if (isIfStatement(n) || isConditionalExpression(n) || isSwitchStatement(n)) isLookedAt = true;
    if (isCallExpression(n) && isIdentifier(n.expression) && n.expression.text === done) answers.push(n.arguments[1]?.kind === TrueKeyword);
  };
  visit(fn.body);
  walk(fn.body, visit, true);
  return !isLookedAt && answers.length > 0 && answers.every(Boolean);
}

/** `res.setHeader("Access-Control-Allow-Origin", req.headers.origin)` beside `...-Allow-Credentials: true`. */
function ofHeader(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (!/^(?:setHeader|header|set|append)$/.test(calleeName(call))) return [];
  const value = call.arguments[1];
  if (!value || stringOf(call.arguments[0])?.toLowerCase() !== "access-control-allow-origin") return [];
  const flow = inputIn(value, file);
  if (flow?.part !== "headers" || !/origin/i.test(flow.source.getText(file.sourceFile)) || isExaminedBefore(flow, call, file)) return [];
  const fn = enclosingFunction(call);
  if (isUnderOriginTest(call, file)) return [];
  if (!fn || !contains(fn, isCredentialsHeader, true)) return [];
  return [
    {
      node: call,
      message: "The origin of every caller is allowed together with credentials. What cookies the browser adds was not followed.",
    },
  ];
}

/** `if (allowed.some((o) => o === req.get("origin")))` around the header. */
function isUnderOriginTest(node: ts.Node, file: SourceFacts): boolean {
  for (let up = node.parent; !isSourceFile(up); up = up.parent) {
    if (isIfStatement(up) && /origin/i.test(up.expression.getText(file.sourceFile))) return true;
    if (isConditionalExpression(up) && /origin/i.test(up.condition.getText(file.sourceFile))) return true;
  }
  return false;
}

function isCredentialsHeader(node: ts.Node): boolean {
  return isStringLiteralLike(node) && node.text.toLowerCase() === "access-control-allow-credentials";
}
