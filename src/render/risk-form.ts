import type { Review } from "../model/review.ts";
import type { RiskForm } from "../model/risk-form.ts";
import { type Block, code, count, type Line, prose, type Row } from "./document.ts";
import { shortfallText } from "./labels.ts";
import { LIMITS } from "./limits.ts";
import { signers } from "./signing-blocks.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** What the form may be filled with beyond the review. */
export interface RiskFormOptions {
  /** The latest retrofit date that the policy allows, YYYY-MM-DD; null when it is not known. */
  readonly latestRetrofitOn?: string | null;
  /** Fields that were understood already. */
  readonly known?: Partial<RiskForm>;
}

/** The form to copy: what is known of the four fields, and blanks `__` for the rest, which read as not filled in. */
function formLines({ retrofitOn, engineerWeeks, acceptedBy = [], mitigation }: Partial<RiskForm>): readonly string[] {
  return [
    "/accept-risk",
    `retrofit date: ${retrofitOn ?? "__"}`,
    `budget in engineer-weeks: ${engineerWeeks ?? "__"}`,
    `accepted by: ${acceptedBy.length === 0 ? "@__" : acceptedBy.map((login) => `@${login}`).join(" and ")}`,
    `interim mitigation: ${mitigation ?? "__"}`,
  ];
}

/**
 * The answer to `/accept-risk` alone and to the button: what would be accepted, the latest date allowed,
 * who may sign, and the form to copy (product description, section 8).
 */
export function renderRiskForm(review: Review, options: RiskFormOptions = {}): string {
  const open = review.shortfalls.filter((shortfall) => shortfall.acceptedBy === undefined);
  if (open.length === 0) {
    return writeMarkdown(
      [{ kind: "paragraph", line: [prose("Nothing has to be accepted: this pull request has no open shortfall.")] }],
      LIMITS.commentBytes,
    );
  }
  const blocks: readonly Block[] = [
    { kind: "heading", line: [prose("Accept the risk")] },
    {
      kind: "paragraph",
      line: [prose(`A signature would accept ${count(open.length, "shortfall")}, and nothing that a later push adds:`)],
    },
    {
      kind: "list",
      ordered: false,
      noun: "shortfalls",
      rows: open.map((shortfall): Row => ({ line: [prose(shortfallText(shortfall)), ...twice(shortfall.signersNeeded)] })),
    },
    ...formBlocks(review, options),
    {
      kind: "paragraph",
      line: [
        prose("Retrofit date: a day, as "),
        code("2027-01-15"),
        prose(". Budget: more than 0. Interim mitigation: a limit, a switch or a rota, with a number or a named owner, as "),
        code("10 req/min"),
        prose(" or "),
        code("24/7 on-call by @a"),
        prose("."),
      ],
    },
    {
      kind: "paragraph",
      line: [
        prose("Someone else may fill the form; the reply then shows a code, and a decision maker signs that text with "),
        code("/accept-risk sign CODE"),
        prose(". An edit after the signature voids it."),
      ],
    },
  ];
  return writeMarkdown(blocks, LIMITS.commentBytes);
}

/** Who may sign and until when, and the form itself. */
export function formBlocks(review: Review, options: RiskFormOptions = {}): readonly Block[] {
  const latest = options.latestRetrofitOn ?? review.latestRetrofitOn;
  const date: Line = [prose(latest ? `Latest retrofit date: ${latest}. ` : "The retrofit date lies within the horizon of the policy. ")];
  return [
    {
      kind: "paragraph",
      line: [...date, prose("May sign: "), ...signers(review), prose("; not the author. Copy this into a new comment:")],
    },
    { kind: "form", lines: formLines(options.known ?? {}) },
  ];
}

function twice(signersNeeded: number): Line {
  return signersNeeded > 1 ? [prose(` (needs ${signersNeeded} signers)`)] : [];
}
