/** PostgreSQL type ids (catalog pg_type) whose JavaScript values the two drivers disagree on. */
const INT8 = 20;
const DATE = 1082;
const NUMERIC = 1700;

/** Reads an int8. Throws beyond 2^53, where a number would be another number; GitHub's ids and our counts stay below. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a JavaScript number`);
  return value;
}

/** Type id -> reader of PostgreSQL's text form; the same on both databases. A date stays text, YYYY-MM-DD. */
export const VALUE_PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: parseInt8,
  [DATE]: (text) => text,
  [NUMERIC]: Number,
};
