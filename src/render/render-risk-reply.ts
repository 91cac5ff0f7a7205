import type { Shortfall } from "../model/acceptance.ts";
import type { Review } from "../model/review.ts";
import type { RiskForm } from "../model/risk-form.ts";
import type { AcceptanceState } from "../risks/acceptance-state.ts";
import type { FormFault } from "../risks/form-fault.ts";
import { type Block, code, count, type Line, prose, type Row, strong } from "./document.ts";
import { shortfallText } from "./labels.ts";
import { byteLength, LIMITS } from "./limits.ts";
import { backendReliability } from "../rubrics/backend-reliability/index.ts";
import { renderPlanSkeletonComment } from "./plan-skeleton.ts";
import { renderRiskForm } from "./risk-form.ts";
import { describeFormFault, FIELD_LABELS } from "./risk-fault-wording.ts";
import { statusBlocks } from "./risk-status.ts";
import { quietNames } from "./signing-blocks.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** What one command of a comment led to. Logins without `@`. */
export type RiskReply =
  | { readonly kind: "form-asked"; readonly review: Review }
  | { readonly kind: "form-refused"; readonly faults: readonly FormFault[]; readonly understood: Partial<RiskForm> }
  /**
   * A complete form that its writer may not sign, or has not: one of `signers` signs its code, of the people that it
   * names. `because` is `maySign`'s reason, if it was asked.
   */
  | {
      readonly kind: "form-waits";
      readonly form: RiskForm;
      readonly code: string;
      readonly signers: readonly string[];
      readonly because: string | null;
    }
  /** `mayNever`: for who the person is, not for the text or what could not be read. */
  | { readonly kind: "signature-refused"; readonly because: string; readonly mayNever?: boolean }
  /** No form of this pull request has that code. `typed` is "" when the code was left out. */
  | { readonly kind: "unknown-code"; readonly typed: string; readonly waiting: readonly string[] }
  | {
      readonly kind: "signed";
      readonly by: string;
      readonly form: RiskForm;
      readonly covered: readonly Shortfall[];
      readonly open: readonly Shortfall[];
    }
  | { readonly kind: "withdrawn" | "nothing-to-withdraw"; readonly by: string }
  | { readonly kind: "status"; readonly state: AcceptanceState }
  | { readonly kind: "rechecking" }
  | { readonly kind: "plan-asked"; readonly review: Review }
  | { readonly kind: "help" }
  | { readonly kind: "unknown-command"; readonly text: string };

/** What the policy allows, for the sentences that say so. */
export interface RiskReplyContext {
  /** The first and the last retrofit date that a form may name, YYYY-MM-DD, UTC. */
  readonly earliest: string;
  readonly latest: string;
  /** Who may sign, as `describeDecisionMakers` says it. */
  readonly decisionMakers: string;
}

const COMMANDS: readonly (readonly [string, string])[] = [
  ["/accept-risk", "the form, or with its fields below: propose it, and sign it if you may"],
  ["/accept-risk sign CODE", "sign the form with this code"],
  ["/accept-risk withdraw", "take your signature or your form back"],
  ["/accept-risk status", "what is accepted, by whom, and what is open"],
  ["/reliability recheck", "review this pull request again"],
  ["/reliability plan", "a plan skeleton made from the diff"],
  ["/reliability help", "this list"],
];

function paragraph(...line: Line): Block {
  return { kind: "paragraph", line };
}

function commandList(): Block {
  return {
    kind: "list",
    ordered: false,
    noun: "commands",
    rows: COMMANDS.map(([command, meaning]) => ({ line: [code(command), prose(`: ${meaning}`)] })),
  };
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

function refusedBlocks(faults: readonly FormFault[], understood: Partial<RiskForm>, context: RiskReplyContext): readonly Block[] {
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

function waitingBlocks(
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

function signedBlocks(reply: Extract<RiskReply, { kind: "signed" }>): readonly Block[] {
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

function unknownCodeBlocks(typed: string, waiting: readonly string[]): readonly Block[] {
  const said =
    typed === ""
      ? [prose("The code is missing.")]
      : [prose("No form here has the code "), code(typed), prose("; a form that was edited has a new one.")];
  if (waiting.length === 0)
    return [paragraph(...said, prose(" No form waits for a signature: comment "), code("/accept-risk"), prose(" for a blank one."))];
  const rows = waiting.map((each): Row => ({ line: [code(`/accept-risk sign ${each}`)] }));
  return [paragraph(...said, prose(" Waiting for a signature:")), { kind: "list", ordered: false, noun: "codes", rows }];
}

function blocksOf(reply: Exclude<RiskReply, { kind: "form-asked" | "plan-asked" }>, context: RiskReplyContext): readonly Block[] {
  switch (reply.kind) {
    case "form-refused":
      return refusedBlocks(reply.faults, reply.understood, context);
    case "form-waits":
      return waitingBlocks(reply, context);
    case "signature-refused":
      return [paragraph(strong("Not signed."), prose(" "), ...quietNames(reply.because))];
    case "unknown-code":
      return unknownCodeBlocks(reply.typed, reply.waiting);
    case "signed":
      return signedBlocks(reply);
    case "withdrawn":
      return [
        paragraph(
          strong("Withdrawn."),
          prose(" What "),
          ...quietNames(`@${reply.by}`),
          prose(" signed or proposed here no longer counts."),
        ),
      ];
    case "nothing-to-withdraw":
      return [paragraph(...quietNames(`@${reply.by}`), prose(" has signed and proposed nothing here, so there is nothing to take back."))];
    case "status":
      return statusBlocks(reply.state);
    case "rechecking":
      return [paragraph(prose("Reviewing again; the check run shows the result."))];
    case "help":
      return [paragraph(strong("Commands"), prose(", each at the start of a line:")), commandList()];
    case "unknown-command":
      return [paragraph(prose("Not a command: "), code(reply.text), prose(". These are:")), commandList()];
  }
}

function partOf(reply: RiskReply, context: RiskReplyContext, left: number): string {
  if (reply.kind === "form-asked") return renderRiskForm(reply.review, { latestRetrofitOn: context.latest });
  if (reply.kind === "plan-asked") return renderPlanSkeletonComment(reply.review, backendReliability).trimEnd();
  return writeMarkdown(blocksOf(reply, context), left);
}

/**
 * One comment that answers all commands of a comment, in their order, as GitHub Markdown within the
 * comment limit. Text of others is quoted as code and pings nobody. "" for no replies.
 */
export function renderRiskReply(replies: readonly RiskReply[], context: RiskReplyContext): string {
  const parts: string[] = [];
  let left = LIMITS.commentBytes;
  for (const reply of replies) {
    const part = partOf(reply, context, left);
    const separator = parts.length > 0 ? "\n\n---\n\n" : "";
    if (byteLength(separator + part) > left) break;
    left -= byteLength(separator + part);
    parts.push(part);
  }
  return parts.join("\n\n---\n\n");
}
