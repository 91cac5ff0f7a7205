import type { Rule } from "../../rule.ts";
import { httpCallHasTimeout } from "./timeouts/http-call-has-timeout.ts";

/** Rules of this section, by requirement in reading order. */
export const faultToleranceRules: readonly Rule[] = [httpCallHasTimeout];
