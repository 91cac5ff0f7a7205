import type { Rule } from "../../rule.ts";
import { instrumentationLoadsFirst } from "./distributed-tracing/instrumentation-loads-first.ts";
import { messageContinuesTheTrace } from "./distributed-tracing/message-continues-the-trace.ts";
import { spanIsEnded } from "./distributed-tracing/span-is-ended.ts";
import { metricLabelsAreBounded } from "./key-metrics/metric-labels-are-bounded.ts";
import { serverHasMetrics } from "./key-metrics/server-has-metrics.ts";
import { caughtErrorIsLoggedAtError } from "./log-levels/caught-error-is-logged-at-error.ts";
import { errorLogTellsOfAnError } from "./log-levels/error-log-tells-of-an-error.ts";
import { expectedConditionIsNotAnErrorLog } from "./log-levels/expected-condition-is-not-an-error-log.ts";

/** Rules of this section, by requirement in reading order. */
export const observabilityRules: readonly Rule[] = [
  caughtErrorIsLoggedAtError,
  expectedConditionIsNotAnErrorLog,
  errorLogTellsOfAnError,
  metricLabelsAreBounded,
  serverHasMetrics,
  instrumentationLoadsFirst,
  messageContinuesTheTrace,
  spanIsEnded,
];
