import type { Shortfall } from "../model/acceptance.ts";
import type { RiskForm } from "../model/risk-form.ts";
import type { FormFault } from "../risks/form-fault.ts";
import { type Block, code, count, type Line, prose, type Row, strong } from "./document.ts";
import { shortfallText } from "./labels.ts";
import { describeFormFault, FIELD_LABELS } from "./risk-fault-wording.ts";
import type { RiskReply, RiskReplyContext } from "./risk-reply.ts";
import { quietNames } from "./signing-blocks.ts";

/** A paragraph of these words. */
export function paragraph(...line: Line): Block {
  return { kind: "paragraph", line };
}

/** The form to copy, with what was understood filled in. */
function filledForm({ retrofitOn, engineerWeeks, acceptedBy, mitigation }: Partial<RiskForm>): Block {
  const people = acceptedBy?.map((login) => `@${login}`).join(" and ");
  const lines = [
    "/accept-risk",
    `retrofit date: ${retrofitOn ?? "__"}`,
    `budget: ${engineerWeeks ?? "__"} engineer-weeks`,
    `accepted by: ${people ?? "@__"}`,
    `interim mitigation: ${mitigation ?? "__"}`,
  ];
  return { kind: "form", lines };
}

function understoodRows(form: RiskForm): Block {
  const rows: readonly Row[] = [
    { line: [strong(FIELD_LABELS["retrofit-date"]), prose(": through "), code(form.retrofitOn), prose(" (UTC)")] },
    { line: [strong(FIELD_LABELS.budget), prose(`: ${count(form.engineerWeeks, "engineer-week")}`)] },
    { line: [strong(FIELD_LABELS["accepted-by"]), prose(": "), ...quietNames(form.acceptedBy.map((login) => `@${login}`).join(" and "))] },
    { line: [strong(FIELD_LABELS.mitigation), prose(": "), code(form.mitigation)] },
  ];
  return { kind: "list", ordered: false, noun: "fields", rows };
}

function shortfallList(shortfalls: readonly Shortfall[]): Block {
  const row = ({ detail, signersNeeded }: Shortfall): Row => ({
    line: [prose(shortfallText({ detail })), prose(signersNeeded > 1 ? ` (needs ${signersNeeded} signers)` : "")],
  });
  return { kind: "list", ordered: false, noun: "shortfalls", rows: shortfalls.map(row) };
}

/** What is wrong with a form, and the form again with what was understood. */
export function refusedBlocks(faults: readonly FormFault[], understood: Partial<RiskForm>, context: RiskReplyContext): readonly Block[] {
  const rows = faults.map((fault): Row => ({
    line: [strong(FIELD_LABELS[fault.field]), prose(": "), ...describeFormFault(fault, context)],
  }));
  return [
    paragraph(strong("The form does not count yet."), prose(` ${count(faults.length, "field")} to change:`)),
    { kind: "list", ordered: false, noun: "fields", rows },
    paragraph(prose("Edit your comment, or post this with the blanks filled in:")),
    filledForm(understood),
  ];
}

/** A complete form that waits for somebody to sign it. */
export function waitingBlocks(
  { form, code: formCode, signers, because }: Extract<RiskReply, { kind: "form-waits" }>,
  { decisionMakers }: RiskReplyContext,
): readonly Block[] {
  const reason: Line = because === null ? [] : [prose(" "), ...quietNames(because)];
  if (signers.length === 0)
    return [
      paragraph(strong("The form is complete, and nobody it names may sign it."), ...reason),
      paragraph(prose("Edit your comment and name as accepting one of: "), ...quietNames(decisionMakers), prose("; not the author.")),
    ];
  return [
    paragraph(strong("The form is complete and waits for a signature."), ...reason),
    understoodRows(form),
    paragraph(prose("To sign exactly this text, "), ...quietNames(signers.map((login) => `@${login}`).join(" or ")), prose(" comments:")),
    { kind: "form", lines: [`/accept-risk sign ${formCode}`] },
    paragraph(prose("May sign: "), ...quietNames(decisionMakers), prose("; not the author. An edit of the form changes its code.")),
  ];
}

/** What a signature covers and what stays open. */
export function signedBlocks(reply: Extract<RiskReply, { kind: "signed" }>): readonly Block[] {
  const blocks: Block[] = [
    paragraph(
      strong("Signed."),
      prose(" "),
      ...quietNames(`@${reply.by}`),
      prose(` accepts ${count(reply.covered.length, "shortfall")}, and nothing that a later push adds:`),
    ),
    shortfallList(reply.covered),
    understoodRows(reply.form),
  ];
  if (reply.open.length > 0)
    blocks.push(
      paragraph(prose("Still open, because it needs another signer or was not on the check when this was written:")),
      shortfallList(reply.open),
    );
  return [
    ...blocks,
    paragraph(
      prose("An edit of the signed text voids the signature. To take it back, comment "),
      code("/accept-risk withdraw"),
      prose("."),
    ),
  ];
}

/** A code that no form has, and those that wait. */
export function unknownCodeBlocks(typed: string, waiting: readonly string[]): readonly Block[] {
  const said =
    typed === ""
      ? [prose("The code is missing.")]
      : [prose("No form here has the code "), code(typed), prose("; a form that was edited has a new one.")];
  if (waiting.length === 0)
    return [paragraph(...said, prose(" No form waits for a signature: comment "), code("/accept-risk"), prose(" for a blank one."))];
  const rows = waiting.map((each): Row => ({ line: [code(`/accept-risk sign ${each}`)] }));
  return [paragraph(...said, prose(" Waiting for a signature:")), { kind: "list", ordered: false, noun: "codes", rows }];
}
