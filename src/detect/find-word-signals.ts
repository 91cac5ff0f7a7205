import type { Signal } from "./signal.ts";
import type { WordSignal } from "./word-signals.ts";

/** Longer descriptions are read to here. */
const LONGEST_BODY = 20_000;

/**
 * The words of title and description that speak, each once. An organisation's own words (whole words,
 * any case) weigh `ownWeight` each. HTML comments, quotes and code in the description do not count.
 */
export function findWordSignals(
  title: string,
  body: string,
  signals: readonly WordSignal[],
  own: { readonly words: readonly string[]; readonly weight: number },
): readonly Signal[] {
  const cutTitle = title.slice(0, 1000);
  const text = `${cutTitle}\n${prose(body.slice(0, LONGEST_BODY))}`;
  const found: Signal[] = [];
  for (const { says, weight, pattern, titleOnly } of signals) {
    if (pattern.test(titleOnly ? cutTitle : text)) found.push({ group: "words", signal: `words: ${says}`, weight });
  }
  const padded = ` ${wordsOf(text)} `;
  for (const word of own.words) {
    const plain = wordsOf(word);
    if (plain && padded.includes(` ${plain} `)) found.push({ group: "policy", signal: `words of the policy: ${word}`, weight: own.weight });
  }
  return found;
}

function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(" ");
}

/** What the author says: no comments of a template, no quotes, no fenced code. */
function prose(body: string): string {
  const lines: string[] = [];
  let fenced = false;
  let commented = false;
  for (const line of body.split("\n")) {
    const start = line.trimStart();
    if (!commented && /^(?:```|~~~)/.test(start)) {
      fenced = !fenced;
      continue;
    }
    if (!fenced && start.startsWith("<!--")) commented = true;
    if (!fenced && !commented && !start.startsWith(">")) lines.push(line);
    if (commented && line.includes("-->")) commented = false;
  }
  return lines.join("\n");
}
