import { subjectWords } from "./subject-words.ts";

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|msecs?|millis|milliseconds?)$/i, 1],
  [/^(?:s|secs?|seconds?)$/i, 1000],
  [/^(?:m|mins?|minutes?)$/i, 60_000],
  [/^(?:h|hrs?|hours?)$/i, 3_600_000],
  [/^(?:d|days?)$/i, 86_400_000],
  [/^(?:w|wks?|weeks?)$/i, 7 * 86_400_000],
  [/^(?:mo|months?)$/i, 30 * 86_400_000],
  [/^(?:y|yrs?|years?)$/i, 365 * 86_400_000],
];
const DURATION =
  /(\d{1,3}(?:,\d{3}){1,3}|\d{1,9}(?:[._]\d{1,9})?)[ -]?(ms|msecs?|millis|milliseconds?|secs?|seconds?|s|mins?|minutes?|m|hrs?|hours?|h|days?|d|weeks?|months?|years?)\b/gi;
/** A part of an item with what it is about; a part that names nothing is about what the part before it named. */
export interface Clause {
  readonly text: string;
  readonly subjects: ReadonlySet<string>;
}

/** A time that a text names. */
export interface Duration {
  readonly ms: number;
  readonly quote: string;
  /** The lower end, where the text gives a range: "2-5s", "between 2 and 5 seconds". */
  readonly leastMs?: number;
}

const NONE: ReadonlySet<string> = new Set();

/** The parts of an item; a part that names nothing is about what the part before it named. A comma between digits parts nothing. */
export function clauses(text: string): readonly Clause[] {
  let before = NONE;
  return text.split(/[;()]|,(?!\d{3}\b)|(?<!\bbetween \d{1,6}) ?\band\b|\bthen\b|\.\s|\s[-–—]\s/).map((part) => {
    const own = subjectWords(part);
    if (own.size > 0) before = own;
    return { text: part, subjects: before };
  });
}

/** Every time that a text names, in its order. */
export function durations(text: string): readonly Duration[] {
  return [...text.matchAll(DURATION)].flatMap((match): Duration[] => {
    const unit = unitMs(match[2] ?? "");
    if (unit === null) return [];
    const from = /(\d{1,6}(?:\.\d{1,3})?) ?(?:-|–|to|and) ?$/.exec(text.slice(0, match.index))?.[1];
    return [
      {
        ms: Number((match[1] ?? "").replace(/[_,]/g, "")) * unit,
        quote: match[0],
        ...(from === undefined ? {} : { leastMs: Number(from) * unit }),
      },
    ];
  });
}

/** Milliseconds of a unit's name; null when it is none. */
export function unitMs(unit: string): number | null {
  return UNITS.find(([pattern]) => pattern.test(unit))?.[1] ?? null;
}

/** How a clause bounds its number: "at most", "up to"; "at least", "or longer"; roughly; null for the number itself. */
export function boundOf(text: string): "most" | "least" | "roughly" | null {
  if (/\b(?:at least|minimum|min\.|no less than|not less than|or (?:more|longer)|no shorter than)\b/i.test(text)) return "least";
  if (
    /\b(?:at most|maximum|max\.?|no more than|not more than|up to|within|under|below|less than|or (?:less|fewer|shorter)|no longer than)\b/i.test(
      text,
    )
  )
    return "most";
  return /\b(?:about|around|approx\w*|roughly|circa|some)\b ?\d|[~≈]/i.test(text) ? "roughly" : null;
}
