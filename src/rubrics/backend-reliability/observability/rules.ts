import type { Rule } from "../../rule.ts";
import { caughtErrorIsLoggedAtError } from "./log-levels/caught-error-is-logged-at-error.ts";
import { expectedConditionIsNotAnErrorLog } from "./log-levels/expected-condition-is-not-an-error-log.ts";

/** Rules of this section, by requirement in reading order. */
export const observabilityRules: readonly Rule[] = [caughtErrorIsLoggedAtError, expectedConditionIsNotAnErrorLog];
