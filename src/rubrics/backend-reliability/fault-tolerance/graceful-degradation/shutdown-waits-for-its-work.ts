import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { functionName, functionOf, isFunction, unwrap, walk, type FunctionWithBody } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const HOOKS = ["addHook", "on", "once"];
const REGISTRARS = ["onShutdown", "closeWithGrace", "onExit", "addShutdownHook", "registerShutdownHook", "onStop"];
/** Methods that a framework calls before the process ends. */
const ENDINGS = ["onModuleDestroy", "onApplicationShutdown", "beforeApplicationShutdown", "destroy", "shutdown", "dispose"];
const CLOSERS = new Set(["end", "quit", "disconnect", "close", "drain", "stop", "shutdown", "destroy", "$disconnect", "flush"]);
const CLIENT =
  /(?:pool|prisma|db|database|redis|client|connection|connections|queue|queues|worker|workers|producer|consumer|boss|mongo|mongoose|kafka|channel|knex|sequelize|datasource|publisher|subscriber|broker)$/i;

/** A shutdown hook that begins to close connections and does not wait: work in flight is cut off. */
export const shutdownWaitsForItsWork: Rule = {
  id: "shutdown-waits-for-its-work",
  requirement: "graceful-degradation",
  severity: "advisory",
  title: "A shutdown waits until connections and workers are closed",
  why: "A hook that does not wait lets the process end while queries, jobs and messages are half done.",
  fix: "Make the hook async and `await` each close; let workers finish their current job (`close`, not `disconnect`).",
  source: "https://nodejs.org/api/process.html#signal-events",
  examples: {
    bad: `import fp from "fastify-plugin";
export default fp(async (fastify) => {
  fastify.addHook("onClose", () => {
    pool.end();
  });
});
`,
    good: `import fp from "fastify-plugin";
export default fp(async (fastify) => {
  fastify.addHook("onClose", async () => {
    await pool.end();
  });
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.MethodDeclaration],
    callees: [...HOOKS, ...REGISTRARS, "disconnect"],
    words: [...HOOKS, ...REGISTRARS, "disconnect", ...ENDINGS],
    look: (node, file) => {
      if (isMethodDeclaration(node)) return ENDINGS.includes(functionName(node)) ? unwaited(node, file) : [];
      if (!isCallExpression(node)) return [];
      const fn = hookFunction(node);
      return fn ? unwaited(fn, file) : [...cutOff(node, file)];
    },
  },
};

/** The function given to `addHook("onClose")`, `process.on("SIGTERM")`, `onShutdown`, or a close-with-grace library. */
function hookFunction(call: ts.CallExpression): FunctionWithBody | null {
  const name = calleeName(call);
  const event = stringOf(call.arguments[0]);
  const isHook = name === "addHook" && (event === "onClose" || event === "preClose");
  const isSignal = (name === "on" || name === "once") && /^SIG(?:TERM|INT)$/.test(event ?? "");
  const isRegistered = REGISTRARS.includes(name);
  return isHook || isSignal || isRegistered ? functionOf(call.arguments.at(-1)) : null;
}

function unwaited(fn: FunctionWithBody, file: SourceFacts): readonly Problem[] {
  if (!fn.body || !isBlock(fn.body)) return [];
  const found: Problem[] = [];
  walk(fn.body, (node) => {
    if (!isExpressionStatement(node)) return;
    const call = unwrap(node.expression);
    if (isAwaitExpression(node.expression) || !isCallExpression(call) || !isClientClose(call)) return;
    found.push({
      node: call,
      alsoTouches: isFunction(fn) ? [fn.parameters[0] ?? call] : [],
      message: `\`${calleeText(call, file)}(...)\` is not waited for: the process may end before it is done.`,
    });
  });
  return found;
}

/** A close of a client whose close gives a promise. Servers and timers take callbacks, so a callback argument is a wait. */
function isClientClose(call: ts.CallExpression): boolean {
  const receiver = receiverOf(call);
  if (!receiver || !CLOSERS.has(calleeName(call)) || call.arguments.some((a) => isFunction(unwrap(a)))) return false;
  const e = unwrap(receiver);
  const name = isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "";
  // ioredis drops the connection at once and gives no promise.
  return CLIENT.test(name) && !(calleeName(call) === "disconnect" && /redis/i.test(name));
}

/** BullMQ's `disconnect` drops the connection under running jobs; `close` lets them finish. */
function* cutOff(call: ts.CallExpression, file: SourceFacts): Iterable<Problem> {
  if (calleeName(call) !== "disconnect") return;
  const origin = calleeOf(call, file);
  const isBull = origin.module === "bullmq" && /^(?:Queue|Worker)$/.test(origin.path[0] ?? "") && origin.path.at(-1) === "disconnect";
  if (isBull)
    yield {
      node: call.expression,
      message: `\`${calleeText(call, file)}()\` drops the connection under running jobs; \`close()\` lets them finish.`,
    };
}
