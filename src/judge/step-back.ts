import type { Finding } from "../model/finding.ts";

/** General rules that may say of payment code what a payment rule says of it too. */
const SAID_BY: Readonly<Record<string, string>> = {
  "charge-carries-a-key": "charge-has-idempotency-key",
  "retried-call-is-idempotent": "charge-is-not-retried-blindly",
  "webhook-event-is-processed-once": "payment-event-is-processed-once",
  "webhook-signature-is-verified": "webhook-verifies-its-signature",
  "secret-is-not-in-the-code": "payment-key-is-not-in-the-code",
};

/** The findings without those of general rules that a payment rule makes on the same line, at least as severely. */
export function stepBack(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => {
    const rule = SAID_BY[finding.rule];
    return rule === undefined || !findings.some((other) => other.rule === rule && saysAsMuch(other, finding));
  });
}

function saysAsMuch(payment: Finding, general: Finding): boolean {
  const isSameLine = payment.path === general.path && payment.line <= general.endLine && general.line <= payment.endLine;
  const isAsSevere = payment.severity === "blocking" || general.severity === "advisory";
  return isSameLine && isAsSevere && payment.suppressed === undefined;
}
