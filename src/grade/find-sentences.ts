import { stripInvisible } from "./clean-text.ts";
import { readBlocks } from "./read-blocks.ts";

/** A sentence in the author's own words. */
export interface Sentence {
  readonly text: string;
  /** It stands in a list under a heading such as "Later" or "Follow-ups". */
  readonly putOffByHeading: boolean;
}

const SENTENCES_AT_MOST = 4000;
const LONGEST = 600;
const LATER_HEADING =
  /^[^\p{L}]{0,12}(?:later|follow[\s-]?ups?|deferred|postponed|to ?do later|next prs?|for later|future prs?)\b[^\p{L}]*$/iu;
const OWN_WORDS =
  /cannot defer reliability requirements|80% of .later. items|retrofitting costs 10x|a specific retrofit date|risk acceptance signed by/iu;

/**
 * The sentences of a text that its author says: without code, quotes, comments, struck-through and quoted speech, and without
 * our own words. At most 4,000, each at most 600 characters.
 */
export function findSentences(text: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let later = false;
  for (const block of readBlocks(text)) {
    if (block.kind === "heading") later = LATER_HEADING.test(block.text);
    if (block.kind === "fence") continue;
    if ((block.kind === "item" || block.kind === "row") && block.hiddenBy !== null) continue;
    const raw = block.kind === "row" ? block.cells.join("; ") : block.text;
    for (const line of raw.split("\n")) {
      const plain = ownWords(line);
      for (const part of plain.split(/(?<=[.!?])\s+|\s[;|]\s/u)) {
        const sentence = part.trim();
        if (sentence.length < 4 || sentences.length >= SENTENCES_AT_MOST || OWN_WORDS.test(sentence)) continue;
        sentences.push({ text: sentence.slice(0, LONGEST), putOffByHeading: later && block.kind === "item" });
      }
    }
  }
  return sentences;
}

function ownWords(line: string): string {
  return stripInvisible(line)
    .replace(/`[^`]{0,300}`/gu, " ")
    .replace(/~~[^~]{0,500}~~/gu, " ")
    .replace(/"[^"]{8,300}"|“[^”]{8,300}”|«[^»]{8,300}»/gu, " ")
    .replace(/[*_]{2,3}/gu, "")
    .replace(/<[^<>]{1,200}>/gu, " ")
    .replace(/\s+/gu, " ");
}
