import { ts } from "ts-morph";
import { isBlock, isCallExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { hasRejectionHandler } from "../../../syntax/catches.ts";
import { calledFunction, calleeText, neverRejects, unguardedAwaits } from "../../../syntax/async-calls.ts";
import { functionOf, unwrap, type FunctionWithBody, isPromiseFunction } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const TIMERS = new Set(["setInterval", "setTimeout", "setImmediate"]);
const LISTENERS = new Set(["on", "once", "addListener", "addEventListener", "prependListener"]);
const EMITTER_MODULES =
  /^(?:events|ws|http|https|net|socket\.io|ioredis|redis|amqplib|chokidar|mqtt|stream|fs|child_process|worker_threads|eventemitter[23]|kafkajs|pg)$/;
/** Emitters that wait for async listeners and handle their rejections. */
const WAITING_MODULES =
  /^(?:emittery|probot|@octokit\/webhooks|@slack\/bolt|discord\.js|telegraf|grammy|puppeteer|playwright|fastify|amqplib-rpc|@nestjs\/)/;

/** An async function given to an event emitter or a timer: nobody has its promise, so it must catch what it throws. */
export const callbackErrorsAreCaught: Rule = {
  id: "callback-errors-are-caught",
  requirement: "error-handling",
  severity: "blocking",
  title: "An async listener or timer catches its own errors",
  why: "Emitters and timers ignore the promise of an async callback: one rejection ends the process, or silently stops the recurring work.",
  fix: "Wrap the body in try/catch and log, or give the callback a `.catch(...)`.",
  source: "https://nodejs.org/api/events.html#capture-rejections-of-promises",
  examples: {
    bad: `export function start(queue) {
  setInterval(async () => {
    await queue.sweep();
  }, 60_000);
}
`,
    good: `export function start(queue) {
  setInterval(async () => {
    try {
      await queue.sweep();
    } catch (error) {
      logger.error({ err: error }, "sweep failed");
    }
  }, 60_000);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: [...TIMERS, ...LISTENERS],
    look: (node, file) => (isCallExpression(node) ? lookAtCall(node, file) : []),
  },
};

function lookAtCall(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const name = calleeName(call);
  if (TIMERS.has(name) && receiverOf(call) === null)
    return unguarded(call, call.arguments[0], "blocking", `\`${name}\` ignores the promise of its async callback`, file);
  const module = calleeOf(call, file).module ?? "";
  if (!LISTENERS.has(name) || call.arguments.length < 2 || WAITING_MODULES.test(module) || isRejectionCapturing(file)) return [];
  if (/^(?:SIG|exit$|beforeExit$|uncaught|unhandled)/.test(stringOf(call.arguments[0]) ?? "")) return [];
  const severity = EMITTER_MODULES.test(module) ? "blocking" : "advisory";
  return unguarded(call, call.arguments.at(-1), severity, `\`${calleeText(call, file)}\` ignores the promise of its async listener`, file);
}

function unguarded(
  call: ts.CallExpression,
  callback: ts.Node | undefined,
  severity: "blocking" | "advisory",
  what: string,
  file: SourceFacts,
): readonly Problem[] {
  const fn = callbackFunction(callback, file);
  if (!fn?.body || !isPromiseFunction(fn) || neverRejects(fn, file)) return [];
  const [first, ...others] = unguardedAwaits(fn.body);
  if (!first || !callback || fn.getSourceFile() !== file.sourceFile) return [];
  const isInline = unwrap(callback) === fn;
  return [
    {
      node: isInline ? call.expression : first,
      alsoTouches: [isInline ? first : call.expression, ...others],
      severity,
      message: `${what}: what it throws is an unhandled rejection.`,
    },
  ];
}

/** The function whose rejection nobody hears: the callback itself, or the one that a short `() => work()` only calls. */
function callbackFunction(callback: ts.Node | undefined, file: SourceFacts): FunctionWithBody | null {
  if (!callback) return null;
  const fn = functionOf(unwrap(callback));
  if (!fn?.body || isBlock(fn.body)) return fn;
  const call = unwrap(fn.body);
  return isCallExpression(call) && !hasRejectionHandler(call) ? (calledFunction(call, file) ?? fn) : fn;
}

function isRejectionCapturing(file: SourceFacts): boolean {
  return /captureRejections\s*[:=]\s*true/.test(file.text);
}
