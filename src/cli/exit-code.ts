import type { VerdictName } from "../model/review.ts";

/** What the process says to a script (contract). */
export const EXIT = { passed: 0, blocked: 1, badInput: 2, undetermined: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_VERDICT: Readonly<Record<VerdictName, ExitCode>> = {
  passed: EXIT.passed,
  "not-applicable": EXIT.passed,
  observed: EXIT.passed,
  "risk-accepted": EXIT.passed,
  blocked: EXIT.blocked,
  undetermined: EXIT.undetermined,
};

/** The exit code of a verdict. */
export function exitCodeOf(verdict: VerdictName): ExitCode {
  return BY_VERDICT[verdict];
}
