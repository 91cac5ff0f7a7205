import { parseNames } from "./parse-names.ts";

/**
 * Libraries, services, standards and provider features that plans for payment code name. Sources: the package registries'
 * own names, the providers' API references, EMVCo, ISO. Providers themselves stand in `platform-names.ts`.
 */
export const PAYMENT_NAMES: readonly string[] = parseNames(`
Dinero.js, DineroJS, decimal.js, decimal.js-light, big.js, bignumber.js, currency.js, BigDecimal, java.math.BigDecimal, Joda-Money, JavaMoney, Moneta, money gem, money-rails, RubyMoney, moneyphp, brick/money, py-moneyed, django-money, NodaMoney, rust_decimal, shopspring/decimal, go-money, ISO 4217, XState
Stripe Elements, Stripe Checkout, Stripe Radar, Stripe Connect, Stripe Billing, Stripe CLI, Stripe Sigma, Payment Element, PaymentIntent, PaymentIntents, SetupIntent, SetupIntents, Stripe-Signature, constructEvent, stripe.webhooks.constructEvent, construct_event, PayPal-Request-Id, PayPal Orders API, Braintree Drop-in, Hosted Fields, Adyen Drop-in, Secured Fields, Square Web Payments SDK, Apple Pay, Google Pay, SEPA, ACH, Bacs, iDEAL, Pix, GoCardless, Paddle Billing, Plaid Link, Spreedly, Basis Theory, VGS, TigerBeetle, Modern Treasury, Formance, Medici ledger, Kill Bill
3-D Secure, 3D Secure, 3-D Secure 2, 3DS, 3DS2, EMV 3DS, EMVCo, SCA exemption, Luhn
`);
