import type { Rule } from "../rule.ts";
import { dataIntegrityRules } from "./data-integrity/rules.ts";
import { errorHandlingRules } from "./error-handling/rules.ts";
import { faultToleranceRules } from "./fault-tolerance/rules.ts";
import { observabilityRules } from "./observability/rules.ts";
import { securityRules } from "./security/rules.ts";

/** Every rule of the backend reliability rubric in catalogue order: findings are listed in this order. */
export const backendReliabilityRules: readonly Rule[] = [
  ...faultToleranceRules,
  ...errorHandlingRules,
  ...dataIntegrityRules,
  ...securityRules,
  ...observabilityRules,
];
