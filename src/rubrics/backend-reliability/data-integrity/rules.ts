import type { Rule } from "../../rule.ts";
import { adminDeletionLeavesARecord } from "./audit-trail/admin-deletion-leaves-a-record.ts";
import { finishedJobsAreRemoved } from "./data-retention/finished-jobs-are-removed.ts";
import { softDeletedRowsArePurged } from "./data-retention/soft-deleted-rows-are-purged.ts";
import { chargeCarriesAKey } from "./idempotency/charge-carries-a-key.ts";
import { chargeRouteTakesAKey } from "./idempotency/charge-route-takes-a-key.ts";
import { messageIsProcessedOnce } from "./idempotency/message-is-processed-once.ts";
import { webhookEventIsProcessedOnce } from "./idempotency/webhook-event-is-processed-once.ts";
import { recognitionOfRepeatsIsKept } from "./idempotency/recognition-of-repeats-is-kept.ts";
import { dtoFieldSaysItsType } from "./input-validation/dto-field-says-its-type.ts";
import { messageIsValidated } from "./input-validation/message-is-validated.ts";
import { pageSizeHasALimit } from "./input-validation/page-size-has-a-limit.ts";
import { queryValueHasOneType } from "./input-validation/query-value-has-one-type.ts";
import { requestBodyIsValidated } from "./input-validation/request-body-is-validated.ts";
import { storedFieldsAreNamed } from "./input-validation/stored-fields-are-named.ts";
import { textHasAMaximum } from "./input-validation/text-has-a-maximum.ts";
import { uploadHasASizeLimit } from "./input-validation/upload-has-a-size-limit.ts";
import { checkOfInputIsKept } from "./input-validation/check-of-input-is-kept.ts";
import { countedLimitSurvivesARace } from "./transactions/counted-limit-survives-a-race.ts";
import { counterIsUpdatedAtomically } from "./transactions/counter-is-updated-atomically.ts";
import { expiryIsSetWithTheValue } from "./transactions/expiry-is-set-with-the-value.ts";
import { insertSettlesItsConflictLikeElsewhere } from "./transactions/insert-settles-its-conflict-like-elsewhere.ts";
import { nextNumberIsNotCounted } from "./transactions/next-number-is-not-counted.ts";
import { relatedWritesShareATransaction } from "./transactions/related-writes-share-a-transaction.ts";
import { transactionAwaitsItsWork } from "./transactions/transaction-awaits-its-work.ts";
import { transactionMakesNoOutboundCall } from "./transactions/transaction-makes-no-outbound-call.ts";
import { transactionUsesItsHandle } from "./transactions/transaction-uses-its-handle.ts";
import { uniqueCheckSurvivesARace } from "./transactions/unique-check-survives-a-race.ts";
import { transactionIsKept } from "./transactions/transaction-is-kept.ts";

/** Rules of this section, by requirement in reading order. */
export const dataIntegrityRules: readonly Rule[] = [
  requestBodyIsValidated,
  storedFieldsAreNamed,
  dtoFieldSaysItsType,
  textHasAMaximum,
  queryValueHasOneType,
  pageSizeHasALimit,
  uploadHasASizeLimit,
  messageIsValidated,
  checkOfInputIsKept,
  transactionUsesItsHandle,
  transactionAwaitsItsWork,
  transactionMakesNoOutboundCall,
  relatedWritesShareATransaction,
  counterIsUpdatedAtomically,
  uniqueCheckSurvivesARace,
  countedLimitSurvivesARace,
  insertSettlesItsConflictLikeElsewhere,
  nextNumberIsNotCounted,
  expiryIsSetWithTheValue,
  transactionIsKept,
  chargeCarriesAKey,
  chargeRouteTakesAKey,
  webhookEventIsProcessedOnce,
  messageIsProcessedOnce,
  recognitionOfRepeatsIsKept,
  finishedJobsAreRemoved,
  softDeletedRowsArePurged,
  adminDeletionLeavesARecord,
];
