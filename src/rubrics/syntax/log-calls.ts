import type { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isPropertyAccessExpression } from "./guards.ts";
import { unwrap } from "./functions.ts";
import { mayComeFrom } from "./module-reach.ts";
import { callsLike } from "./named-calls.ts";
import { originOf } from "./origin.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal";

/** A line written to a log. */
export interface LogCall {
  readonly node: ts.CallExpression;
  readonly sink: "console" | "logger";
  readonly level: LogLevel;
  readonly args: readonly ts.Expression[];
}

const LEVELS: Readonly<Record<string, LogLevel>> = {
  trace: "trace",
  silly: "trace",
  verbose: "debug",
  debug: "debug",
  log: "info",
  info: "info",
  http: "info",
  notice: "info",
  table: "info",
  dir: "info",
  warn: "warn",
  warning: "warn",
  error: "error",
  fatal: "fatal",
  critical: "fatal",
  emerg: "fatal",
};
/** Methods that write a log line, for `callees`. */
export const LOG_METHODS: readonly string[] = Object.keys(LEVELS);

const LOGGER_MODULES =
  /^(?:pino|winston|bunyan|log4js|loglevel|signale|consola|tslog|roarr|@nestjs\/common|nestjs-pino|@logtape\/logtape|tslog|npmlog|@google-cloud\/logging\S*)$/;
const LOGGER_NAME = /^_?(?:log|logger|logging|\w*[lL]ogger|LOGGER|LOG|Logger|\w+Log)$/;

/** Reads a call as a log line, through the console or a logger (by module, or by the name a logger has); null when it is none. */
export function logCallOf(node: ts.Node, file: SourceFacts): LogCall | null {
  if (!isCallExpression(node)) return null;
  if (isIdentifier(node.expression)) return logFunctionCall(node, node.expression, file);
  if (!isPropertyAccessExpression(node.expression)) return null;
  const level = LEVELS[node.expression.name.text];
  if (!level) return null;
  const receiver = unwrap(node.expression.expression);
  if (isIdentifier(receiver) && receiver.text === "console") return { node, sink: "console", level, args: node.arguments };
  return isLogger(receiver, file) ? { node, sink: "logger", level, args: node.arguments } : null;
}

/** `log(...)` made by the `debug` package, and `error(...)` imported from a module that is called a logger. */
function logFunctionCall(node: ts.CallExpression, callee: ts.Identifier, file: SourceFacts): LogCall | null {
  const level = LEVELS[callee.text];
  if (!level) return null;
  const from = file.imports.get(callee.text)?.from;
  const isLog =
    from === undefined
      ? mayUseDebug(file) && originOf(callee, file).module === "debug"
      : /(?:^|[/-])(?:log|logger|logging)(?:\.[cm]?[jt]s)?$/i.test(from);
  return isLog ? { node, sink: "logger", level, args: node.arguments } : null;
}

const mayUseDebug = perFile((file) => mayComeFrom(file, (module) => module === "debug"));

/** true for an expression that is a logger: by its module, or by its name (`logger`, `this.logger`, `req.log`, `fastify.log`, `getLogger()`). */
function isLogger(node: ts.Node, file: SourceFacts): boolean {
  const e = unwrap(node);
  const name = isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "";
  if (LOGGER_NAME.test(name)) return true;
  if (isCallExpression(e)) {
    const made = isIdentifier(e.expression) ? e.expression.text : isPropertyAccessExpression(e.expression) ? e.expression.name.text : "";
    if (made === "child" || made === "with") return isPropertyAccessExpression(e.expression) && isLogger(e.expression.expression, file);
    return /^(?:get|create|use|make)?\w*Logger$|^getLog$/.test(made);
  }
  const origin = originOf(e, file);
  return (
    origin.module !== null && LOGGER_MODULES.test(origin.module) && (origin.module !== "@nestjs/common" || origin.path[0] === "Logger")
  );
}

const callsOfLogMethods = callsLike(LOG_METHODS);
const NO_LOG_CALLS: readonly LogCall[] = [];

/** Every log line of the file, in source order within each method. */
export const logCallsOf = perFile((file): readonly LogCall[] => {
  if (callsOfLogMethods(file).length === 0) return NO_LOG_CALLS;
  return LOG_METHODS.flatMap((method) => file.callsNamed(method)).flatMap((node) => logCallOf(node, file) ?? []);
});

/** true when the file has a logger at hand: it imports one, or already logs through one. */
export function hasLogger(file: SourceFacts): boolean {
  for (const [local, imported] of file.imports)
    if (LOGGER_MODULES.test(imported.from) ? imported.from !== "@nestjs/common" || imported.name === "Logger" : LOGGER_NAME.test(local))
      return true;
  return logCallsOf(file).some((call) => call.sink === "logger");
}
