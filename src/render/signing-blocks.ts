import type { Review } from "../model/review.ts";
import { type Block, code, type Line, link, prose, strong } from "./document.ts";

/** Names without ringing their bells: every @name is written as code. */
export function quietNames(text: string): Line {
  return text
    .split(/(@[\w./-]*\w)/)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("@") ? code(part) : prose(part)));
}

/** Who may sign instead, how, and under which policy this was judged. */
export function signingBlocks(review: Review): readonly Block[] {
  const policy: Line = [prose(" Policy: "), code(review.policyOrigin), prose(".")];
  if (review.verdict !== "blocked" && review.verdict !== "undetermined") {
    return [{ kind: "paragraph", line: [prose("Policy: "), code(review.policyOrigin), prose(".")] }];
  }
  return [
    {
      kind: "paragraph",
      line: [
        prose("Cannot wait? "),
        ...signers(review.decisionMakers),
        prose(" may sign for the risk: comment "),
        code("/accept-risk"),
        prose("."),
        ...policy,
      ],
    },
  ];
}

function signers(decisionMakers: string): Line {
  return decisionMakers === "" ? [prose("A decision maker")] : quietNames(decisionMakers);
}

/** What was accepted, by whom, with what in the meantime, and what would block again. */
export function acceptanceBlocks(review: Review): readonly Block[] {
  const { acceptance } = review;
  if (!acceptance) return [];
  const accepted = review.shortfalls.filter((shortfall) => shortfall.acceptedBy !== undefined);
  const signature: Line = acceptance.url === null ? [] : [prose(" "), link("The signature", acceptance.url), prose(".")];
  return [
    { kind: "heading", line: [prose("What was accepted")] },
    { kind: "list", ordered: false, noun: "shortfalls", rows: accepted.map((shortfall) => ({ line: [prose(shortfall.detail)] })) },
    { kind: "paragraph", line: [strong("Until then:"), prose(" "), code(acceptance.mitigation), prose("."), ...signature] },
    {
      kind: "paragraph",
      line: [
        prose(
          "Blocked again by: a shortfall that is not in this list, a deeper one, an edit of the signed form by anyone else, or the date.",
        ),
      ],
    },
  ];
}
