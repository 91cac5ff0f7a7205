import { backendReliability } from "../rubrics/backend-reliability/index.ts";
import { type Block, code, prose, strong } from "./document.ts";
import { byteLength, LIMITS } from "./limits.ts";
import { renderPlanSkeletonComment } from "./plan-skeleton.ts";
import { renderRiskForm } from "./risk-form.ts";
import type { RiskReply, RiskReplyContext } from "./risk-reply.ts";
import { paragraph, refusedBlocks, signedBlocks, unknownCodeBlocks, waitingBlocks } from "./risk-reply-blocks.ts";
import { statusBlocks } from "./risk-status.ts";
import { quietNames } from "./signing-blocks.ts";
import { writeMarkdown } from "./write-markdown.ts";

const COMMANDS: readonly (readonly [string, string])[] = [
  ["/accept-risk", "the form, or with its fields below: propose it, and sign it if you may"],
  ["/accept-risk sign CODE", "sign the form with this code"],
  ["/accept-risk withdraw", "take your signature or your form back"],
  ["/accept-risk status", "what is accepted, by whom, and what is open"],
  ["/reliability recheck", "review this pull request again"],
  ["/reliability plan", "a plan skeleton made from the diff"],
  ["/reliability help", "this list"],
];

function commandList(): Block {
  return {
    kind: "list",
    ordered: false,
    noun: "commands",
    rows: COMMANDS.map(([command, meaning]) => ({ line: [code(command), prose(`: ${meaning}`)] })),
  };
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
