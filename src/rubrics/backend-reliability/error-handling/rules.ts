import type { Rule } from "../../rule.ts";
import { correlationIdIsKept } from "./correlation-ids/correlation-id-is-kept.ts";
import { outboundCallCarriesCorrelationId } from "./correlation-ids/outbound-call-carries-correlation-id.ts";
import { requestLogCarriesRequestId } from "./correlation-ids/request-log-carries-request-id.ts";
import { serverGivesRequestsAnId } from "./correlation-ids/server-gives-requests-an-id.ts";
import { arrayCallbackIsNotAsync } from "./error-handling/array-callback-is-not-async.ts";
import { awaitIsKept } from "./error-handling/await-is-kept.ts";
import { callIsAwaitedLikeItsSiblings } from "./error-handling/call-is-awaited-like-its-siblings.ts";
import { callbackErrorsAreCaught } from "./error-handling/callback-errors-are-caught.ts";
import { caughtErrorIsHandled } from "./error-handling/caught-error-is-handled.ts";
import { cleanupIsKept } from "./error-handling/cleanup-is-kept.ts";
import { clientHasErrorListener } from "./error-handling/client-has-error-listener.ts";
import { conditionAwaitsItsPromise } from "./error-handling/condition-awaits-its-promise.ts";
import { errorListenerIsKept } from "./error-handling/error-listener-is-kept.ts";
import { expressHandlerCatchesErrors } from "./error-handling/express-handler-catches-errors.ts";
import { finallyDoesNotOverride } from "./error-handling/finally-does-not-override.ts";
import { flagIsResetInFinally } from "./error-handling/flag-is-reset-in-finally.ts";
import { httpAnswerIsChecked } from "./error-handling/http-answer-is-checked.ts";
import { listenerIsRemoved } from "./error-handling/listener-is-removed.ts";
import { messageParseIsGuarded } from "./error-handling/message-parse-is-guarded.ts";
import { poolClientIsReleased } from "./error-handling/pool-client-is-released.ts";
import { promiseExecutorIsNotAsync } from "./error-handling/promise-executor-is-not-async.ts";
import { promiseIsAwaitedBeforeUse } from "./error-handling/promise-is-awaited-before-use.ts";
import { promiseIsAwaited } from "./error-handling/promise-is-awaited.ts";
import { promiseOfEventsHearsErrors } from "./error-handling/promise-of-events-hears-errors.ts";
import { rejectionHandlerIsKept } from "./error-handling/rejection-handler-is-kept.ts";
import { requestDoesNotExitTheProcess } from "./error-handling/request-does-not-exit-the-process.ts";
import { rethrownErrorKeepsItsCause } from "./error-handling/rethrown-error-keeps-its-cause.ts";
import { returnedPromiseIsAwaitedInTry } from "./error-handling/returned-promise-is-awaited-in-try.ts";
import { streamErrorsAreHandled } from "./error-handling/stream-errors-are-handled.ts";
import { thrownValueIsAnError } from "./error-handling/thrown-value-is-an-error.ts";
import { unhandledRejectionIsReported } from "./error-handling/unhandled-rejection-is-reported.ts";
import { caughtErrorIsCounted } from "./error-metrics/caught-error-is-counted.ts";
import { errorAnswerHasErrorStatus } from "./error-responses/error-answer-has-error-status.ts";
import { errorDetailsStayInside } from "./error-responses/error-details-stay-inside.ts";
import { errorStatusIsKept } from "./error-responses/error-status-is-kept.ts";
import { expectedFailureHasItsStatus } from "./error-responses/expected-failure-has-its-status.ts";
import { backendLogsThroughALogger } from "./structured-logging/backend-logs-through-a-logger.ts";
import { errorLogCarriesTheError } from "./structured-logging/error-log-carries-the-error.ts";
import { logHasNoSecrets } from "./structured-logging/log-has-no-secrets.ts";
import { logKeepsTheError } from "./structured-logging/log-keeps-the-error.ts";
import { logLineKeepsItsFields } from "./structured-logging/log-line-keeps-its-fields.ts";

/** Rules of this section, by requirement in reading order. */
export const errorHandlingRules: readonly Rule[] = [
  arrayCallbackIsNotAsync,
  awaitIsKept,
  callIsAwaitedLikeItsSiblings,
  callbackErrorsAreCaught,
  caughtErrorIsHandled,
  cleanupIsKept,
  clientHasErrorListener,
  conditionAwaitsItsPromise,
  errorListenerIsKept,
  expressHandlerCatchesErrors,
  finallyDoesNotOverride,
  flagIsResetInFinally,
  httpAnswerIsChecked,
  listenerIsRemoved,
  messageParseIsGuarded,
  poolClientIsReleased,
  promiseExecutorIsNotAsync,
  promiseIsAwaited,
  promiseIsAwaitedBeforeUse,
  promiseOfEventsHearsErrors,
  rejectionHandlerIsKept,
  requestDoesNotExitTheProcess,
  rethrownErrorKeepsItsCause,
  returnedPromiseIsAwaitedInTry,
  streamErrorsAreHandled,
  thrownValueIsAnError,
  unhandledRejectionIsReported,
  correlationIdIsKept,
  outboundCallCarriesCorrelationId,
  requestLogCarriesRequestId,
  serverGivesRequestsAnId,
  backendLogsThroughALogger,
  errorLogCarriesTheError,
  logHasNoSecrets,
  logKeepsTheError,
  logLineKeepsItsFields,
  errorAnswerHasErrorStatus,
  errorDetailsStayInside,
  errorStatusIsKept,
  expectedFailureHasItsStatus,
  caughtErrorIsCounted,
];
