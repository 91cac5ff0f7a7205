import type { Rule } from "../rule.ts";
import { cardDataStaysWithTheProvider } from "./cardholder-security/card-data/card-data-stays-with-the-provider.ts";
import { paymentKeyIsNotInTheCode } from "./cardholder-security/payment-keys/payment-key-is-not-in-the-code.ts";
import { webhookSignatureCoversTheRawBody } from "./cardholder-security/webhook-signature/webhook-signature-covers-the-raw-body.ts";
import { webhookVerifiesItsSignature } from "./cardholder-security/webhook-signature/webhook-verifies-its-signature.ts";
import { chargeHasIdempotencyKey } from "./exactly-once/charge-idempotency/charge-has-idempotency-key.ts";
import { paymentEventIsProcessedOnce } from "./exactly-once/payment-event-dedupe/payment-event-is-processed-once.ts";
import { chargeIsNotRetriedBlindly } from "./exactly-once/unknown-outcome/charge-is-not-retried-blindly.ts";
import { paymentStateIsGuarded } from "./ledger/payment-states/payment-state-is-guarded.ts";
import { refundIsBounded } from "./ledger/refund-bounds/refund-is-bounded.ts";
import { amountHasCurrency } from "./money/currency/amount-has-currency.ts";
import { amountIsNotAFloat } from "./money/minor-units/amount-is-not-a-float.ts";
import { priceComesFromTheServer } from "./money/server-side-price/price-comes-from-the-server.ts";

/** Every rule of the payment rubric, by requirement in reading order: findings are listed in this order. */
export const paymentOperationsRules: readonly Rule[] = [
  chargeHasIdempotencyKey,
  chargeIsNotRetriedBlindly,
  paymentEventIsProcessedOnce,
  amountIsNotAFloat,
  amountHasCurrency,
  priceComesFromTheServer,
  paymentStateIsGuarded,
  refundIsBounded,
  cardDataStaysWithTheProvider,
  webhookSignatureCoversTheRawBody,
  webhookVerifiesItsSignature,
  paymentKeyIsNotInTheCode,
];
