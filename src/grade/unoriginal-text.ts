import type { Requirement } from "../rubrics/requirement.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { GENERAL_HINTS } from "./item-advice.ts";
import { findMatches, preparePatterns } from "./literal-filter.ts";
import { comparisonKey } from "./near-duplicates.ts";

const SPEAKS_TO_GRADER =
  /\b(?:ignore (?:all|any|the|previous|prior|above) |(?:dear|hey|hello|note to|attention) (?:the )?(?:grader|reviewer|bot|checker|ai|model|enforcer)|(?:this|these|the (?:above|following)) items? (?:is|are|counts?|should count) (?:as )?(?:specific|valid|complete|counted|sufficient)|(?:please|must|should|you (?:must|should|will)) (?:be )?(?:count|counted|pass|passed|approve|mark|grade|accept|treat)(?:ed)? (?:this|it|all|as|every|them)|(?:mark|grade|count|score|treat) (?:this|it|all|every)\b.{0,30}\b(?:pass|passed|earned|specific|valid|met|counted)|all (?:eight |8 |six |6 )?(?:points|boxes|checks) (?:are )?(?:earned|met|passed|green)|as an ai|system prompt|grader note)/iu;
const OWN_REVIEW =
  /^(?:✓|✗|·|–)?\s*(?:\d{1,3}\+ items\b|5\+ in each section|80% with (?:concrete|specific)|every item has a measurable|three drawn items|payment operations:? passed|the diff keeps the plan|line \d{1,5}\b.{0,200}\bsay |add \d{1,3} items? under\b|\d{1,3} of \d{1,3}, \d{1,3}%|to pass \(|blocked\.|not specific:)/iu;
const PATTERNS = preparePatterns([OWN_REVIEW, SPEAKS_TO_GRADER]);
const WHY = ["a line of an earlier review", "speaks to the reviewer instead of about the change"] as const;

/** Words of the rubric and its template, as they are compared with an item. */
export interface TemplateWords {
  readonly keys: ReadonlySet<string>;
  /** Ends of our own examples that supply two of the three qualities, as `comparisonKey` reads them, by their first word. */
  readonly examples: ReadonlyMap<string, readonly string[]>;
}

const CACHE = new WeakMap<Rubric, TemplateWords>();

/** The rubric's own lines: titles, questions, references, examples, and the ways in which a template joins them. */
export function templateWords(rubric: Rubric): TemplateWords {
  const known = CACHE.get(rubric);
  if (known) return known;
  const keys = new Set<string>();
  for (const one of rubric.requirements) {
    const texts = [one.title, one.label, one.question, one.reference, one.goodExample, one.fix, one.why];
    for (const text of texts) keys.add(comparisonKey(text));
    for (const head of [one.title, one.label, one.id])
      for (const tail of [one.reference, one.question, one.goodExample]) keys.add(comparisonKey(`${head} ${tail}`));
  }
  const words = {
    keys,
    examples: Map.groupBy(
      rubric.requirements.flatMap((one) => [one.hints, ...(one.hintsFor ?? []).map(({ hints }) => hints)].flatMap(exampleEnds)),
      (end) => end.split(" ", 1)[0] ?? "",
    ),
  };
  CACHE.set(rubric, words);
  return words;
}

/** Fewer words may well be an author's own. */
const EXAMPLE_WORDS = 7;

/** The ends that `adviseItem` gives to an item that lacks two or three qualities. */
function exampleEnds({ numbers, tools, outcome }: NonNullable<Requirement["hints"]> = GENERAL_HINTS): readonly string[] {
  const ends = [
    [numbers, outcome],
    [tools, outcome],
    [tools, numbers],
  ].map((parts) => comparisonKey(parts.map(({ example }) => example).join(" ")));
  return ends.filter((end) => end.split(" ").length >= EXAMPLE_WORDS);
}

/**
 * Whether an item ends as one of our examples does, word for word. One that was taken over may be the author's decision; many
 * are a plan that nobody made. `key` is the item's `comparisonKey`.
 */
export function isOurExample(key: string, { examples }: TemplateWords): boolean {
  const words = key.split(" ");
  return words.some((word, index) => {
    const ends = examples.get(word);
    if (ends === undefined) return false;
    const rest = words.slice(index).join(" ");
    return ends.some((end) => rest.startsWith(end));
  });
}

/** Why an item's text is not the author's own word about the change; null when it is. `key` is its `comparisonKey`. */
export function findUnoriginal(text: string, key: string, template: TemplateWords): string | null {
  if (template.keys.has(key)) return "a line of the template, unchanged";
  if (isWhollyCode(text)) return "code, not a sentence: write it without the backticks around the whole";
  const [place] = [...findMatches(PATTERNS, text.toLowerCase()).keys()].toSorted();
  return place === undefined ? null : (WHY[place] ?? null);
}

/** A code span around a whole sentence: five words or more. */
function isWhollyCode(text: string): boolean {
  return /^`[^`]*`[.;]?$/u.test(text) && text.trim().split(/\s+/u).length >= 5;
}

const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  "the a an to on in with and or after when for is are by of from per via at if then as no not every all each until before into within over under above below so that it its only once while without".split(
    " ",
  ),
);
const SALAD_WORDS = 7;
const SALAD_TOOLS = 2;
const SALAD_REQUIREMENTS = 4;

/**
 * Whether an item only strings names and cues together: many requirements and tools, hardly a word that joins them.
 * `key` is the item's `comparisonKey`; `requirementsHit` counts the requirements, and is asked last.
 */
export function isKeywordSalad(text: string, key: string, tools: readonly string[], requirementsHit: () => number): boolean {
  if (tools.length < SALAD_TOOLS || /[:→(]|->/u.test(text)) return false;
  const words = key.split(" ");
  if (words.length < SALAD_WORDS) return false;
  const joints = words.filter((word) => FUNCTION_WORDS.has(word)).length;
  const unjoined = joints === 0 && !/[.,;/=–—]/u.test(text);
  const fewest = unjoined ? SALAD_REQUIREMENTS - 1 : SALAD_REQUIREMENTS;
  return (unjoined || tools.length > SALAD_TOOLS) && joints / words.length < 0.12 && requirementsHit() >= fewest;
}
