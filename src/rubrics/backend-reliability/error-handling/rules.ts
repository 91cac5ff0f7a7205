import type { Rule } from "../../rule.ts";
import { thrownValueIsAnError } from "./error-handling/thrown-value-is-an-error.ts";

/** Rules of this section, by requirement in reading order. */
export const errorHandlingRules: readonly Rule[] = [thrownValueIsAnError];
