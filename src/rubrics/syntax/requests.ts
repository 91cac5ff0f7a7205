import { ts } from "ts-morph";
import {
  getDecorators,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isParameter,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSpreadAssignment,
  isVariableDeclaration,
} from "./guards.ts";
import { enclosingFunction, isFunction, nameText, unwrap, type FunctionWithBody } from "./functions.ts";
import { declarationOf } from "./declarations.ts";
import { numberOf } from "./literals.ts";
import type { Route } from "./route.ts";
import { routesOf } from "./routes.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

const { BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;

const handlersOf = perFile(
  (file): ReadonlyMap<ts.Node, Route> =>
    new Map(routesOf(file).flatMap((route) => (route.handler ? [[route.handler, route] as const] : []))),
);
const REQUEST_NAME = /^_?(?:req|request|ctx|context|c)$/;
const RESPONSE_NAME = /^_?(?:res|response|reply|resp)$/;

/** The route whose handler this function is; null when it is none. */
export function routeOf(fn: ts.Node, file: SourceFacts): Route | null {
  return handlersOf(file).get(fn) ?? null;
}

/** true for a function that answers requests: a route's handler, or one with (req, res), (request, reply) or (ctx, next) parameters. */
export function isRequestHandler(fn: FunctionWithBody, file: SourceFacts): boolean {
  if (routeOf(fn, file)) return true;
  const names = fn.parameters.map((p) => nameText(isIdentifier(p.name) ? p.name : undefined));
  const offset = /^(?:err|error|e)$/.test(names[0] ?? "") && names.length === 4 ? 1 : 0;
  return REQUEST_NAME.test(names[offset] ?? "") && (RESPONSE_NAME.test(names[offset + 1] ?? "") || names[offset + 1] === "next");
}

/** true when a node runs while a request is answered, as far as this file shows. */
export function isInsideRequestHandler(node: ts.Node, file: SourceFacts): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (isRequestHandler(fn, file)) return true;
  return false;
}

/** The handler function around a node; null outside handlers. */
export function requestHandlerAround(node: ts.Node, file: SourceFacts): FunctionWithBody | null {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (isRequestHandler(fn, file)) return fn;
  return null;
}

/** Where a value came from in a request. */
export type RequestPart = "body" | "query" | "params" | "headers" | "cookies" | "files";

const PARTS: Readonly<Record<string, RequestPart>> = {
  body: "body",
  rawBody: "body",
  query: "query",
  params: "params",
  headers: "headers",
  cookies: "cookies",
  file: "files",
  files: "files",
};

/**
 * The part of the request that an expression reads directly (`req.body.name`, `ctx.request.body`, `c.req.query("x")`,
 * `await request.json()`, `searchParams.get("x")`, a variable or destructured name taken from one of these);
 * null when it is not request input, or went through any call (a validator, a parser) on the way.
 */
export function requestPartOf(node: ts.Node, file: SourceFacts, depth = 0): RequestPart | null {
  if (depth > 6) return null;
  const e = unwrap(node);
  if (isPropertyAccessExpression(e)) {
    const part = PARTS[e.name.text];
    if (part && isRequestObject(e.expression) && !isOtherContext(e.expression, file)) return part;
    return requestPartOf(e.expression, file, depth + 1);
  }
  if (isElementAccessExpression(e)) return requestPartOf(e.expression, file, depth + 1);
  if (isCallExpression(e) && isPropertyAccessExpression(e.expression)) {
    const name = e.expression.name.text;
    const receiver = e.expression.expression;
    if (isRequestObject(receiver)) {
      if (["json", "text", "formData", "parseBody", "arrayBuffer"].includes(name)) return "body";
      if (name === "query" || name === "queries") return "query";
      if (name === "param") return "params";
      if (name === "header") return "headers";
      if (name === "get" && e.arguments.length === 1) return "headers";
    }
    if (name === "get" && isIdentifier(unwrap(receiver)) && unwrap(receiver).getText() === "searchParams") return "query";
    if (name === "get" && isPropertyAccessExpression(receiver))
      return receiver.name.text === "searchParams" ? "query" : requestPartOf(receiver, file, depth + 1) === "headers" ? "headers" : null;
    return null;
  }
  if (isBinaryExpression(e) && [BarBarToken, QuestionQuestionToken].includes(e.operatorToken.kind))
    return requestPartOf(e.left, file, depth + 1);
  if (!isIdentifier(e)) return null;
  const declaration = declarationOf(e);
  if (declaration && isVariableDeclaration(declaration) && declaration.initializer)
    return requestPartOf(declaration.initializer, file, depth + 1);
  if (declaration && isBindingElement(declaration)) return partOfBinding(declaration, file, depth);
  if (declaration && isParameter(declaration)) return partOfDecorator(declaration);
  return null;
}

/** `ctx` outside every handler: a job's or a procedure's own object, whatever its members are called. */
function isOtherContext(node: ts.Node, file: SourceFacts): boolean {
  const e = unwrap(node);
  return (
    isIdentifier(e) && e.text === "ctx" && !isInsideRequestHandler(e, file) && !/["'](?:koa|@koa\/|hono|@oak|elysia|itty)/.test(file.text)
  );
}

function partOfBinding(element: ts.BindingElement, file: SourceFacts, depth: number): RequestPart | null {
  let top: ts.Node = element;
  const names: string[] = [];
  while (isBindingElement(top)) {
    names.unshift(nameText(top.propertyName ?? (isIdentifier(top.name) ? top.name : undefined)));
    top = top.parent.parent;
  }
  if (isVariableDeclaration(top) && top.initializer) {
    const source = unwrap(top.initializer);
    const part = PARTS[names[0] ?? ""];
    return part && isRequestObject(source) ? part : requestPartOf(source, file, depth + 1);
  }
  if (isParameter(top) && isFunction(top.parent)) {
    const part = PARTS[names[0] ?? ""];
    const isParams = part === "params" && top.parent.parameters[1] === top && routeOf(top.parent, file)?.framework === "next";
    return part && (isParams || top.parent.parameters[0] === top) && isRequestHandler(top.parent, file) ? part : null;
  }
  return null;
}

/** NestJS parameter decorators. */
function partOfDecorator(parameter: ts.ParameterDeclaration): RequestPart | null {
  for (const mark of getDecorators(parameter) ?? []) {
    const name = mark.expression.getText().split("(")[0];
    if (name === "Body") return "body";
    if (name === "Query") return "query";
    if (name === "Param") return "params";
    if (name === "Headers") return "headers";
  }
  return null;
}

/** `req`, `request`, `ctx.request`, `c.req`, `event` by name: request objects are named alike everywhere. */
export function isRequestObject(node: ts.Node): boolean {
  const e = unwrap(node);
  if (isIdentifier(e)) return /^_?(?:req|request|ctx)$/.test(e.text) || /^(?:httpReq|httpRequest|nextRequest)$/.test(e.text);
  return isPropertyAccessExpression(e) && /^(?:req|request)$/.test(e.name.text);
}

const SEND_METHODS = ["json", "send", "end", "jsonp", "text", "html", "body", "render"];
/** Last names of the calls and `new` that `responseSendOf` reads, for `callees`. */
export const SEND_NAMES: readonly string[] = [...SEND_METHODS, "Response", "NextResponse"];

/** An answer sent to the client. */
export interface ResponseSend {
  readonly node: ts.CallExpression | ts.NewExpression;
  /** null when it cannot be told; 200 when none is set. */
  readonly status: number | null;
  /** The body argument; null when there is none. */
  readonly body: ts.Node | null;
}

/**
 * Reads a call as an answer to the client: `res.status(500).json(body)`, `reply.code(500).send(body)`, `c.json(body, 500)`,
 * `NextResponse.json(body, {status})`, `Response.json`, `new Response(body, {status})`, `res.end(body)`. null when it is none.
 */
export function responseSendOf(node: ts.Node): ResponseSend | null {
  if (isNewExpression(node)) {
    if (!isIdentifier(node.expression) || !/^(?:Response|NextResponse)$/.test(node.expression.text)) return null;
    return { node, status: statusOfInit(node.arguments?.[1]), body: node.arguments?.[0] ?? null };
  }
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return null;
  const method = node.expression.name.text;
  if (!SEND_METHODS.includes(method)) return null;
  const receiver = unwrap(node.expression.expression);
  const [first, second] = node.arguments;
  if (isIdentifier(receiver) && /^(?:NextResponse|Response)$/.test(receiver.text))
    return { node, status: statusOfInit(second), body: first ?? null };
  if (isIdentifier(receiver) && /^(?:c|ctx)$/.test(receiver.text) && ["json", "text", "html", "body"].includes(method))
    return { node, status: second ? (numberOf(second) ?? statusOfInit(second)) : 200, body: first ?? null };
  const chain = statusInChain(receiver);
  return chain ? { node, status: chain.status, body: first ?? null } : null;
}

function statusInChain(receiver: ts.Node): { status: number | null } | null {
  let status: number | null = 200;
  let e = receiver;
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression)) {
    if (["status", "code", "sendStatus", "writeHead"].includes(e.expression.name.text))
      status = numberOf(e.arguments[0]) ?? statusConstant(e.arguments[0]);
    e = unwrap(e.expression.expression);
  }
  const name = isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "";
  return RESPONSE_NAME.test(name) ? { status } : null;
}

function statusOfInit(init: ts.Node | undefined): number | null {
  if (!init) return 200;
  const e = unwrap(init);
  if (!isObjectLiteralExpression(e)) return numberOf(e) ?? statusConstant(e);
  for (const property of e.properties)
    if (property.name && nameText(property.name) === "status")
      return isPropertyAssignment(property) ? (numberOf(property.initializer) ?? statusConstant(property.initializer)) : null;
  return e.properties.some(isSpreadAssignment) ? null : 200;
}

const STATUS_NAMES: Readonly<Record<string, number>> = {
  OK: 200,
  CREATED: 201,
  ACCEPTED: 202,
  NO_CONTENT: 204,
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  UNPROCESSABLE_ENTITY: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  BAD_GATEWAY: 502,
  SERVICE_UNAVAILABLE: 503,
};

/** `HttpStatus.NOT_FOUND` and its relatives. */
function statusConstant(node: ts.Node | undefined): number | null {
  if (!node) return null;
  const e = unwrap(node);
  const name = isPropertyAccessExpression(e) ? e.name.text : isIdentifier(e) ? e.text : "";
  return STATUS_NAMES[name] ?? STATUS_NAMES[name.replace(/^HTTP_(?:STATUS_)?(?:\d+_)?/, "")] ?? null;
}
