import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { hasLogger, logCallsOf } from "../../../syntax/log-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** console in server code: no level that can be filtered, no fields, no correlation ID. Said once a file, on each line where a logger is at hand. */
export const backendLogsThroughALogger: Rule = {
  id: "backend-logs-through-a-logger",
  requirement: "structured-logging",
  severity: "advisory",
  title: "Server code logs through a logger",
  why: "A console line has no level, no fields and no correlation ID: it cannot be searched, filtered or tied to a request.",
  fix: 'Log through the application\'s logger with fields: `logger.error({ err, orderId }, "payment failed")`.',
  source: "https://12factor.net/logs and https://getpino.io",
  examples: {
    bad: `import { orders } from "./orders.ts";
export async function expire() {
  const n = await orders.expire();
  console.log("expired " + n);
}
`,
    good: `import { logger } from "./logger.ts";
import { orders } from "./orders.ts";
export async function expire() {
  const expired = await orders.expire();
  logger.info({ expired }, "orders expired");
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: ["console"],
    look: (_node, file) => {
      const calls = consoleCalls(file);
      const [first, ...others] = calls;
      if (!first || isTheLogger(file)) return [];
      if (hasLogger(file))
        return calls.map((call) => ({
          node: call,
          message: `\`${calleeText(call, file)}\` beside a logger: this line has no level, fields or correlation ID.`,
        }));
      const more = others.length === 0 ? "" : ` (and ${others.length} more in this file)`;
      return [
        {
          node: first,
          alsoTouches: others,
          message: `\`${calleeText(first, file)}\` in server code${more}: no level, fields or correlation ID.`,
        },
      ];
    },
  },
};

function consoleCalls(file: SourceFacts): readonly ts.CallExpression[] {
  return logCallsOf(file)
    .filter((call) => call.sink === "console")
    .map((call) => call.node)
    .toSorted((a, b) => a.pos - b.pos);
}

const LOGGING: ReadonlySet<string> = new Set(
  "log logs logger loggers logging console tracing telemetry cli repl instrumentation env environment config".split(" "),
);

/** The file that makes the logger may end in the console, as may migrations and commands, which people run and watch. */
function isTheLogger(file: SourceFacts): boolean {
  if (/(?:^|\/)(?:migrations?|commands?|cli(?:[-_][^/]*)?)\//i.test(file.path)) return true;
  const name = file.path.slice(file.path.lastIndexOf("/") + 1).replace(/\.[cm]?[jt]sx?$/, "");
  return name
    .replace(/([a-z])(?=[A-Z])/g, "$1 ")
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => LOGGING.has(word));
}
