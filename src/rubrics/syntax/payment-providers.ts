/**
 * What a call asks a payment provider for. "charge", "refund" and "payout" move money when they are called; "capture" takes what was
 * authorised before, and no more; "billing" puts an amount on the next bill or balance; "intent" prepares a payment that a customer
 * finishes; "subscription" starts charging.
 */
export type PaymentOperation = "charge" | "capture" | "intent" | "refund" | "payout" | "subscription" | "billing";

/**
 * What stands between a lost answer and a second movement of money. "optional": a key, when one is sent. "required": a key, and the
 * provider refuses the call without it. "never": no key can be sent through the library; our own store or reference has to do.
 * "needless": the provider refuses the repeat by itself.
 */
export type KeyPolicy = "optional" | "required" | "never" | "needless";

/** How one method of a provider's Node.js library is called. Positions count from 0. */
export interface PaymentMethod {
  readonly operation: PaymentOperation;
  readonly takesKey: KeyPolicy;
  /** Position of the object that names the amount. */
  readonly params: number;
  /** Position of the first argument that may hold the key. */
  readonly key: number;
  /** Names that hold the key; for "never", what a repeat is refused or found by. The first is the one to recommend. */
  readonly names: readonly string[];
  /** Position of an amount that is an argument of its own. */
  readonly amount?: number;
  /** true when the currency has a documented default or belongs to something else. */
  readonly hasOwnCurrency?: boolean;
}

export interface PaymentProvider {
  readonly name: string;
  readonly module: RegExp;
  /** Names of clients whose import could not be followed. */
  readonly client: RegExp;
  /** The provider's own page on repeats. */
  readonly source: string;
  /** What to do where no key can be sent. */
  readonly instead?: string;
  /** By the last two names of the callee, or its last one. */
  readonly methods: Readonly<Record<string, PaymentMethod>>;
}

/** `method("charge", "optional", names)` takes its amount in the first argument and its key in the second, unless told otherwise. */
function method(
  operation: PaymentOperation,
  takesKey: KeyPolicy,
  names: readonly string[],
  where: Partial<Omit<PaymentMethod, "operation" | "takesKey" | "names">> = {},
): PaymentMethod {
  return { operation, takesKey, names, params: 0, key: 1, ...where };
}

const STRIPE = ["idempotencyKey", "idempotency_key"];
const SQUARE = ["idempotencyKey", "idempotency_key"];
const PAYPAL = ["paypalRequestId", "payPalRequestId"];
const ADYEN = ["idempotencyKey"];
const MOLLIE = ["idempotencyKey"];
const PLAID = ["idempotency_key"];
const IN_PARAMS = { key: 0 };
const AFTER_ID = { params: 1, key: 2 };
const AFTER_ID_WITH_KEY = { params: 1, key: 1 };
const OWN_CURRENCY = { hasOwnCurrency: true };

/** The libraries as their repositories, types and references stood in 2026. */
export const PAYMENT_PROVIDERS: readonly PaymentProvider[] = [
  {
    name: "Stripe",
    module: /^stripe$/,
    client: /stripe/i,
    source: "https://docs.stripe.com/api/idempotent_requests",
    methods: {
      "charges.create": method("charge", "optional", STRIPE),
      "charges.capture": method("capture", "needless", STRIPE, { ...AFTER_ID, ...OWN_CURRENCY }),
      "paymentIntents.create": method("intent", "optional", STRIPE),
      "paymentIntents.capture": method("capture", "needless", STRIPE, { ...AFTER_ID, ...OWN_CURRENCY }),
      "refunds.create": method("refund", "optional", STRIPE, OWN_CURRENCY),
      "transfers.create": method("payout", "optional", STRIPE),
      "transfers.createReversal": method("refund", "optional", STRIPE, { ...AFTER_ID, ...OWN_CURRENCY }),
      "payouts.create": method("payout", "optional", STRIPE),
      "topups.create": method("payout", "optional", STRIPE),
      "subscriptions.create": method("subscription", "optional", STRIPE),
      "invoiceItems.create": method("billing", "optional", STRIPE, OWN_CURRENCY),
      "customers.createBalanceTransaction": method("billing", "optional", STRIPE, AFTER_ID),
    },
  },
  {
    name: "PayPal",
    module: /^@paypal\/paypal-server-sdk$/,
    client: /paypal/i,
    source: "https://developer.paypal.com/reference/guidelines/idempotency",
    methods: {
      "ordersController.createOrder": method("intent", "optional", PAYPAL, IN_PARAMS),
      "paymentsController.captureAuthorizedPayment": method("capture", "optional", PAYPAL, IN_PARAMS),
      "paymentsController.refundCapturedPayment": method("refund", "optional", PAYPAL, IN_PARAMS),
      "subscriptionsController.captureSubscription": method("capture", "optional", PAYPAL, IN_PARAMS),
    },
  },
  {
    name: "Braintree",
    module: /^braintree$/,
    client: /braintree|^gateway$/i,
    source: "https://developer.paypal.com/braintree/articles/control-panel/transactions/duplicate-checking",
    instead:
      "Braintree takes `apiRequestKey` from selected accounts only, and otherwise refuses the same amount and order id for 30 seconds: send an `orderId`, and search by it before any other attempt.",
    methods: {
      // A nonce can be used once; an order id is looked at by the gateway's duplicate check and can be searched for.
      "transaction.sale": method("charge", "never", ["orderId", "paymentMethodNonce", "apiRequestKey"], IN_PARAMS),
      "transaction.credit": method("payout", "never", ["orderId", "paymentMethodNonce", "apiRequestKey"], IN_PARAMS),
      "transaction.refund": method("refund", "never", ["orderId", "apiRequestKey"], { ...AFTER_ID_WITH_KEY, amount: 1 }),
      "transaction.submitForSettlement": method("capture", "needless", ["orderId"], { params: 2, key: 2, amount: 1 }),
      "transaction.submitForPartialSettlement": method("capture", "never", ["orderId", "apiRequestKey"], { params: 2, key: 2, amount: 1 }),
    },
  },
  {
    name: "Adyen",
    module: /^@adyen\/api-library/,
    client: /adyen/i,
    source: "https://docs.adyen.com/development-resources/api-idempotency",
    methods: {
      "PaymentsApi.payments": method("charge", "optional", ADYEN),
      payments: method("charge", "optional", ADYEN),
      "PaymentsApi.sessions": method("intent", "optional", ADYEN),
      "PaymentsApi.authorise": method("charge", "optional", ADYEN),
      "DonationsApi.donations": method("charge", "optional", ADYEN),
      "ModificationsApi.captureAuthorisedPayment": method("capture", "optional", ADYEN, AFTER_ID),
      "ModificationsApi.refundCapturedPayment": method("refund", "optional", ADYEN, AFTER_ID),
      "ModificationsApi.refund": method("refund", "optional", ADYEN),
      "ModificationsApi.capture": method("capture", "optional", ADYEN),
      "TransfersApi.transferFunds": method("payout", "optional", ADYEN),
      "InstantPayoutsApi.payout": method("payout", "optional", ADYEN),
      "InitializationApi.submitThirdParty": method("payout", "optional", ADYEN),
      "InitializationApi.storeDetailAndSubmitThirdParty": method("payout", "optional", ADYEN),
    },
  },
  {
    name: "Square",
    module: /^square(?:\/legacy)?$/,
    client: /square/i,
    source: "https://developer.squareup.com/docs/working-with-apis/idempotency",
    methods: {
      "payments.create": method("charge", "required", SQUARE, IN_PARAMS),
      "paymentsApi.createPayment": method("charge", "required", SQUARE, IN_PARAMS),
      "refunds.refundPayment": method("refund", "required", SQUARE, IN_PARAMS),
      "refundsApi.refundPayment": method("refund", "required", SQUARE, IN_PARAMS),
      "orders.pay": method("charge", "required", SQUARE, IN_PARAMS),
      "subscriptions.create": method("subscription", "optional", SQUARE, IN_PARAMS),
    },
  },
  {
    name: "Mollie",
    module: /^@mollie\/api-client$/,
    client: /mollie/i,
    source: "https://docs.mollie.com/overview/api-idempotency",
    methods: {
      "payments.create": method("intent", "optional", MOLLIE, IN_PARAMS),
      "customerPayments.create": method("intent", "optional", MOLLIE, IN_PARAMS),
      "customers_payments.create": method("intent", "optional", MOLLIE, IN_PARAMS),
      "customerSubscriptions.create": method("subscription", "optional", MOLLIE, IN_PARAMS),
      "customers_subscriptions.create": method("subscription", "optional", MOLLIE, IN_PARAMS),
      "paymentCaptures.create": method("capture", "optional", MOLLIE, IN_PARAMS),
      "payments_captures.create": method("capture", "optional", MOLLIE, IN_PARAMS),
      "paymentRefunds.create": method("refund", "optional", MOLLIE, IN_PARAMS),
      "payments_refunds.create": method("refund", "optional", MOLLIE, IN_PARAMS),
      "balanceTransfers.create": method("payout", "optional", MOLLIE, IN_PARAMS),
    },
  },
  {
    name: "Razorpay",
    module: /^razorpay$/,
    client: /razorpay/i,
    source: "https://razorpay.com/docs/api/refunds/normal-refunds-idempotent/",
    instead:
      "Razorpay's Node library drops the idempotency header: send a `receipt` of your own and look for it before any other attempt, or post the refund yourself with `X-Refund-Idempotency`.",
    methods: {
      // The customer pays an order once; its currency is INR unless named.
      "orders.create": method("intent", "never", ["receipt"], { ...IN_PARAMS, ...OWN_CURRENCY }),
      "payments.refund": method("refund", "never", ["receipt"], { ...AFTER_ID_WITH_KEY, ...OWN_CURRENCY }),
      "payments.capture": method("capture", "needless", [], { params: 3, key: 3, amount: 1, ...OWN_CURRENCY }),
      "transfers.create": method("payout", "never", ["notes"], IN_PARAMS),
    },
  },
  {
    name: "Paddle",
    module: /^@paddle\/paddle-node-sdk$/,
    client: /paddle/i,
    source: "https://developer.paddle.com/api-reference/adjustments/create-adjustment",
    instead:
      "Paddle takes no idempotency key: write the attempt down under your own reference before the call, and look at the subscription's transactions before any other.",
    methods: {
      "subscriptions.createOneTimeCharge": method("charge", "never", [], { params: 1, key: 1 }),
      "transactions.create": method("intent", "never", [], IN_PARAMS),
      // Refused while another of the same transaction waits for approval, and beyond the transaction's total.
      "adjustments.create": method("refund", "never", [], { ...IN_PARAMS, ...OWN_CURRENCY }),
    },
  },
  {
    name: "Plaid",
    module: /^plaid$/,
    client: /plaid/i,
    source: "https://plaid.com/docs/api/products/transfer/initiating-transfers/",
    methods: {
      transferAuthorizationCreate: method("payout", "optional", PLAID, { ...IN_PARAMS, ...OWN_CURRENCY }),
      // Its `authorization_id` tells a repeat.
      transferCreate: method("payout", "needless", PLAID, { ...IN_PARAMS, ...OWN_CURRENCY }),
      transferRefundCreate: method("refund", "required", PLAID, { ...IN_PARAMS, ...OWN_CURRENCY }),
      transferRecurringCreate: method("subscription", "required", PLAID, { ...IN_PARAMS, ...OWN_CURRENCY }),
      transferLedgerDeposit: method("payout", "required", PLAID, { ...IN_PARAMS, ...OWN_CURRENCY }),
      transferLedgerWithdraw: method("payout", "required", PLAID, { ...IN_PARAMS, ...OWN_CURRENCY }),
      transferLedgerDistribute: method("payout", "required", PLAID, { ...IN_PARAMS, ...OWN_CURRENCY }),
      paymentInitiationConsentPaymentExecute: method("charge", "required", PLAID, IN_PARAMS),
      paymentInitiationPaymentReverse: method("refund", "required", PLAID, IN_PARAMS),
      walletTransactionExecute: method("payout", "required", PLAID, IN_PARAMS),
    },
  },
];
