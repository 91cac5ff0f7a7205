import type { RiskCommand } from "../../src/risks/find-commands.ts";
import type { FormFault } from "../../src/risks/form-fault.ts";
import { parseRiskForm } from "../../src/risks/parse-risk-form.ts";

/** The day on which the comments of the fixtures were written and are read. */
export const WRITTEN = { writtenAt: "2026-11-23T12:00:00Z", now: "2026-11-23T12:00:00Z", horizonDays: 90 };

function describeFault(fault: FormFault): string {
  const details = Object.entries(fault).flatMap(([key, value]) =>
    key === "field" || key === "problem" || key === "found" ? [] : [String(value)],
  );
  return `${fault.field} ${fault.problem}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
}

/** One line for what a command of a comment gets. */
export function describeCommand(command: RiskCommand): string {
  if (command.kind === "sign") return `sign ${command.code}`.trim();
  if (command.kind === "unknown") return `unknown: ${command.text}`;
  if (command.kind !== "accept-risk") return command.kind;
  const parsed = parseRiskForm(command.form, WRITTEN);
  if (parsed.kind === "blank") return "form asked for";
  if (parsed.kind === "faulty") return `form refused: ${parsed.faults.map(describeFault).join("; ")}`;
  const { retrofitOn, engineerWeeks, acceptedBy, mitigation } = parsed.form;
  return `form: ${retrofitOn}, ${engineerWeeks} engineer-weeks, ${acceptedBy.map((login) => `@${login}`).join(" ")}, ${mitigation}`;
}
