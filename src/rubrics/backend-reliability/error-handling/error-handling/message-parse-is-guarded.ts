import { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isParameter } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { enclosingTry } from "../../../syntax/catches.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { consumersOf } from "../../../syntax/consumers.ts";
import { contains, enclosingFunction, functionOf, isAsync, isFunction, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** `JSON.parse` of what came over a socket or from a queue, with nothing to catch a text that is no JSON. */
export const messageParseIsGuarded: Rule = {
  id: "message-parse-is-guarded",
  requirement: "error-handling",
  severity: "blocking",
  title: "A message that is no JSON does not end the process or block the queue",
  why: "A listener's exception ends the process, and a consumer's sends the same message round for ever: one broken text is enough.",
  fix: "Parse inside a try, answer or log the broken message, and drop it or send it to the dead letters.",
  source: "https://nodejs.org/api/events.html#error-events",
  examples: {
    bad: `import { WebSocketServer } from "ws";
const sockets = new WebSocketServer({ port: 8080 });
sockets.on("connection", (socket) => {
  socket.on("message", (data) => {
    const order = JSON.parse(data.toString());
    book(order);
  });
});
`,
    good: `import { WebSocketServer } from "ws";
const sockets = new WebSocketServer({ port: 8080 });
sockets.on("connection", (socket) => {
  socket.on("message", (data) => {
    try {
      book(JSON.parse(data.toString()));
    } catch (error) {
      logger.warn({ err: error }, "message is no order");
      socket.close(1003);
    }
  });
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["parse"],
    look: (node, file) => {
      if (!isCallExpression(node) || node.expression.getText(file.sourceFile) !== "JSON.parse" || isCaught(node)) return [];
      const handler = enclosingFunction(node);
      if (!handler) return [];
      const end = endOfAnswer(handler, file);
      if (end)
        return [
          {
            node,
            severity: end,
            message: "An answer that is no JSON throws here, in a listener: no promise around it is rejected, the process ends.",
          },
        ];
      if (!isOfParameter(node, handler)) return [];
      if (isErrorFirst(handler, file))
        return [
          {
            node,
            severity: "advisory",
            message: "What came is no JSON when the other side fails, and this throws in a callback: nobody catches it, the process ends.",
          },
        ];
      const listener = listenerOf(handler, file);
      if (listener)
        return [{ node, severity: listener, message: "A message that is no JSON throws here, in a listener: nobody catches it." }];
      const isConsumed = consumersOf(file).some(
        (consumer) => consumer.system === "amqp" && consumer.handler !== null && functionOf(consumer.handler) === handler,
      );
      return isConsumed
        ? [
            {
              node,
              severity: "advisory",
              message: "A message that is no JSON throws here: it is neither acknowledged nor set aside, and nothing here catches it.",
            },
          ]
        : [];
    },
  },
};

/** A listener for the end of an answer or of a child's output, where what came is put together; null when the function is none. */
function endOfAnswer(handler: FunctionWithBody, file: SourceFacts): "blocking" | "advisory" | null {
  const call = handler.parent;
  if (!isCallExpression(call) || !/^(?:on|once)$/.test(calleeName(call)) || !/^(?:end|close)$/.test(stringOf(call.arguments[0]) ?? ""))
    return null;
  if (handler.parameters.length > 1 || isAsync(handler)) return null;
  const receiver = receiverOf(call);
  const e = receiver ? unwrap(receiver) : null;
  const answers = e && isIdentifier(e) ? declarationOf(e) : null;
  const request = answers && isParameter(answers) && isFunction(answers.parent) ? answers.parent.parent : null;
  if (request && isCallExpression(request) && /^https?$/.test(calleeOf(request, file).module ?? "")) return "blocking";
  return e && isIdentifier(e) && /^(?:res|response|resp|proc|child|process|stdout|ffprobe|cmd|command)$/i.test(e.text) ? "advisory" : null;
}

const OUTSIDE = /^(?:child_process|request|needle|superagent|http|https|redis|ioredis|memcached|dgram)$/;

/** `(error, answer) => ...` given to a call that asks another process or machine. */
function isErrorFirst(handler: FunctionWithBody, file: SourceFacts): boolean {
  const call = handler.parent;
  const [first] = handler.parameters;
  if (!isCallExpression(call) || call.arguments.at(-1) !== handler || handler.parameters.length < 2 || isAsync(handler)) return false;
  if (!first || !/^_?(?:e|err|error)$/i.test(first.name.getText(file.sourceFile))) return false;
  return OUTSIDE.test(calleeOf(call, file).module ?? "");
}

function isCaught(node: ts.Node): boolean {
  for (let up: ts.Node | undefined = node; up && !isFunction(up); up = up.parent) if (enclosingTry(up)?.catchClause) return true;
  return false;
}

/** What is parsed is made of the handler's own parameters: the message. */
function isOfParameter(call: ts.CallExpression, handler: FunctionWithBody): boolean {
  const names = new Set(handler.parameters.flatMap((p) => (isIdentifier(p.name) ? [p.name.text] : [])));
  const text = call.arguments[0];
  return text !== undefined && contains(text, (n) => isIdentifier(n) && names.has(n.text), true);
}

/** Modules whose `message` listeners are called as they are; what they throw ends the process. */
const EMITTERS = /^(?:ws|redis|@redis\/client|ioredis|mqtt|dgram|net|worker_threads|child_process|@google-cloud\/pubsub|pg)$/;

/** How sure it is that the function is a listener for messages from outside: null when it is none. */
function listenerOf(handler: FunctionWithBody, file: SourceFacts): "blocking" | "advisory" | null {
  const call = handler.parent;
  if (!isCallExpression(call) || !/^(?:on|addListener|addEventListener)$/.test(calleeName(call))) return null;
  if (!/^(?:message|pmessage|messageBuffer|notification)$/.test(stringOf(call.arguments[0]) ?? "")) return null;
  if (EMITTERS.test(calleeOf(call, file).module ?? "")) return isAsync(handler) ? "advisory" : "blocking";
  const receiver = receiverOf(call);
  const name = receiver ? unwrap(receiver).getText(file.sourceFile) : "";
  return /(?:^|\.)(?:ws|socket|webSocket|websocket|subscriber|sub|redis\w*|client|connection)$/i.test(name) && file.role === "server"
    ? "advisory"
    : null;
}
