import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isTemplateExpression,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { errorReceiverOf } from "../../../syntax/catches.ts";
import { contains, enclosingFunction, isFunction, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { SEND_NAMES, responseSendOf } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { AmpersandAmpersandToken, InstanceOfKeyword } = ts.SyntaxKind;

/** Errors that a framework turns into the answer. */
const TRANSPORT_ERRORS = [
  "ConnectError",
  "TRPCError",
  "GraphQLError",
  "HttpException",
  "InternalServerErrorException",
  "HTTPException",
  "RpcException",
  "ORPCError",
];

/** A stack, a whole error object or a raw message in an answer to the client. */
export const errorDetailsStayInside: Rule = {
  id: "error-details-stay-inside",
  requirement: "error-responses",
  severity: "blocking",
  title: "An answer carries no stack, error object or raw message",
  why: "Stacks and driver messages tell a stranger file paths, table names, queries and library versions, and they change without notice.",
  fix: "Log the error with its correlation ID; answer with a stable code and a sentence of your own.",
  source: "https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html",
  examples: {
    bad: `import express from "express";
const app = express();
app.use((err, req, res, next) => {
  res.status(500).json({ message: err.message, stack: err.stack });
});
`,
    good: `import express from "express";
const app = express();
app.use((err, req, res, next) => {
  logger.error({ err }, "unhandled");
  res.status(500).json({ error: "internal_error", correlationId: req.id });
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression],
    callees: [...SEND_NAMES, ...TRANSPORT_ERRORS, "emit", "next"],
    look: (node, file) => {
      const pushed = pushedBody(node, file);
      if (pushed) return leaks(pushed, null, file).map((leak) => ({ ...leak, severity: "advisory" as const }));
      const send = responseSendOf(node);
      if (send) return send.body && !isClientError(send.status) ? leaks(send.body, send.status, file) : [];
      return isNewExpression(node) ? transportError(node, file) : [];
    },
  },
};

/** What goes to a client over its socket or stream: `ws.send(x)`, `socket.emit("failed", x)`, `emit.next(x)`; null for anything else. */
function pushedBody(node: ts.Node, file: SourceFacts): ts.Node | null {
  if (!isCallExpression(node)) return null;
  const method = calleeName(node);
  if (method !== "send" && method !== "emit" && method !== "next") return null;
  const receiver = receiverOf(node);
  const name = receiver ? (receiver.getText(file.sourceFile).split(".").at(-1) ?? "") : "";
  if (method === "send" && /^(?:ws|webSocket|websocket|socket|wsClient|clientSocket)$/.test(name)) return node.arguments[0] ?? null;
  if (method === "emit" && /^(?:socket|clientSocket)$/.test(name)) return node.arguments[1] ?? null;
  return method === "next" && name === "emit" ? (node.arguments[0] ?? null) : null;
}

/** 4xx answers tell the caller what they did wrong; their message is usually written for them. */
function isClientError(status: number | null): boolean {
  return status !== null && status >= 400 && status < 500;
}

function leaks(body: ts.Node, status: number | null, file: SourceFacts): readonly Problem[] {
  const found: Problem[] = [];
  const visit = (node: ts.Node, isWhole: boolean): void => {
    if (isFunction(node)) return;
    if (isPropertyAccessExpression(node) && node.name.text === "stack" && isCaught(node.expression)) {
      if (!isDevelopmentOnly(node)) found.push({ node, message: `\`${short(node, file)}\` is sent to the client.` });
    } else if (isPropertyAccessExpression(node) && node.name.text === "message" && isCaught(node.expression)) {
      if (!isDevelopmentOnly(node) && !isOwnError(node))
        found.push({
          node,
          severity: "advisory",
          message: `\`${short(node, file)}\` is sent to the client${status === null ? "" : ` with status ${status}`}: whatever any library put into it.`,
        });
    } else if (isWhole && isCaught(node)) {
      if (!isDevelopmentOnly(node) && !isOwnError(node))
        found.push({
          node,
          severity: status === null ? "advisory" : "blocking",
          message: `The whole error \`${short(node, file)}\` is sent to the client.`,
        });
    } else if (isCallExpression(node) && ["String", "stringify", "inspect", "toString", "serializeError"].includes(calleeName(node))) {
      const target =
        calleeName(node) === "toString" && isPropertyAccessExpression(node.expression) ? node.expression.expression : node.arguments[0];
      if (target && isCaught(unwrap(target)) && !isDevelopmentOnly(node))
        found.push({ node, severity: "advisory", message: `\`${short(node, file)}\` sends the raw error to the client.` });
    } else if (isObjectLiteralExpression(node)) {
      for (const property of node.properties) {
        if (isPropertyAssignment(property)) visit(unwrap(property.initializer), true);
        else if (isShorthandPropertyAssignment(property)) visit(property.name, true);
        else if (isSpreadAssignment(property)) visit(unwrap(property.expression), true);
      }
    } else if (isConditionalExpression(node)) {
      visit(unwrap(node.whenTrue), isWhole);
      visit(unwrap(node.whenFalse), isWhole);
    } else if (isBinaryExpression(node)) {
      visit(unwrap(node.left), false);
      visit(unwrap(node.right), isWhole);
    } else if (isTemplateExpression(node)) node.templateSpans.forEach((span) => visit(unwrap(span.expression), true));
  };
  visit(unwrap(body), true);
  // One answer is one problem, and the worst of what it tells is named.
  const worst = found.find(({ severity }) => severity !== "advisory") ?? found[0];
  return worst ? [worst] : [];
}

function short(node: ts.Node, file: SourceFacts): string {
  return node.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60);
}

/** The name of a caught error, or of an error handler's first parameter. */
function isCaught(node: ts.Node): boolean {
  const e = unwrap(node);
  if (!isIdentifier(e)) return false;
  for (let up: ts.Node | undefined = e.parent; up; up = up.parent) {
    const receiver = errorReceiverOf(up);
    if (receiver?.errorName === e.text) return true;
    if (!isFunction(up)) continue;
    const first = up.parameters[0]?.name;
    const isCallback =
      isCallExpression(up.parent) && up.parameters.length >= 2 && first !== undefined && /^(?:err|error|exception)$/.test(first.getText());
    if ((isErrorMiddleware(up) || isCallback) && first && isIdentifier(first) && first.text === e.text) return true;
  }
  return false;
}

/** Express knows an error handler by its four parameters; so does any function that merely has as many, so a name must agree. */
function isErrorMiddleware(fn: FunctionWithBody): boolean {
  const [first, second] = fn.parameters.map((parameter) => parameter.name.getText());
  return (
    fn.parameters.length === 4 &&
    (/^_?(?:e|err|error|ex|exception|thrown)$/i.test(first ?? "") || /^_?(?:req|request|ctx)$/i.test(second ?? ""))
  );
}

/** Under a test of the environment. */
function isDevelopmentOnly(node: ts.Node): boolean {
  for (let up: ts.Node | undefined = node.parent; up && !isFunction(up); up = up.parent) {
    const condition = isConditionalExpression(up)
      ? up.condition
      : isIfStatement(up)
        ? up.expression
        : isBinaryExpression(up) && up.operatorToken.kind === AmpersandAmpersandToken
          ? up.left
          : null;
    if (condition && /NODE_ENV|isDev|isProd|development|production|debug/i.test(condition.getText())) return true;
  }
  return false;
}

/** Under a test that the error is one of ours (`instanceof AppError`, `err.expose`, `isHttpError(err)`): its message was written for the client. */
function isOwnError(node: ts.Node): boolean {
  const around = enclosingFunction(node);
  const root = isPropertyAccessExpression(node) ? node.expression : node;
  const name = unwrap(root).getText();
  for (let up: ts.Node | undefined = node.parent; up && up !== around; up = up.parent) {
    const condition = isConditionalExpression(up) ? up.condition : isIfStatement(up) ? up.expression : null;
    if (condition && node.pos > condition.end && contains(condition, (n) => isOwnTest(n, name))) return true;
  }
  return false;
}

function isOwnTest(node: ts.Node, name: string): boolean {
  if (isBinaryExpression(node) && node.operatorToken.kind === InstanceOfKeyword)
    return !/^(?:Error|TypeError|RangeError|SyntaxError)$/.test(node.right.getText());
  if (isPropertyAccessExpression(node) && unwrap(node.expression).getText() === name)
    return /^(?:expose|isOperational|isPublic|statusCode|status|code|isBoom)$/.test(node.name.text);
  return isCallExpression(node) && /^is[A-Z]\w*Error$/.test(calleeName(node));
}

/** `new ConnectError(error.message, Code.Internal)`, `new TRPCError({code: "INTERNAL_SERVER_ERROR", message: err.message})`: transports send the message on. */
function transportError(node: ts.NewExpression, file: SourceFacts): readonly Problem[] {
  const name = node.expression.getText(file.sourceFile);
  if (!TRANSPORT_ERRORS.includes(name)) return [];
  const text = node.getText(file.sourceFile);
  const isInternal = /Internal|INTERNAL_SERVER_ERROR|\b500\b/.test(text);
  if (!isInternal) return [];
  for (const argument of node.arguments ?? []) {
    const [leak] = leaks(unwrap(argument), 500, file);
    if (leak && isPropertyAccessExpression(leak.node)) return [{ ...leak, alsoTouches: [node.expression] }];
  }
  return [];
}
