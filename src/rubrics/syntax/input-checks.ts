import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteralLike,
  isTypeOfExpression,
} from "./guards.ts";
import { contains, isFunction, unwrap, walk, type FunctionWithBody } from "./functions.ts";
import { isRequestObject, requestPartOf, routeOf, type RequestPart } from "./requests.ts";
import type { Route } from "./route.ts";
import type { SourceFacts } from "./source-facts.ts";

const { InstanceOfKeyword } = ts.SyntaxKind;

const CHECK =
  /pars|valid|assert|check|verif|sanit|schema|decode|coerce|constructEvent|plainTo|ensure|guard|invariant|normali[sz]|narrow|celebrate|zod|joi|\bis[A-Z]|\bto[A-Z]\w*(?:Input|Params|Body|Dto)/i;
const NO_CHECK =
  /(?:^|\.)(?:parseInt|parseFloat|JSON\.parse|JSON\.stringify|querystring\.parse|(?:path|url|URL|Date|qs|ms|bytes|posix|cookie)\.parse|checkout\w*|isNaN)$|^(?:res|reply)\./;
/** Middleware that answers with an API description in hand: it checks every body of the application. */
const API_VALIDATORS = [
  "express-openapi-validator",
  "openapi-backend",
  "express-openapi",
  "swagger-express-validator",
  "@hapi/hapi",
  "tsoa",
];

/** true for a call whose name says that it checks or parses what it is given. */
export function isCheckCall(node: ts.Node): node is ts.CallExpression {
  if (!isCallExpression(node)) return false;
  const name = node.expression.getText().replace(/\s+/g, "").replace(/\(.*$/s, "");
  return CHECK.test(name.slice(-80)) && !NO_CHECK.test(name);
}

/** true when the function hands this part of the request (or the whole request) to something that checks it, or looks at its types itself. */
export function checksPart(fn: FunctionWithBody, part: RequestPart, file: SourceFacts): boolean {
  if (!fn.body) return false;
  return contains(
    fn.body,
    (node) => {
      if (isCheckCall(node) && !asksWho(node))
        return node.arguments.some((a) => carriesPart(a, part, file)) || isChainCheck(node, part, file);
      if (isTypeOfExpression(node)) return requestPartOf(node.expression, file) === part;
      if (isCallExpression(node) && /^(?:Array\.isArray|Number\.isInteger|Number\.isFinite)$/.test(node.expression.getText()))
        return node.arguments.some((a) => requestPartOf(a, file) === part);
      return isBinaryExpression(node) && node.operatorToken.kind === InstanceOfKeyword && requestPartOf(node.left, file) === part;
    },
    true,
  );
}

/** `await req.json().then(schema.parse)`. */
function isChainCheck(node: ts.CallExpression, part: RequestPart, file: SourceFacts): boolean {
  return node.parent !== undefined && isCallExpression(node.parent) && requestPartOf(node.parent, file) === part;
}

/** An argument that is the part, holds it, or is the request itself. */
function carriesPart(argument: ts.Node, part: RequestPart, file: SourceFacts): boolean {
  const e = unwrap(argument);
  if (isRequestObject(e) || requestPartOf(e, file) === part) return true;
  if (isSpreadElement(e)) return carriesPart(e.expression, part, file);
  if (isArrayLiteralExpression(e)) return e.elements.some((x) => carriesPart(x, part, file));
  if (!isObjectLiteralExpression(e)) return false;
  return e.properties.some(
    (p) =>
      (isSpreadAssignment(p) && carriesPart(p.expression, part, file)) ||
      (isPropertyAssignment(p) && carriesPart(p.initializer, part, file)) ||
      (isShorthandPropertyAssignment(p) && requestPartOf(p.name, file) === part),
  );
}

/** `verifySession(req)`, `checkAuth(req, res)`: asks who calls, and leaves the body alone. */
function asksWho(call: ts.Node): boolean {
  return (
    isCallExpression(call) &&
    /(?:Session|Auth\w*|Token|Cookie|Access|Permissions?|User|Login|RateLimit|Ip)(?![a-z])\w{0,20}$/.test(call.expression.getText())
  );
}

/** true when something on the way to the handler checks input: middleware by name, a Fastify schema, a tRPC input, an API description. */
export function isCheckedOnTheWay(route: Route | null, file: SourceFacts): boolean {
  if (API_VALIDATORS.some((name) => file.repository.dependencies.has(name))) return true;
  if (!route) return false;
  if ([...route.middleware, ...route.inherited].some((m) => CHECK.test(m.getText(file.sourceFile).slice(0, 400)))) return true;
  if (route.framework === "trpc" || route.framework === "nest") return true;
  if (!isCallExpression(route.node)) return false;
  return route.node.arguments.some((argument) => {
    const e = unwrap(argument);
    if (isFunction(e) || isStringLiteralLike(e)) return false;
    return /schema|valid/i.test(e.getText(file.sourceFile).slice(0, 2000));
  });
}

/** How a handler is reached: nothing stands between the framework and it, a route of this file names it, or its routes are elsewhere. */
export function reachOf(fn: FunctionWithBody, file: SourceFacts): "direct" | "route" | "elsewhere" {
  const route = routeOf(fn, file);
  if (route?.framework === "next") return route.middleware.length > 0 ? "route" : "direct";
  if (route) return "route";
  return fn.parameters.some((p) => /^(?:NextApiRequest|NextRequest)$/.test(p.type?.getText(file.sourceFile) ?? ""))
    ? "direct"
    : "elsewhere";
}

/** Functions called inside a node with this name pattern; used to see whether a name is spoken of at all. */
export function speaksOf(root: ts.Node, test: RegExp): boolean {
  let isFound = test.test(isIdentifier(root) ? root.text : "");
  walk(
    root,
    (node) => {
      if (isFound) return false;
      if ((isIdentifier(node) || isStringLiteralLike(node)) && test.test(node.text)) isFound = true;
      return !isFound;
    },
    true,
  );
  return isFound;
}
