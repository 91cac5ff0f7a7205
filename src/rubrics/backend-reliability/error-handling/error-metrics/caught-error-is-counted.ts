import { ts } from "ts-morph";
import { isCallExpression, isCatchClause } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { errorReceiverOf, treatmentOf } from "../../../syntax/catches.ts";
import { contains, enclosingFunction, functionName, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { isRequestHandler } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { CallExpression } = ts.SyntaxKind;

/** Calls that make a failure countable: an error tracker, a counter, a span marked as failed. */
const COUNTS =
  /^(?:captureException|captureError|reportError|report\w*Error|notifyError|trackError|trackException|recordException|recordError|noticeError|addError|countError|cronFailed|jobFailed)$/;
const METRIC_RECEIVER = /(?:err|fail)\w*(?:counter|total|metric)|(?:counter|metrics?|statsd)\b/i;

/** A handler's catch that only logs where the catches beside it count. */
export const caughtErrorIsCounted: Rule = {
  id: "caught-error-is-counted",
  requirement: "error-metrics",
  severity: "advisory",
  title: "A caught error is counted where its neighbours are",
  why: "An alert fires on a rate: a failure that is only printed raises none, and the job that fails every night is noticed after a month.",
  fix: "Report it like the other handlers here do: the error counter, the error tracker, or the span's `recordException`.",
  source: "https://sre.google/sre-book/monitoring-distributed-systems/",
  needsWholeFile: true,
  examples: {
    bad: `import * as Sentry from "@sentry/node";
app.get("/jobs/digest", async (req, res) => {
  try {
    await sendDigest();
  } catch (error) {
    Sentry.captureException(error);
    res.sendStatus(500);
  }
});
app.get("/jobs/reminders", async (req, res) => {
  try {
    await sendReminders();
  } catch (error) {
    logger.error(error);
    res.sendStatus(500);
  }
});
`,
    good: `import * as Sentry from "@sentry/node";
app.get("/jobs/digest", async (req, res) => {
  try {
    await sendDigest();
  } catch (error) {
    Sentry.captureException(error);
    res.sendStatus(500);
  }
});
app.get("/jobs/reminders", async (req, res) => {
  try {
    await sendReminders();
  } catch (error) {
    Sentry.captureException(error);
    res.sendStatus(500);
  }
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CatchClause],
    look: (node, file) => {
      if (!isCatchClause(node)) return [];
      const around = enclosingFunction(node);
      const receiver = errorReceiverOf(node);
      if (!around || !receiver || !(isRequestHandler(around, file) || isNamedEntry(around))) return [];
      const treatment = treatmentOf(receiver, file);
      const loud = treatment.logs.find((log) => /error|fatal|critical/.test(calleeName(log)));
      if (treatment.rethrows || !loud) return [];
      if (countsIn(node.block, file) || countsIn(around, file)) return [];
      const neighbour = neighbourOf(around, file);
      if (!neighbour) return [];
      return [
        {
          node: loud,
          alsoTouches: [node],
          message: `This failure is only logged; \`${neighbour}\` in this file reports its own, so that they can be counted.`,
        },
      ];
    },
  },
};

/** A consumer's or a job's function by its name: where an error ends its way. */
function isNamedEntry(fn: FunctionWithBody): boolean {
  return /^(?:handle|process|run|on)[A-Z]/.test(functionName(fn));
}

function counting(node: ts.Node, file: SourceFacts): boolean {
  if (!isCallExpression(node)) return false;
  const name = calleeName(node);
  if (COUNTS.test(name)) return true;
  return /^(?:inc|increment|add|count)$/.test(name) && METRIC_RECEIVER.test(receiverOf(node)?.getText(file.sourceFile).slice(-60) ?? "");
}

function countsIn(root: ts.Node, file: SourceFacts): boolean {
  return contains(root, (n) => counting(n, file), true);
}

/** The name of a call in another handler of the file that reports a failure; null when there is none. */
function neighbourOf(around: FunctionWithBody, file: SourceFacts): string | null {
  for (const call of file.nodes(CallExpression)) {
    if (!isCallExpression(call) || !counting(call, file)) continue;
    const entry = entryAround(call, file);
    if (entry && entry !== entryAround(around, file) && entry !== around)
      return call.expression.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60);
  }
  return null;
}

/** The request's handler around a node, or the outermost function that is one. */
function entryAround(node: ts.Node, file: SourceFacts): FunctionWithBody | null {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (isRequestHandler(fn, file) || isNamedEntry(fn)) return fn;
  return null;
}
