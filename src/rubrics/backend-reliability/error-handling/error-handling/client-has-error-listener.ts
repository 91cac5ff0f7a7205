import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Clients that emit `error` for a lost connection; without a listener the process ends. ioredis only logs, so it is left alone. */
const EMITTERS: readonly { readonly module: RegExp; readonly member: string; readonly isNew: boolean; readonly name: string }[] = [
  { module: /^(?:redis|@redis\/client)$/, member: "createClient", isNew: false, name: "node-redis" },
  { module: /^(?:redis|@redis\/client)$/, member: "createCluster", isNew: false, name: "node-redis" },
  { module: /^(?:pg|pg-pool)$/, member: "Pool", isNew: true, name: "pg" },
  { module: /^ws$/, member: "WebSocketServer", isNew: true, name: "ws" },
  { module: /^pg-boss$/, member: "PgBoss", isNew: true, name: "pg-boss" },
];

/** Node ends the process on an `error` event that nobody listens to. */
export const clientHasErrorListener: Rule = {
  id: "client-has-error-listener",
  requirement: "error-handling",
  severity: "advisory",
  title: "A long-lived client has an error listener",
  why: "The client emits `error` when an idle connection is lost; with no listener, Node ends the process.",
  fix: 'Add `client.on("error", (error) => logger.error({ err: error }, "..."))` where the client is made.',
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
    look: (node, file) => {
      if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
      if (ts.isCallExpression(node) && !/^create(?:Client|Cluster)$/.test(calleeName(node))) return [];
      if (ts.isNewExpression(node) && !/pool|boss|WebSocketServer/i.test(calleeName(node))) return [];
      const origin = calleeOf(node, file);
      const emitter = EMITTERS.find(
        (e) =>
          e.isNew === ts.isNewExpression(node) &&
          e.module.test(origin.module ?? "") &&
          (origin.path.at(-1) === e.member || (e.name === "pg-boss" && origin.path.length === 0)),
      );
      if (!emitter || listens(node, file)) return [];
      return [
        { node: node.expression, message: `This ${emitter.name} client has no \`error\` listener: a lost connection ends the process.` },
      ];
    },
  },
};

/** A listener chained on, or any `on("error")` in the file: one is taken to be this client's. */
function listens(node: ts.Node, file: SourceFacts): boolean {
  const parent = node.parent;
  if (ts.isReturnStatement(parent) || ts.isCallExpression(parent)) return true;
  return file.nodes(ts.SyntaxKind.CallExpression).some((call) => {
    if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return false;
    const event = call.arguments[0] && unwrap(call.arguments[0]);
    return (
      /^(?:on|once|addListener)$/.test(call.expression.name.text) &&
      event !== undefined &&
      ts.isStringLiteralLike(event) &&
      event.text === "error"
    );
  });
}
