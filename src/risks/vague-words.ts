/** Words that put a thing off or leave it open. */
const DEFERRALS =
  /\b(?:later|soon(?:ish)?|sometime|some ?day|eventually|whenever|asap|tb[acd]|to be (?:determined|decided|defined|confirmed|announced)|in (?:the )?future|when (?:we|i|there is|there's|time)|as soon as|follow[- ]?up|some point|at some|n\/a|none yet|undecided|to do|todo|wip)\b/i;

/** Words that make a date less than one day: a hedge, a bound in the wrong direction, a condition, a period. */
const OPEN_DATES =
  /\b(?:unknown|unclear|not sure|around|about|approx(?:imately)?|roughly|circa|maybe|perhaps|possibly|probably|hopefully|likely|ideally|tentative(?:ly)?|if|unless|depending|once|or|after|since|starting|start|earliest|not|never|no|few|couple|some|several|many|(?:next|this|coming|following|the) (?:quarter|sprint|release|half|milestone|iteration|version|cycle|year|month|week)|end of (?:the )?(?:quarter|sprint|release|half|milestone|iteration|cycle|year|month|week)|eo[qyhm]|q[1-4]|h[12])\b|\?/i;

const OPEN_AMOUNTS =
  /\b(?:unknown|unclear|not sure|maybe|perhaps|possibly|some|several|few|couple|many|depending|depends|as needed|as required|enough|whatever|or (?:so|more|less)|to be estimated)\b|\?/i;

/** Phrases that only look vague: they say that the date is the last one. */
const LAST_DAY = /\b(?:(?:no|not) later than|at the latest|latest|no more than|on or before|or (?:earlier|sooner|before))\b/gi;

function firstMatch(text: string, ...patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match) return match[0];
  }
  return null;
}

/** The words that keep a text from naming one day, or null. "no later than" is none of them. */
export function vagueDateWords(text: string): string | null {
  return firstMatch(text.replace(LAST_DAY, " "), DEFERRALS, OPEN_DATES);
}

/** The words that keep a text from naming an amount, or null. */
export function vagueAmountWords(text: string): string | null {
  return firstMatch(text, DEFERRALS, OPEN_AMOUNTS);
}

/** The words that put a measure off, or null. */
export function deferringWords(text: string): string | null {
  return firstMatch(text, DEFERRALS, /\b(?:as needed|if needed|if necessary|when needed|best[- ]effort|where possible|if possible)\b/i);
}
