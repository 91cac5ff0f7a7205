import type { Rubric } from "../rubric.ts";
import { chargeIdempotency } from "./exactly-once/charge-idempotency/charge-idempotency.ts";
import { unknownOutcome } from "./exactly-once/unknown-outcome/unknown-outcome.ts";
import { paymentEventDedupe } from "./exactly-once/payment-event-dedupe/payment-event-dedupe.ts";
import { eventOrdering } from "./exactly-once/event-ordering/event-ordering.ts";
import { minorUnits } from "./money/minor-units/minor-units.ts";
import { currency } from "./money/currency/currency.ts";
import { serverSidePrice } from "./money/server-side-price/server-side-price.ts";
import { rounding } from "./money/rounding/rounding.ts";
import { ledgerEntries } from "./ledger/ledger-entries/ledger-entries.ts";
import { paymentStates } from "./ledger/payment-states/payment-states.ts";
import { reconciliation } from "./ledger/reconciliation/reconciliation.ts";
import { refundBounds } from "./ledger/refund-bounds/refund-bounds.ts";
import { disputes } from "./ledger/disputes/disputes.ts";
import { cardData } from "./cardholder-security/card-data/card-data.ts";
import { webhookSignature } from "./cardholder-security/webhook-signature/webhook-signature.ts";
import { paymentKeys } from "./cardholder-security/payment-keys/payment-keys.ts";
import { strongAuthentication } from "./cardholder-security/strong-authentication/strong-authentication.ts";
import { paymentAlerts } from "./payment-operations/payment-alerts/payment-alerts.ts";
import { killSwitch } from "./payment-operations/kill-switch/kill-switch.ts";
import { paymentAudit } from "./payment-operations/payment-audit/payment-audit.ts";
import { paymentRunbook } from "./payment-operations/payment-runbook/payment-runbook.ts";

/** The five sections and the 21 requirements that a plan for payment code is graded against first, in reading order. */
export const paymentOperations: Rubric = {
  id: "payment-operations",
  title: "Payment Operations",
  sections: [
    {
      id: "exactly-once",
      title: "Exactly Once",
      synonyms: [
        "exactly-once",
        "exactly-once processing",
        "exactly once processing",
        "exactly-once payments",
        "payment idempotency",
        "idempotent payments",
        "charging once",
        "charge once",
        "no double charges",
        "idempotency and events",
        "exactamente una vez",
        "exatamente uma vez",
        "exactement une fois",
        "genau einmal",
        "恰好一次",
        "正確に一度",
      ],
    },
    {
      id: "money",
      title: "Money",
      synonyms: [
        "money handling",
        "money and currency",
        "money and currencies",
        "amounts",
        "amounts and currency",
        "amounts and currencies",
        "monetary amounts",
        "money arithmetic",
        "pricing and money",
        "price and currency",
        "dinero",
        "dinheiro",
        "montants",
        "geldbeträge",
        "beträge",
        "金额",
        "金額",
      ],
    },
    {
      id: "ledger",
      title: "Ledger",
      synonyms: [
        "ledger and reconciliation",
        "ledger and states",
        "ledger and state",
        "accounting",
        "bookkeeping",
        "payment ledger",
        "books and reconciliation",
        "libro mayor",
        "livro razão",
        "grand livre",
        "comptabilité",
        "buchhaltung",
        "hauptbuch",
        "账本",
        "台帳",
      ],
    },
    {
      id: "cardholder-security",
      title: "Cardholder Security",
      synonyms: [
        "cardholder data",
        "cardholder data security",
        "card data",
        "card security",
        "card data security",
        "pci",
        "pci dss",
        "pci compliance",
        "payment security",
        "security of payments",
        "seguridad de tarjetas",
        "segurança do cartão",
        "sécurité des cartes",
        "kartensicherheit",
        "持卡人安全",
        "カード情報",
      ],
    },
    {
      id: "payment-operations",
      title: "Payment Operations",
      synonyms: [
        "payments operations",
        "payment ops",
        "payments ops",
        "operating payments",
        "running payments",
        "payment monitoring",
        "payments monitoring",
        "payment observability",
        "payment operation",
        "operaciones de pago",
        "operações de pagamento",
        "opérations de paiement",
        "zahlungsbetrieb",
        "支付运维",
        "決済運用",
      ],
    },
  ],
  requirements: [
    chargeIdempotency,
    unknownOutcome,
    paymentEventDedupe,
    eventOrdering,
    minorUnits,
    currency,
    serverSidePrice,
    rounding,
    ledgerEntries,
    paymentStates,
    reconciliation,
    refundBounds,
    disputes,
    cardData,
    webhookSignature,
    paymentKeys,
    strongAuthentication,
    paymentAlerts,
    killSwitch,
    paymentAudit,
    paymentRunbook,
  ],
  neverAlone: ["charge-idempotency", "card-data", "webhook-signature"],
  subject:
    /\bpay(?:s|ing|ments?|outs?|ers?|able)?\b|\bpaid\b|\bcharg(?:e[sd]?|ing)\b|\brefund|\bcaptur(?:e[sd]?|ing) |\binvoic|\bbill(?:s|ed|ing)\b|\bcards?\b|\bcheckout|\bstripe|\badyen|\bpaypal|\bbraintree|\bmollie\b|\brazorpay|\bmoney\b|\bprices?\b|\bamounts?\b|\bcurrenc|\bsubscription|\bledger|\bsettle|\bdispute|\bchargeback|\bdebit|\bpci\b/u,
};
