import type { Requirement } from "../../../requirement.ts";

/** Strong customer authentication is asked for where it is due. */
export const strongAuthentication: Requirement = {
  id: "strong-authentication",
  section: "cardholder-security",
  label: "SCA and 3-D Secure",
  title: "Strong customer authentication is asked for where it is due",
  question: "Which payments need 3-D Secure, and what happens when the customer does not finish it?",
  cues: [
    {
      pattern:
        /\bsca\b|3-?d[\s-]?secure|\b3ds2?\b|\bpsd2\b|strong customer auth|liability shift|requires_action|frictionless|\bchallenges?\b|step-?up/u,
      weight: 6,
    },
    { pattern: /off[\s-]session|authentication_required|\bexemptions?\b/u, weight: 4 },
  ],
  safeguard: /\b3-?d[\s-]?s(?:ecure|2)?\b|\bsca\b|strong (?:customer )?authentication/u,
  reference: "3-D Secure 2 for EEA cards; exemptions below 30 EUR; abandoned after 15 min",
  why: "Without it European banks decline the payment, and without the liability shift fraud is yours.",
  fix: "Let the provider decide per payment, handle `requires_action`, bring the customer back for off-session failures, and time abandoned ones out.",
  goodExample:
    "Stripe 3-D Secure 2 on requires_action; a challenge that is not finished in 15 min cancels the intent and releases the stock",
  badExample: "Support 3DS",
  source: "Directive (EU) 2015/2366, RTS on SCA; EMVCo, 3-D Secure; Stripe, Strong Customer Authentication",
  hints: {
    numbers: { ask: "say how long the customer has, or from which amount", example: "15 min" },
    tools: { ask: "name what asks for it (Stripe 3-D Secure, Adyen)", example: "Stripe 3-D Secure" },
    outcome: { ask: "say what an unfinished challenge leads to", example: "an unfinished challenge cancels the intent" },
  },
};
