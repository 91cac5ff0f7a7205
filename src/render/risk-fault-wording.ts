import type { RiskField } from "../risks/form-fields.ts";
import type { FormFault } from "../risks/form-fault.ts";
import { code, type Line, prose } from "./document.ts";

/** The fields as the form calls them. */
export const FIELD_LABELS: Readonly<Record<RiskField, string>> = {
  "retrofit-date": "Retrofit date",
  budget: "Budget",
  "accepted-by": "Accepted by",
  mitigation: "Interim mitigation",
};

/** The dates that a form may name, YYYY-MM-DD, UTC. */
export interface AllowedDates {
  readonly earliest: string;
  readonly latest: string;
}

type FaultOf<F extends RiskField> = Extract<FormFault, { field: F }>;

function wrongDate(fault: FaultOf<"retrofit-date">): string {
  switch (fault.problem) {
    case "missing":
      return "is missing";
    case "vague":
      return `is no day: \`${fault.words}\` leaves it open`;
    case "ambiguous":
      return `has two readings, ${fault.readings.map((reading) => `\`${reading}\``).join(" and ")}`;
    case "several":
      return "names more than one date";
    case "no-day":
      return "names no day";
    case "not-in-calendar":
      return "is no day of the calendar";
    case "weekday-mismatch":
      return `contradicts itself: \`${fault.date}\` is another day of the week`;
    case "not-a-date":
      return "could not be read as a date";
    case "not-in-the-future":
      return `was understood as \`${fault.date}\` (UTC), which is not in the future`;
    case "beyond-horizon":
      return `was understood as \`${fault.date}\` (UTC), which is later than the policy allows`;
    case "several-answers":
      return "is there more than once, with different content";
  }
}

function wrongBudget(fault: FaultOf<"budget">): string {
  switch (fault.problem) {
    case "missing":
      return "is missing";
    case "vague":
      return `is no amount: \`${fault.words}\` leaves it open`;
    case "no-number":
      return "has no number";
    case "no-unit":
      return "has no unit of people's time";
    case "several":
      return "names more than one amount";
    case "ambiguous":
      return "has two readings: the comma may part decimals or thousands";
    case "too-small":
      return "is less than half a day";
    case "too-large":
      return "is more than a year of one engineer";
    case "several-answers":
      return "is there more than once, with different content";
  }
}

function wrongPerson(fault: FaultOf<"accepted-by">): string {
  switch (fault.problem) {
    case "missing":
      return "is missing";
    case "not-a-login":
      return "names no GitHub login";
    case "team":
      return "names a team, and a person has to sign";
    case "bot":
      return "names a bot, and a person has to sign";
    case "several":
      return "names more than two people";
    case "several-answers":
      return "is there more than once, with different content";
  }
}

function wrongMitigation(fault: FaultOf<"mitigation">): string {
  switch (fault.problem) {
    case "missing":
      return "is missing";
    case "vague":
      return `puts it off: \`${fault.words}\``;
    case "no-measure":
      return "states no limit, switch or rota";
    case "no-number-or-owner":
      return "has neither a number nor a named owner";
    case "too-long":
      return "is longer than 2,000 characters";
    case "several-answers":
      return "is there more than once, with different content";
  }
}

function wrongOf(fault: FormFault): string {
  switch (fault.field) {
    case "retrofit-date":
      return wrongDate(fault);
    case "budget":
      return wrongBudget(fault);
    case "accepted-by":
      return wrongPerson(fault);
    case "mitigation":
      return wrongMitigation(fault);
  }
}

function expectedOf(field: RiskField, { earliest, latest }: AllowedDates): string {
  switch (field) {
    case "retrofit-date":
      return `Write one day from \`${earliest}\` to \`${latest}\`, in that form or in plain English (\`in 3 weeks\`).`;
    case "budget":
      return "Write one amount from 0.1 to 52, as `2 engineer-weeks` or `10 person-days`.";
    case "accepted-by":
      return "Write the login of the person who signs, as `@dana`; two where two have to sign.";
    case "mitigation":
      return "State a limit, a switch or a rota, with a number or a named owner, as `10 req/min` or `24/7 on-call by @dana`.";
  }
}

/** What is wrong with a field, what stood there, and what to write instead. */
export function describeFormFault(fault: FormFault, dates: AllowedDates): Line {
  const found: Line = fault.found.trim() === "" || fault.problem === "missing" ? [] : [code(fault.found), prose(" ")];
  return [...found, prose(`${wrongOf(fault)}. ${expectedOf(fault.field, dates)}`)];
}
