/** What a mechanism is for, said without anything that a look could prove. Runs on lower-cased text. */
const PURPOSES: readonly RegExp[] = [
  /\b(?:in order to|so as to|to)(?: help| better| further)? (?:avoid|prevent|improve|reduce|increase|enhance|minimi[sz]e|maximi[sz]e|protect|support|maintain|simplify|ease|boost|strengthen|mitigate)\b[^,;:.()→`"\d]{3,80}(?=[,;:.()→]|$)/gu,
  /\bto (?:keep|make|have) [^,;:.()→`"\d]{0,40}\b(?:low|high|stable|safe|clean|available|responsive|fast|consistent|healthy|readable|easy|easier|robust|reliable|simple|smooth|secure|resilient)\b/gu,
  /\b(?:which|that|thereby|thus|and(?: so)?) (?:greatly |further |significantly )?(?:improv|ensur|help|increas|reduc|guarantee|enhanc|boost|strengthen)(?:es?|s|ing)\b[^,;:.()→`"\d]{3,80}(?=[,;:.()→]|$)/gu,
  /\bso (?:that )?(?:that )?(?:the |our |all |no )?(?:end[\s-])?(?:users?|customers?|people|everyone|everybody|everything|nothing|things|the business|teams?|developers?)\b[^,;:.()→`"\d]{3,60}(?=[,;:.()→]|$)/gu,
  /\bfor (?:more |better |improved |higher |maximum |greater |easier |easy |overall |general |extra )?(?:compliance|security|safety|reliability|resilience|stability|scalability|performance|availability|debugging|troubleshooting|maintainability|robustness|observability|visibility|consistency|peace of mind)(?: reasons| purposes)?(?=[,;:.()→]|$)/gu,
];
const SPEAKS_OF_PURPOSE = /\b(?:to|so|for|which|that|and|thus|thereby) /u;

/** The lower-cased text with its purposes blanked out; every character keeps its place. */
export function blankPurposes(lower: string): string {
  if (!SPEAKS_OF_PURPOSE.test(lower)) return lower;
  return PURPOSES.reduce((text, purpose) => text.replace(purpose, (clause) => " ".repeat(clause.length)), lower);
}
