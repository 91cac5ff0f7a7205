import type { Rule } from "../../rule.ts";

/** Rules of this section, by requirement in reading order. */
export const observabilityRules: readonly Rule[] = [];
