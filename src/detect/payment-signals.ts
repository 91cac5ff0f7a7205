import { names } from "./names.ts";

/** Words of paths and identifiers that are about payments, split at case and punctuation. */
export interface PaymentSignal {
  readonly says: string;
  /** Log-odds, once per file in its path, once per file in its code at `IN_CODE` of it. */
  readonly weight: number;
  readonly words: readonly string[];
}

export const PAYMENT_VOCABULARY: readonly PaymentSignal[] = [
  {
    says: "payment",
    weight: 3,
    words: names(`
      payment payments paymentmethod paymentintent payable prepayment billing invoice invoices invoicing refund refunds
      refunded payout payouts chargeback chargebacks dunning billable checkout ledger ledgers payum creditcard creditcards giftcard giftcards storecredit creditnote creditnotes remittance
    `),
  },
  {
    says: "payment provider",
    weight: 3.5,
    words: names(`
      stripe adyen braintree paypal mollie razorpay paddle lemonsqueezy chargebee recurly plaid gocardless klarna worldpay
      authorizenet cybersource checkoutcom paystack flutterwave mercadopago cashfree alipay wepay dwolla coinbase bitpay
      btcpay revenuecat transferwise ogone saferpay tilopay
    `),
  },
  { says: "wallet or tax", weight: 1.6, words: names("wallet wallets tax taxes taxation") },
  { says: "subscription", weight: 0.5, words: names("subscription subscriptions") },
  {
    says: "money",
    weight: 1,
    words: names(`
      vat price prices pricing fee fees discount discounts coupon coupons promotion promotions
      currency amount charge charges credits balance topup settlement installment cents proration
    `),
  },
];

/** Two words in a row that mean one of the first kind. */
export const PAYMENT_PAIRS: readonly string[] = [
  "credit card",
  "gift card",
  "gift cards",
  "store credit",
  "store credits",
  "credit note",
  "credit notes",
];

/** Two words in a row of which the first alone would mean money, and does not. */
export const OTHER_PAIRS: ReadonlySet<string> = new Set([
  "billing address",
  "billing addresses",
  "invoice address",
  "git checkout",
  "actions checkout",
]);
