/** What was read about an item's outcome. */
export interface OutcomeReading {
  readonly answer: "yes" | "no" | "unsure";
  readonly quote: string | null;
}

const EFFECT = /→|->|=>|\b(?:returns?|responds?|gets?|opens?|pages?|alerts?|rejects?|then|every|never|when)\b/iu;

/** Whether an item says what can be measured. */
export function findOutcome(text: string): OutcomeReading {
  const match = EFFECT.exec(text);
  return match ? { answer: "yes", quote: text.slice(match.index) } : { answer: "no", quote: null };
}
