import type { RiskForm } from "../model/risk-form.ts";
import type { FormFault } from "./form-fault.ts";
import { RISK_FIELDS } from "./form-fields.ts";
import { parseAcceptedBy } from "./parse-accepted-by.ts";
import { parseBudget } from "./parse-budget.ts";
import { parseMitigation } from "./parse-mitigation.ts";
import type { DateContext } from "./parse-retrofit-date.ts";
import { parseRetrofitDate } from "./parse-retrofit-date.ts";
import type { FieldAnswer } from "./read-form-fields.ts";
import { readFormFields } from "./read-form-fields.ts";

/**
 * What a form's text is: no form at all, a complete one, or one with faults. `understood` has the fields
 * that are right, to fill the next form with.
 */
export type ParsedRiskForm =
  | { readonly kind: "blank" }
  | { readonly kind: "complete"; readonly form: RiskForm }
  | { readonly kind: "faulty"; readonly faults: readonly FormFault[]; readonly understood: Partial<RiskForm> };

type FieldResult = { readonly understood: Partial<RiskForm> } | { readonly fault: FormFault };

/** Longest answer that a one-day or one-number field is read to. */
const LONGEST_SHORT_ANSWER = 300;

function readField(answer: FieldAnswer, context: DateContext): FieldResult {
  const found = answer.value;
  const short = found.slice(0, LONGEST_SHORT_ANSWER);
  switch (answer.field) {
    case "retrofit-date": {
      const read = parseRetrofitDate(short, context);
      return "problem" in read ? { fault: { field: answer.field, found, ...read } } : { understood: { retrofitOn: read.date } };
    }
    case "budget": {
      const read = parseBudget(short, answer.label);
      return "problem" in read ? { fault: { field: answer.field, found, ...read } } : { understood: read };
    }
    case "accepted-by": {
      const read = parseAcceptedBy(short);
      return "problem" in read ? { fault: { field: answer.field, found, ...read } } : { understood: { acceptedBy: read.logins } };
    }
    case "mitigation": {
      const read = parseMitigation(found);
      return "problem" in read ? { fault: { field: answer.field, found, ...read } } : { understood: read };
    }
  }
}

function readAnswers(answers: readonly FieldAnswer[], field: FieldAnswer["field"], context: DateContext): FieldResult {
  const own = answers.filter((answer) => answer.field === field);
  const filled = own.filter((answer) => /[\p{L}\p{N}]/u.test(answer.value));
  const distinct = new Set(filled.map((answer) => answer.value.replace(/\s+/g, " ").trim().toLowerCase()));
  if (distinct.size > 1)
    return { fault: { field, problem: "several-answers", found: [...distinct].join(" / ").slice(0, LONGEST_SHORT_ANSWER) } };
  return readField(filled[0] ?? own[0] ?? { field, label: "", value: "" }, context);
}

function isComplete(understood: Partial<RiskForm>): understood is RiskForm {
  return (
    understood.retrofitOn !== undefined &&
    understood.engineerWeeks !== undefined &&
    understood.acceptedBy !== undefined &&
    understood.mitigation !== undefined
  );
}

/**
 * Reads the text of a risk form. Tolerant in form: fields in any order, as bullets, bold, headings, a
 * table, a code fence, JSON or `key: value`, over several lines. Strict in meaning: every field has to
 * be there once, and say one thing. Text without any field is blank, not faulty. Never throws; the text
 * is what `findCommands` returned, so its length is bounded.
 */
export function parseRiskForm(text: string, context: DateContext): ParsedRiskForm {
  const answers = readFormFields(text);
  if (answers.length === 0 || !answers.some((answer) => /[\p{L}\p{N}]/u.test(answer.value))) return { kind: "blank" };
  const results = RISK_FIELDS.map((field) => readAnswers(answers, field, context));
  const faults = results.flatMap((result) => ("fault" in result ? [result.fault] : []));
  const understood: Partial<RiskForm> = Object.assign({}, ...results.map((result) => ("understood" in result ? result.understood : {})));
  return faults.length === 0 && isComplete(understood) ? { kind: "complete", form: understood } : { kind: "faulty", faults, understood };
}
