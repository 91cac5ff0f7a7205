import { backendReliabilityRules } from "./backend-reliability/rules.ts";
import { paymentOperationsRules } from "./payment-operations/rules.ts";
import type { Rule } from "./rule.ts";

/** Every rule of every rubric in catalogue order. */
export const allRules: readonly Rule[] = [...backendReliabilityRules, ...paymentOperationsRules];
