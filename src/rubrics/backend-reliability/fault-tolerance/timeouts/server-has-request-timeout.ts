import { ts } from "ts-morph";
import { isBinaryExpression, isCallExpression, isPropertyAccessExpression, isSourceFile } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { connectionSocketsOf, socketHas, type ConnectionSocket } from "../../../syntax/connection-sockets.ts";
import { numberOf } from "../../../syntax/literals.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { serverStartsOf } from "../../../syntax/servers.ts";

const { EqualsToken } = ts.SyntaxKind;

/** Node bounds requests by itself (300 s); Fastify and an explicit 0 switch that off. */
export const serverHasRequestTimeout: Rule = {
  id: "server-has-request-timeout",
  requirement: "timeouts",
  severity: "advisory",
  title: "A server bounds how long a request may take to arrive",
  why: "Without it a slow or hostile client holds a connection for ever by sending one byte at a time.",
  fix: "Set `requestTimeout` (and keep `headersTimeout`): `fastify({ requestTimeout: 30_000 })`, `server.requestTimeout = 30_000`.",
  source: "https://fastify.dev/docs/latest/Reference/Server/#requesttimeout and https://nodejs.org/api/http.html#serverrequesttimeout",
  examples: {
    bad: `import fastify from "fastify";
const app = fastify({ logger: true });
await app.listen({ port: 3000 });
`,
    good: `import fastify from "fastify";
const app = fastify({ logger: true, requestTimeout: 30_000 });
await app.listen({ port: 3000 });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile, ts.SyntaxKind.CallExpression, ts.SyntaxKind.BinaryExpression],
    words: [
      "fastify",
      "Fastify",
      "requestTimeout",
      "headersTimeout",
      "createServer",
      "Server",
      "connection",
      "secureConnection",
      "net",
      "tls",
      "on",
      "once",
    ],
    look: (node, file) => {
      if (isSourceFile(node)) return connectionSocketsOf(file).flatMap(idleSocket);
      if (isBinaryExpression(node)) {
        if (node.operatorToken.kind !== EqualsToken || !isPropertyAccessExpression(node.left)) return [];
        const name = node.left.name.text;
        return /^(?:requestTimeout|headersTimeout)$/.test(name) && numberOf(node.right) === 0
          ? [{ node, message: `\`${name} = 0\` lets a client take for ever to send a request.` }]
          : [];
      }
      if (!isCallExpression(node) || !/^fastify$/i.test(calleeName(node) || "fastify")) return [];
      const origin = calleeOf(node, file);
      if (
        origin.module !== "fastify" ||
        origin.creation ||
        !(origin.path.length === 0 || ["fastify", "Fastify"].includes(origin.path[0] ?? "")) ||
        serverStartsOf(file).length === 0
      )
        return [];
      const answer = propertyOf(node.arguments[0], "requestTimeout", "connectionTimeout", "serverFactory");
      if (answer.state === "unknown" || (answer.state === "present" && numberOf(answer.value) !== 0)) return [];
      return [
        {
          node: node.expression,
          alsoTouches: node.arguments.slice(0, 1),
          message: "Fastify's `requestTimeout` is 0 unless set: a client may take for ever to send a request.",
        },
      ];
    },
  },
};

/** A socket of a plain TCP server that may say nothing for ever. */
function idleSocket(socket: ConnectionSocket): readonly Problem[] {
  if (socketHas(socket, (method) => method === "setTimeout")) return [];
  return [
    {
      node: socket.name,
      alsoTouches: [socket.call.expression],
      message: `\`${socket.name.text}\` has no timeout: a client that connects and says nothing keeps its connection for ever.`,
      fix: "Call `socket.setTimeout(ms, () => socket.destroy())` where the connection is accepted.",
    },
  ];
}
