import { ts } from "ts-morph";
import {
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  isNonNullExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isStringLiteralLike,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { connectionSocketsOf, socketHas } from "../../../syntax/connection-sockets.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, isFunction, unwrap } from "../../../syntax/functions.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { FirstAssignment, LastAssignment } = ts.SyntaxKind;

interface Emitter {
  readonly module: RegExp;
  /** Last name of what makes it; "" for the module's default export. */
  readonly members: readonly string[];
  readonly name: string;
  /** What brings the `error` event about. */
  readonly cause: string;
}

const LOST = "a lost connection";
/**
 * Objects that emit `error` on their own account; without a listener the process ends. ioredis only logs, BullMQ catches its own, so both are
 * left alone. From each library's documentation.
 */
const EMITTERS: readonly Emitter[] = [
  { module: /^(?:redis|@redis\/client)$/, members: ["createClient", "createCluster"], name: "node-redis client", cause: LOST },
  { module: /^(?:pg|pg-pool)$/, members: ["Pool"], name: "pg client", cause: LOST },
  { module: /^pg$/, members: ["Client"], name: "pg client", cause: LOST },
  { module: /^ws$/, members: ["WebSocket", ""], name: "ws client", cause: LOST },
  { module: /^pg-boss$/, members: ["PgBoss", ""], name: "pg-boss client", cause: LOST },
  { module: /^ssh2$/, members: ["Client"], name: "SSH client", cause: "a refused or lost connection" },
  { module: /^mysql2?$/, members: ["createConnection"], name: "MySQL connection", cause: LOST },
  { module: /^redlock$/, members: ["Redlock", ""], name: "Redlock", cause: "a lock that cannot be extended" },
  { module: /^mqtt$/, members: ["connect"], name: "MQTT client", cause: LOST },
  { module: /^ldapjs$/, members: ["createClient"], name: "LDAP client", cause: "a refused or lost connection" },
  { module: /^imap$/, members: ["", "Imap"], name: "IMAP client", cause: "a refused or lost connection" },
  { module: /^tedious$/, members: ["Connection"], name: "SQL Server connection", cause: LOST },
  { module: /^http2$/, members: ["connect"], name: "HTTP/2 session", cause: LOST },
  { module: /^dgram$/, members: ["createSocket"], name: "UDP socket", cause: "a port in use or an unreachable host" },
  { module: /^chokidar$/, members: ["watch"], name: "file watcher", cause: "a folder that cannot be watched" },
  { module: /^amqplib$/, members: ["connect"], name: "AMQP connection", cause: LOST },
  {
    module: /^(?:net|tls)$/,
    members: ["connect", "createConnection", "Socket", "TLSSocket"],
    name: "socket",
    cause: "a refused or lost connection",
  },
  { module: /^(?:http|https)$/, members: ["get", "request"], name: "request", cause: "a refused or lost connection" },
  { module: /^request$/, members: ["get", ""], name: "request", cause: "a refused or lost connection" },
  { module: /^child_process$/, members: ["spawn", "fork"], name: "child process", cause: "a program that cannot be started or told" },
];
const NAMES =
  /^(?:create(?:Client|Cluster|Connection|Server|Socket)|connect|watch|on|once|spawn|fork|get|request|.*(?:Pool|Client|Socket|Server|Boss|Server|[Ii]map|[Rr]ed[Ll]ock|SSH|Ssh|Connection|WebSocket|WS|Ws))$/;

/** Node ends the process on an `error` event that nobody listens to. */
export const clientHasErrorListener: Rule = {
  id: "client-has-error-listener",
  requirement: "error-handling",
  severity: "advisory",
  title: "A long-lived client has an error listener",
  why: "Node ends the process when an emitter emits `error` and nobody listens: a restart of the database takes every instance down.",
  fix: 'Add `client.on("error", (error) => logger.error({ err: error }, ...))` where the client is made.',
  source: "https://nodejs.org/api/events.html#error-events",
  needsWholeFile: true,
  examples: {
    bad: `import { createClient } from "redis";
export const cache = createClient({ url: process.env.REDIS_URL });
`,
    good: `import { createClient } from "redis";
export const cache = createClient({ url: process.env.REDIS_URL });
cache.on("error", (error) => logger.error({ err: error }, "redis"));
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression],
    callees: NAMES,
    look: (node, file) => {
      if ((!isCallExpression(node) && !isNewExpression(node)) || !NAMES.test(calleeName(node))) return [];
      const socket = connectionSocketsOf(file).find(({ call }) => call === node);
      if (socket)
        return socketHas(socket, (method, event) => event === "error" && LISTENING.includes(method))
          ? []
          : [
              {
                node: socket.name,
                alsoTouches: [node.expression],
                message: `\`${socket.name.text}\` has no \`error\` listener: a client that resets its connection ends the process.`,
              },
            ];
      const origin = calleeOf(node, file);
      if (origin.module === null || origin.creation) return [];
      const made = origin.path.at(-1) ?? "";
      const emitter = EMITTERS.find((e) => e.module.test(origin.module ?? "") && e.members.includes(made));
      if (
        !emitter ||
        isAnsweredByCallback(node, emitter) ||
        (made === "" && isCallExpression(node) && emitter.name !== "request") ||
        listens(node, file) ||
        isBrief(node, file)
      )
        return [];
      return [{ node: node.expression, message: `This ${emitter.name} has no \`error\` listener: ${emitter.cause} ends the process.` }];
    },
  },
};

/** The `request` library hands errors to its callback; Node's own never does. */
function isAnsweredByCallback(node: ts.CallExpression | ts.NewExpression, emitter: Emitter): boolean {
  return (
    emitter.module.test("request") &&
    (isAwaitExpression(node.parent) ||
      (node.arguments?.some((a) => isFunction(unwrap(a)) || (isIdentifier(unwrap(a)) && /^(?:cb|callback|done|next)$/.test(a.getText()))) ??
        false))
  );
}

const LISTENING: readonly string[] = ["on", "once", "addListener", "prependListener"];

/** A listener chained on or added by the name that holds the client. One that is returned or handed on is somebody else's to hear. */
function listens(node: ts.CallExpression | ts.NewExpression, file: SourceFacts): boolean {
  const holder = holderOf(node);
  if (holder === null) return true;
  if (holder !== "" && isHandedBack(node, holder)) return true;
  return LISTENING.flatMap((name) => file.callsNamed(name)).some((call) => {
    const event = call.arguments[0];
    if (!event || (isStringLiteralLike(event) && event.text !== "error")) return false;
    const receiver = receiverOf(call);
    return receiver !== null && rootName(receiver, node) === holder && isSame(receiver, node);
  });
}

/** Returned by the function that made it: whoever asked for it listens. */
function isHandedBack(node: ts.Node, holder: string): boolean {
  const body = enclosingFunction(node)?.body;
  return body !== undefined && contains(body, (n) => isReturnStatement(n) && n.expression !== undefined && isMade(n.expression, holder));
}

/** The client itself, or an object with it in it. */
function isMade(returned: ts.Expression, holder: string): boolean {
  const e = unwrap(returned);
  if (isIdentifier(e)) return e.text === holder;
  return (
    isObjectLiteralExpression(e) &&
    e.properties.some((p) =>
      isShorthandPropertyAssignment(p)
        ? p.name.text === holder
        : isPropertyAssignment(p) && isIdentifier(p.initializer) && p.initializer.text === holder,
    )
  );
}

/** Two functions may each have a variable of this name. */
function isSame(receiver: ts.Expression, made: ts.Node): boolean {
  const e = rootOf(receiver);
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  return !declaration || !isVariableDeclaration(declaration) || !declaration.initializer || contains(declaration, (n) => n === made);
}

/** The variable or member that a new client is kept in, "" for none; null when it is returned, handed on, or heard in its own chain. */
function holderOf(node: ts.Node): string | null {
  let e: ts.Node = node;
  for (;;) {
    const up = e.parent;
    if (isPropertyAccessExpression(up) && isCallExpression(up.parent)) {
      const event = up.parent.arguments[0];
      if (/^(?:on|once|addListener)$/.test(up.name.text) && event && isStringLiteralLike(event) && event.text === "error") return null;
      e = up.parent;
    } else if (
      isAwaitExpression(up) ||
      isParenthesizedExpression(up) ||
      isAsExpression(up) ||
      isNonNullExpression(up) ||
      isBinaryExpression(up)
    ) {
      if (isBinaryExpression(up) && up.right === e && up.operatorToken.kind >= FirstAssignment && up.operatorToken.kind <= LastAssignment)
        return rootName(up.left, node);
      e = up;
    } else if (isVariableDeclaration(up) || isPropertyDeclaration(up))
      return isIdentifier(up.name) || isPrivateIdentifier(up.name) ? up.name.text : "";
    else return isExpressionStatement(up) ? "" : null;
  }
}

/** Where a chain of calls begins: `client` of `client.once(...).on`. */
function rootOf(expression: ts.Expression): ts.Node {
  let e: ts.Node = unwrap(expression);
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression)) e = unwrap(e.expression.expression);
  return e;
}

/** The last name of `client`, `this.client`, or of a chain of calls that begins there. */
function rootName(expression: ts.Expression, made: ts.Node): string {
  const e = rootOf(expression);
  if (e === made) return "";
  if (isIdentifier(e)) return e.text;
  return isPropertyAccessExpression(e) ? e.name.text : "";
}

/** Opened and closed by the same function, which waits for both: what fails in between rejects there. */
function isBrief(node: ts.Node, file: SourceFacts): boolean {
  const holder = holderOf(node);
  const around = enclosingFunction(node);
  if (!holder || !around?.body) return false;
  return contains(
    around.body,
    (n) =>
      isAwaitExpression(n) &&
      new RegExp(`^${holder.replaceAll("$", "\\$")}\\.(?:end|quit|disconnect|close)\\(`).test(n.expression.getText(file.sourceFile)),
  );
}
