import * as chrono from "chrono-node";
import { addDays, calendarDate, utcDateOf, weekdayOf } from "./calendar.ts";
import type { DateFault } from "./form-fault.ts";
import { vagueDateWords } from "./vague-words.ts";

/** What a date is read against. */
export interface DateContext {
  /** When the text was written, ISO 8601 UTC: "in six weeks" counts from here. */
  readonly writtenAt: string;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** Days from now within which the date must lie. */
  readonly horizonDays: number;
}

type DateReading = { readonly date: string } | DateFault;

const INSTANT = /\b\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?/gi;
const YEAR_FIRST = /(?<![\d/.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d|[/.-]\d)/g;
const YEAR_LAST = /(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d|[/.-]\d)/g;
const MONTH_NAME =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/i;
const DAY_NUMBER = /(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)/;
const WEEKDAY = /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b/i;
const NEXT_WEEKDAY = /\bnext\s+(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b/i;
const PERIOD =
  /\b(?:month|week|quarter|year|weekend|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d)\b/i;

function isFault(reading: DateReading): reading is DateFault {
  return "problem" in reading;
}

/** "03/04/2027": day or month first is settled only when one of them cannot be a month. */
function readYearLast(match: RegExpMatchArray): DateReading {
  const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])];
  if (match[4]?.length === 2) return { problem: "not-a-date" };
  const readings = [calendarDate(year, first, second), calendarDate(year, second, first)].filter((date) => date !== null);
  const [only, other] = [...new Set(readings)];
  if (only === undefined) return { problem: "not-in-calendar" };
  return other === undefined ? { date: only } : { problem: "ambiguous", readings: [only, other].toSorted() };
}

function readYearFirst(match: RegExpMatchArray): DateReading {
  const date = calendarDate(Number(match[1]), Number(match[3]), Number(match[4]));
  return date === null ? { problem: "not-in-calendar" } : { date };
}

/** An instant with a zone may lie on another day in UTC; one without is taken as UTC. */
function readInstant(text: string): DateReading {
  const day = text.slice(0, 10).split("-").map(Number);
  if (calendarDate(day[0] ?? 0, day[1] ?? 0, day[2] ?? 0) === null) return { problem: "not-in-calendar" };
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`;
  const iso = zoned
    .toUpperCase()
    .replace(" ", "T")
    .replace(/T(\d):/, "T0$1:")
    .replace(/([+-]\d{2})(\d{2})$/, "$1:$2");
  const date = utcDateOf(iso);
  return date === null ? { problem: "not-a-date" } : { date };
}

function readNumeric(text: string): { readonly readings: readonly DateReading[]; readonly rest: string } {
  const instants = [...text.matchAll(INSTANT)].map((match) => readInstant(match[0]));
  const dates = text.replace(INSTANT, " ");
  const readings = [
    ...instants,
    ...[...dates.matchAll(YEAR_FIRST)].map(readYearFirst),
    ...[...dates.matchAll(YEAR_LAST)].map(readYearLast),
  ];
  return { readings, rest: dates.replace(YEAR_FIRST, " ").replace(YEAR_LAST, " ") };
}

function resultDate(result: chrono.ParsedResult): DateReading {
  const { start } = result;
  if (result.end) return { problem: "several" };
  const isRelative = start.tags().has("result/relativeDate");
  if (!start.isCertain("day") && !start.isCertain("weekday") && !isRelative) return { problem: "no-day" };
  if (start.isCertain("timezoneOffset") && start.isCertain("hour")) {
    return { date: start.date().toISOString().slice(0, 10) };
  }
  const date = calendarDate(start.get("year") ?? 0, start.get("month") ?? 0, start.get("day") ?? 0);
  return date === null ? { problem: "not-in-calendar" } : { date };
}

function readEnglish(text: string, writtenAt: string): DateReading {
  const reference = { instant: new Date(writtenAt), timezone: 0 };
  const strict = chrono.strict.parse(text, reference, { forwardDate: true });
  if (strict.length === 0 && MONTH_NAME.test(text) && DAY_NUMBER.test(text.replace(/\b\d{4}\b/, ""))) return { problem: "not-in-calendar" };
  const results = strict.length > 0 ? strict : chrono.casual.parse(text, reference, { forwardDate: true });
  const [result, another] = results;
  if (!result) return { problem: PERIOD.test(text) ? "no-day" : "not-a-date" };
  if (another) return { problem: "several" };
  const reading = resultDate(result);
  if (isFault(reading) || !NEXT_WEEKDAY.test(text)) return reading;
  // English speakers differ: the coming one, or the one of the week after.
  const today = utcDateOf(writtenAt) ?? reading.date;
  const ahead = (weekdayOf(reading.date) - weekdayOf(today) + 7) % 7 || 7;
  return { problem: "ambiguous", readings: [addDays(today, ahead), addDays(today, ahead + 7)] };
}

function contradictsWeekday(text: string, date: string, writtenAt: string): boolean {
  const name = WEEKDAY.exec(text)?.[0];
  if (name === undefined) return false;
  const named = chrono.casual.parse(name, { instant: new Date(writtenAt), timezone: 0 })[0]?.start.get("weekday");
  return typeof named === "number" && named !== weekdayOf(date);
}

function readDate(text: string, writtenAt: string): DateReading {
  const { readings, rest } = readNumeric(text);
  const [only] = readings;
  if (readings.length > 1) return { problem: "several" };
  if (!only) return readEnglish(text, writtenAt);
  if (chrono.strict.parse(rest, { instant: new Date(writtenAt), timezone: 0 }).some((result) => result.start.isCertain("day")))
    return { problem: "several" };
  return only;
}

/**
 * Reads a retrofit date: ISO, a numeric date that has one reading, or plain English ("15 January 2027",
 * "in six weeks"), as one calendar day in UTC after today and within the horizon. The text has at most a
 * few hundred characters. Vague, ambiguous, impossible and several dates are faults.
 */
export function parseRetrofitDate(text: string, { writtenAt, now, horizonDays }: DateContext): DateReading {
  const value = text.trim();
  if (!/[\p{L}\p{N}]/u.test(value) || /^[yYmMdDtT\s/.-]+$/.test(value)) return { problem: "missing" };
  const words = vagueDateWords(value);
  if (words !== null) return { problem: "vague", words };
  const reading = readDate(value, writtenAt);
  if (isFault(reading)) return reading;
  if (contradictsWeekday(value, reading.date, writtenAt)) return { problem: "weekday-mismatch", date: reading.date };
  const today = utcDateOf(now);
  if (today === null || reading.date <= today) return { problem: "not-in-the-future", date: reading.date };
  return reading.date > addDays(today, horizonDays) ? { problem: "beyond-horizon", date: reading.date } : reading;
}
