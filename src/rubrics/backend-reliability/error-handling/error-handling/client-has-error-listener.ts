import { ts } from "ts-morph";
import { isAwaitExpression, isCallExpression, isIdentifier, isNewExpression } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { connectionSocketsOf, socketHas } from "../../../syntax/connection-sockets.ts";
import { EMITTER_NAMES, ERROR_EMITTERS, type Emitter } from "../../../syntax/error-emitters.ts";
import { isBrief, LISTENING, listens } from "../../../syntax/error-listeners.ts";
import { isFunction, unwrap } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";

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
    callees: EMITTER_NAMES,
    look: (node, file) => {
      if ((!isCallExpression(node) && !isNewExpression(node)) || !EMITTER_NAMES.test(calleeName(node))) return [];
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
      const emitter = ERROR_EMITTERS.find((e) => e.module.test(origin.module ?? "") && e.members.includes(made));
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
