import type { Rule } from "../../rule.ts";
import { breakerHasFallback } from "./circuit-breaker/breaker-has-fallback.ts";
import { outboundCallHasBreakerOrRetry } from "./circuit-breaker/outbound-call-has-breaker-or-retry.ts";
import { fallbackIsKept } from "./graceful-degradation/fallback-is-kept.ts";
import { independentCallsFailAlone } from "./graceful-degradation/independent-calls-fail-alone.ts";
import { intervalDoesNotOverlap } from "./graceful-degradation/interval-does-not-overlap.ts";
import { shutdownWaitsForItsWork } from "./graceful-degradation/shutdown-waits-for-its-work.ts";
import { processHandlesSigterm } from "./health-checks/process-handles-sigterm.ts";
import { serverHasHealthRoute } from "./health-checks/server-has-health-route.ts";
import { terminationSignalIsKept } from "./health-checks/termination-signal-is-kept.ts";
import { jobHasRetries } from "./retry-backoff/job-has-retries.ts";
import { messageIsAcknowledgedAfterItsWork } from "./retry-backoff/message-is-acknowledged-after-its-work.ts";
import { retriedCallIsIdempotent } from "./retry-backoff/retried-call-is-idempotent.ts";
import { retryHasALimit } from "./retry-backoff/retry-has-a-limit.ts";
import { retryWaitsBetweenAttempts } from "./retry-backoff/retry-waits-between-attempts.ts";
import { abortSignalIsPassed } from "./timeouts/abort-signal-is-passed.ts";
import { databaseClientHasTimeout } from "./timeouts/database-client-has-timeout.ts";
import { httpCallHasTimeout } from "./timeouts/http-call-has-timeout.ts";
import { httpClientHasTimeout } from "./timeouts/http-client-has-timeout.ts";
import { serverHasRequestTimeout } from "./timeouts/server-has-request-timeout.ts";
import { timeoutIsKept } from "./timeouts/timeout-is-kept.ts";

/** Rules of this section, by requirement in reading order. */
export const faultToleranceRules: readonly Rule[] = [
  breakerHasFallback,
  outboundCallHasBreakerOrRetry,
  jobHasRetries,
  messageIsAcknowledgedAfterItsWork,
  retriedCallIsIdempotent,
  retryHasALimit,
  retryWaitsBetweenAttempts,
  abortSignalIsPassed,
  databaseClientHasTimeout,
  httpCallHasTimeout,
  httpClientHasTimeout,
  serverHasRequestTimeout,
  timeoutIsKept,
  fallbackIsKept,
  independentCallsFailAlone,
  intervalDoesNotOverlap,
  shutdownWaitsForItsWork,
  processHandlesSigterm,
  serverHasHealthRoute,
  terminationSignalIsKept,
];
