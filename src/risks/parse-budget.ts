import type { BudgetFault } from "./form-fault.ts";
import { vagueAmountWords } from "./vague-words.ts";

const DAYS_A_WEEK = 5;
const HOURS_A_WEEK = 40;
/** An engineer's year: more is a project, not a retrofit. */
const MOST_WEEKS = 52;
/** Half a working day. */
const LEAST_WEEKS = 0.1;

const NUMBER_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const PERSON = "(?:engineers?|eng|developers?|devs?|persons?|people|man|staff|fte)";
const AMOUNT = "(-?\\d{1,9}(?:[.,]\\d{1,9})?)";

const PERSON_TIME = new RegExp(
  `(?<![\\d.,])${AMOUNT}\\s{0,3}(?:${PERSON}'?s?[\\s-]{0,2}(weeks?|wks?|days?|hours?|hrs?)|(ew|pw|pd|ph))\\b`,
  "gi",
);
const PEOPLE_FOR_TIME = new RegExp(
  `(?<![\\d.,])${AMOUNT}\\s{0,3}${PERSON}\\s{0,2}(?:for|[x×*,@]|over)?\\s{0,2}${AMOUNT}\\s{0,3}(weeks?|wks?|days?|hours?|hrs?)\\b`,
  "gi",
);
const PLAIN_TIME = new RegExp(`(?<![\\d.,])${AMOUNT}\\s{0,3}(weeks?|wks?|days?|hours?|hrs?)\\b`, "gi");
const NUMBER = new RegExp(`(?<![\\d.,])${AMOUNT}`, "g");
const BARE_NUMBER = /^-?\d{1,9}(?:[.,]\d{1,9})?$/;
/** The unit of a budget without its number, written in any of the usual ways. */
const UNIT_ALONE = /^(?:engineer|eng|person)?weeks?$/i;
const RANGE = /\d\s{0,3}(?:-|–|—|\bto\b|\.\.)\s{0,3}\d/;
const ENGINEER_WEEKS_LABEL = /(?:engineer|eng|person|dev)[\s_-]{0,2}weeks|\bew\b/i;

interface Amount {
  readonly weeks: number;
}

function weeksOf(amount: number, unit: string): number {
  const short = unit.toLowerCase();
  if (short.startsWith("d") || short === "pd") return amount / DAYS_A_WEEK;
  if (short.startsWith("h") || short === "ph") return amount / HOURS_A_WEEK;
  return amount;
}

function toNumber(text: string): number {
  return Number(text.replace(",", "."));
}

function findAmounts(text: string, label: string): { readonly amounts: readonly Amount[]; readonly rest: string } {
  const amounts: Amount[] = [];
  const add = (weeks: number): string => {
    amounts.push({ weeks });
    return " ";
  };
  let rest = text
    .replace(PEOPLE_FOR_TIME, (_, people: string, time: string, unit: string) => add(toNumber(people) * weeksOf(toNumber(time), unit)))
    .replace(PERSON_TIME, (_, amount: string, unit: string | undefined, short: string | undefined) =>
      add(weeksOf(toNumber(amount), unit ?? short ?? "")),
    );
  if (amounts.length === 0 && ENGINEER_WEEKS_LABEL.test(label)) {
    rest = rest.replace(PLAIN_TIME, (whole, amount: string, unit: string) => add(weeksOf(toNumber(amount), unit)));
    const bare = rest.trim().replace(/\.$/, "").trimEnd();
    if (amounts.length === 0 && BARE_NUMBER.test(bare)) rest = add(toNumber(bare));
  }
  return { amounts, rest };
}

function withDigits(text: string): string {
  const spelled = text.replace(/\b(?:half an|half a)\b/gi, "0.5").replace(/\ban?\s(?=(?:engineer|person|developer|dev|man)[\s-])/gi, "1 ");
  return NUMBER_WORDS.reduce((each, word, index) => each.replace(new RegExp(`\\b${word}\\b`, "gi"), String(index + 1)), spelled);
}

/**
 * Reads a budget as engineer-weeks, more than 0 and at most 52: "2 engineer-weeks", "1.5 ew", "10
 * person-days" (five to a week), "60 person-hours" (forty to a week), "2 engineers for 3 weeks". A bare
 * number or plain weeks count where the field's label names engineer-weeks. The same amount said twice
 * is one. Rounded to 0.01.
 */
export function parseBudget(text: string, label: string): { readonly engineerWeeks: number } | BudgetFault {
  const value = withDigits(text.replaceAll("\u2212", "-").trim());
  if (!/[\p{L}\p{N}]/u.test(value) || UNIT_ALONE.test(value.replaceAll(/[\s_.-]/g, ""))) return { problem: "missing" };
  const words = vagueAmountWords(value);
  if (words !== null) return { problem: "vague", words };
  if (/\d,\d{3}(?!\d)/.test(value)) return { problem: "ambiguous" };
  if (RANGE.test(value)) return { problem: "several" };
  const { amounts, rest } = findAmounts(value, label);
  const [only] = amounts;
  if (!only) return { problem: value.search(NUMBER) < 0 ? "no-number" : "no-unit" };
  if (amounts.some((amount) => amount.weeks !== only.weeks) || /(?<![\w#-])\d/.test(rest)) return { problem: "several" };
  const engineerWeeks = Math.round(only.weeks * 100) / 100;
  if (engineerWeeks < LEAST_WEEKS) return { problem: "too-small" };
  return engineerWeeks > MOST_WEEKS ? { problem: "too-large" } : { engineerWeeks };
}
