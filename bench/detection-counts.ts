import type { TouchAnswer } from "../src/model/touch.ts";
import type { Labelled } from "./detection-labelled.ts";

/** A labelled pull request with the answers it got. */
export interface Answered {
  readonly pull: Labelled;
  readonly touch: { readonly backend: TouchAnswer; readonly payments: TouchAnswer };
}

/** Right and wrong answers. */
export interface Counts {
  readonly found: number;
  readonly claimed: number;
  readonly missed: number;
  readonly dismissed: number;
}

/** Counts the answers to one question; what is not scored is left out. */
export function countAnswers(answers: readonly Answered[], question: "backend" | "payments"): Counts {
  const counts = { found: 0, claimed: 0, missed: 0, dismissed: 0 };
  for (const { pull, touch } of answers) {
    const wanted = pull[question];
    if (wanted === null) continue;
    const { touched } = touch[question];
    counts[touched ? (wanted ? "found" : "claimed") : wanted ? "missed" : "dismissed"]++;
  }
  return counts;
}

/** "name  P 0.990  R 0.980  F1 0.985  (98 found, 1 claimed, 2 missed, 99 dismissed)"; a dash where nothing could be found. */
export function renderCounts(name: string, { found, claimed, missed, dismissed }: Counts): string {
  const share = (part: number, whole: number) => (whole === 0 ? "  -  " : (part / whole).toFixed(3));
  const f1 = share(2 * found, 2 * found + claimed + missed);
  return `${name}  P ${share(found, found + claimed)}  R ${share(found, found + missed)}  F1 ${f1}  (${found} found, ${claimed} claimed, ${missed} missed, ${dismissed} dismissed)`;
}
