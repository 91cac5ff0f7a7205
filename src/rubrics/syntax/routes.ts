import type { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  isStringLiteralLike,
  isTemplateExpression,
} from "./guards.ts";
import { fileRoutes, nestRoutes, nextRoutes } from "./declared-routes.ts";
import { functionOf, isFunction, unwrap, wrappedFunction } from "./functions.ts";
import { stringOf, textParts } from "./literals.ts";
import { callsLike } from "./named-calls.ts";
import { propertyOf } from "./properties.ts";
import { trpcRoute } from "./procedure-routes.ts";
import type { Route } from "./route.ts";
import { routerFramework } from "./router-framework.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

const VERBS = new Set(["get", "post", "put", "patch", "delete", "del", "all", "head", "options"]);
/** Every route that the file registers, in source order: Express, Fastify, Koa, Hono, NestJS, Next route files, SvelteKit, Remix, tRPC, and `.route({method, path, handler})`. */
export const routesOf = perFile((file): readonly Route[] => {
  const routes = [...callRoutes(file), ...nestRoutes(file), ...nextRoutes(file), ...fileRoutes(file)];
  return routes.length < 2 ? routes : routes.toSorted((a, b) => a.node.pos - b.node.pos);
});

/** true when the file registers a route: for `when`. */
export function hasRoutes(file: SourceFacts): boolean {
  return routesOf(file).length > 0;
}

const registeringCalls = callsLike([...VERBS, "route", "openapi", "query", "mutation"]);

function callRoutes(file: SourceFacts): Route[] {
  const routes: Route[] = [];
  for (const node of registeringCalls(file)) {
    if (!isPropertyAccessExpression(node.expression)) continue;
    const verb = node.expression.name.text;
    if (VERBS.has(verb)) {
      const route = verbRoute(node, node.expression.expression, verb, file);
      if (route) routes.push(route);
    } else if (verb === "route" || verb === "openapi") {
      const route = objectRoute(node, node.expression.expression, file);
      if (route) routes.push(route);
    } else if (verb === "query" || verb === "mutation") {
      const route = trpcRoute(node, node.expression.expression, verb);
      if (route) routes.push(route);
    }
  }
  return routes;
}

function verbRoute(call: ts.CallExpression, receiver: ts.Expression, verb: string, file: SourceFacts): Route | null {
  const chained = chainedPath(receiver);
  const [first, ...others] = call.arguments;
  const isChained = chained !== null;
  if (!first || (!isChained && (others.length === 0 || !isPathLike(first)))) return null;
  const rest = isChained ? [...call.arguments] : others;
  const last = handlerIn(rest.at(-1));
  if (!last || !isHandlerLike(last)) return null;
  const owner = isChained ? chained.router : rootReceiver(receiver);
  const framework = routerFramework(owner, file);
  if (!framework) return null;
  const options = rest.filter((node) => node !== last).flatMap(hookedMiddleware);
  return {
    framework,
    method: verb === "del" ? "DELETE" : verb.toUpperCase(),
    path: isChained ? pathText(chained.path) : pathText(first),
    node: call,
    anchor: isChained ? nameOfCallee(call) : first,
    middleware: options,
    inherited: routerMiddleware(owner.getText(file.sourceFile), call.pos, file),
    handler: functionOf(last) ?? functionOf(wrappedFunction(last)),
    owner: owner.getText(file.sourceFile),
  };
}

/** The argument itself, or the handler that Fastify's options hold: `app.post("/x", { schema, handler })`. */
function handlerIn(argument: ts.Expression | undefined): ts.Expression | undefined {
  if (!argument || !isObjectLiteralExpression(argument)) return argument;
  const answer = propertyOf(argument, "handler");
  return answer.state === "present" && isExpression(answer.value) ? answer.value : undefined;
}

/** `router.route("/x").get(h)`. */
function chainedPath(receiver: ts.Expression): { path: ts.Node; router: ts.Expression } | null {
  let e: ts.Node = receiver;
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression)) {
    const path = e.arguments[0];
    if (e.expression.name.text === "route" && path && isPathLike(path)) return { path, router: e.expression.expression };
    if (!VERBS.has(e.expression.name.text)) return null;
    e = e.expression.expression;
  }
  return null;
}

/** Of `new Hono().get(...).post(...)`, the object that the chain began with. */
function rootReceiver(receiver: ts.Expression): ts.Expression {
  let e = receiver;
  while (
    isCallExpression(e) &&
    isPropertyAccessExpression(e.expression) &&
    (VERBS.has(e.expression.name.text) || e.expression.name.text === "use")
  )
    e = e.expression.expression;
  return e;
}

function nameOfCallee(call: ts.CallExpression): ts.Node {
  return isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
}

function isPathLike(node: ts.Node): boolean {
  const e = unwrap(node);
  const text = textParts(e)[0];
  if (text !== undefined) return text === "" || text.startsWith("/") || text.startsWith("*") || isTemplateExpression(e);
  return (
    isRegularExpressionLiteral(e) ||
    (isArrayLiteralExpression(e) && e.elements.length > 0 && e.elements.every(isPathLike)) ||
    (isIdentifier(e) && (stringOf(e)?.startsWith("/") ?? /path|route|url|endpoint/i.test(e.text))) ||
    (isPropertyAccessExpression(e) && /path|route|url|endpoint/i.test(e.getText()))
  );
}

function isHandlerLike(node: ts.Node): boolean {
  const e = unwrap(node);
  return isFunction(e) || isIdentifier(e) || isPropertyAccessExpression(e) || isCallExpression(e) || isArrayLiteralExpression(e);
}

function pathText(node: ts.Node): string {
  return stringOf(node) ?? textParts(node).join(":x");
}

/** Middleware in an argument: itself, the elements of an array, the hooks of a Fastify options object. */
function hookedMiddleware(node: ts.Node): readonly ts.Node[] {
  const e = unwrap(node);
  if (isArrayLiteralExpression(e)) return e.elements.flatMap(hookedMiddleware);
  if (isObjectLiteralExpression(e)) {
    return ["onRequest", "preParsing", "preValidation", "preHandler", "middleware", "middlewares", "beforeHandler"].flatMap((hook) => {
      const answer = propertyOf(e, hook);
      return answer.state === "present" ? hookedMiddleware(answer.value) : [];
    });
  }
  return [e];
}

function objectRoute(call: ts.CallExpression, receiver: ts.Expression, file: SourceFacts): Route | null {
  const options = call.arguments[0];
  if (!options || !isObjectLiteralExpression(options)) return null;
  const method = propertyOf(options, "method");
  const path = propertyOf(options, "url", "path");
  const handler = propertyOf(options, "handler");
  if (method.state !== "present" || path.state !== "present") return null;
  return {
    framework: routerFramework(receiver, file) ?? "other",
    method: (stringOf(method.value) ?? "ALL").toUpperCase(),
    path: pathText(path.value),
    node: call,
    anchor: path.value,
    middleware: hookedMiddleware(options),
    inherited: routerMiddleware(receiver.getText(file.sourceFile), call.pos, file),
    handler:
      handler.state === "present"
        ? (functionOf(handler.value) ?? functionOf(wrappedFunction(handler.value)))
        : functionOf(call.arguments[1]),
    owner: receiver.getText(file.sourceFile),
  };
}

const middlewareCalls = callsLike(["use", "addHook", "register"]);

/** Arguments of `.use(...)`, `.addHook(...)` and `.register(...)` on the same receiver before a position. */
function routerMiddleware(owner: string, before: number, file: SourceFacts): readonly ts.Node[] {
  const found: ts.Node[] = [];
  for (const node of middlewareCalls(file)) {
    if (node.pos >= before || !isPropertyAccessExpression(node.expression)) continue;
    if (node.expression.expression.getText(file.sourceFile) !== owner) continue;
    const first = node.arguments[0];
    const isScoped =
      first && stringOf(first) !== null && node.expression.name.text === "use" && !["*", "/", "/*"].includes(stringOf(first) ?? "");
    if (!isScoped) found.push(...node.arguments.filter((a) => !isStringLiteralLike(a)));
  }
  return found;
}
