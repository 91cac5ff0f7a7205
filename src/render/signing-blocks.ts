import type { Review } from "../model/review.ts";
import { type Block, code, type Line, link, prose, type Row, strong } from "./document.ts";
import { shortfallText } from "./labels.ts";
import { excerpt } from "./neutralise.ts";
import { SIGNATURE_ENDS } from "./signature-ends.ts";

/** Entries of each kind that a list of signatures shows. */
const MOST_SHOWN = 5;

/** Longest sentence with names in it, in characters: a policy may name hundreds. */
const LONGEST_NAMES = 500;

/** Names without ringing their bells: every @name is written as code. */
export function quietNames(text: string): Line {
  return excerpt(text, LONGEST_NAMES)
    .split(/(@[\w./-]*\w)/)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("@") ? code(part) : prose(part)));
}

/** Who may sign instead, how, and under which policy this was judged. */
export function signingBlocks(review: Review): readonly Block[] {
  const base: Line = review.base === undefined ? [] : [prose("Judged for merging into "), code(review.base), prose(". ")];
  const policy: Line = [...base, prose("Policy: "), code(review.policyOrigin), prose(".")];
  if (review.verdict !== "blocked" && review.verdict !== "undetermined") return [{ kind: "paragraph", line: policy }];
  const line: Line = isNobody(review)
    ? [
        prose("Nobody may sign for the risk yet: set "),
        code("decision-makers"),
        prose(" in "),
        code(".github/backend-reliability.yml"),
        prose(". "),
      ]
    : [prose("Cannot wait? "), ...signers(review), prose(" may sign for the risk: comment "), code("/accept-risk"), prose(". ")];
  return [{ kind: "paragraph", line: [...line, ...policy] }];
}

/** Who may sign, as part of a sentence. */
export function signers(review: Pick<Review, "decisionMakers">): Line {
  return review.decisionMakers === "" ? [prose("a decision maker")] : quietNames(review.decisionMakers);
}

function isNobody({ decisionMakers, signatures }: Review): boolean {
  return /^nobody\b/i.test(decisionMakers) || signatures?.nobodyLeft === true;
}

/** What was accepted, by whom, with what in the meantime, and what would block again. */
export function acceptanceBlocks(review: Review): readonly Block[] {
  const { acceptance } = review;
  if (!acceptance) return [];
  const accepted = review.shortfalls.filter((shortfall) => shortfall.acceptedBy !== undefined);
  const signature: Line = acceptance.url === null ? [] : [prose(" "), link("The signature", acceptance.url), prose(".")];
  return [
    { kind: "heading", line: [prose("What was accepted")] },
    { kind: "list", ordered: false, noun: "shortfalls", rows: accepted.map((shortfall) => ({ line: [prose(shortfallText(shortfall))] })) },
    { kind: "paragraph", line: [strong("Until then:"), prose(" "), code(acceptance.mitigation), prose("."), ...signature] },
    {
      kind: "paragraph",
      line: [
        prose(
          "Blocked again by: a shortfall that is not in this list, a deeper one, an edit of the signed form by anyone else, another base branch, or the date.",
        ),
      ],
    },
  ];
}

/** What is awaited from a signer, and which signatures do not count: only where it holds the pull request up. */
export function awaitedBlocks(review: Review): readonly Block[] {
  const { signatures } = review;
  if (!signatures || (review.verdict !== "blocked" && review.verdict !== "undetermined")) return [];
  const waiting = signatures.waiting.slice(0, MOST_SHOWN).map(({ code: formCode, acceptedBy, url }): Row => ({
    line: [
      link("A complete form", url),
      prose(" waits for its signature: "),
      ...quietNames(acceptedBy.map((login) => `@${login}`).join(" or ")),
      prose(" comments "),
      code(`/accept-risk sign ${formCode}`),
      prose("."),
    ],
  }));
  const vain = (signatures.vain ?? []).slice(0, MOST_SHOWN).map(({ acceptedBy, url }): Row => ({
    line: [
      link("A complete form", url),
      prose(" names only "),
      ...quietNames(acceptedBy.map((login) => `@${login}`).join(" and ")),
      prose(", who may not sign here: name "),
      ...signers(review),
      prose(" in it."),
    ],
  }));
  const ended = signatures.ended.slice(-MOST_SHOWN).map(({ by, end, until }): Row => ({
    line: [
      prose("The signature of "),
      ...quietNames(`@${by}`),
      prose(end === "expired" ? ` ran out on ${until}, before the merge.` : ` ${SIGNATURE_ENDS[end]}.`),
    ],
  }));
  const unchecked = signatures.unchecked.map(({ by, because }): Row => ({
    line: [prose("The signature of "), ...quietNames(`@${by}`), prose(" does not count now. "), ...quietNames(because)],
  }));
  const rows = [...waiting, ...vain, ...ended, ...unchecked];
  return rows.length === 0
    ? []
    : [
        { kind: "heading", line: [prose("Signatures")] },
        { kind: "list", ordered: false, noun: "signatures", rows },
      ];
}

/** Whether a signature is what the pull request waits for: a complete form, or one that ran out or could not be checked. */
export function isSignatureAwaited({ verdict, signatures }: Review): boolean {
  if (!signatures || (verdict !== "blocked" && verdict !== "undetermined")) return false;
  return signatures.waiting.length > 0 || signatures.unchecked.length > 0 || signatures.ended.some(({ end }) => end === "expired");
}

/** What somebody signed for already while something else still blocks. */
export function signedBlocks(review: Review): readonly Block[] {
  if (review.verdict !== "blocked" && review.verdict !== "undetermined") return [];
  const signed = review.shortfalls.filter((shortfall) => shortfall.acceptedBy !== undefined);
  if (signed.length === 0) return halfSignedBlocks(review);
  const open = review.shortfalls.filter((shortfall) => shortfall.acceptedBy === undefined);
  return [
    { kind: "heading", line: [prose("Not signed for, and what blocks")] },
    { kind: "list", ordered: false, noun: "shortfalls", rows: open.map((shortfall) => ({ line: [prose(shortfallText(shortfall))] })) },
    { kind: "heading", line: [prose("Signed for already, and not what blocks")] },
    {
      kind: "list",
      ordered: false,
      noun: "shortfalls",
      rows: signed.map((shortfall) => ({ line: [prose(`${shortfallText(shortfall)}, by `), code(`@${shortfall.acceptedBy}`)] })),
    },
    ...halfSignedBlocks(review),
  ];
}

/** What nobody may accept alone and one person signed for: who else is needed. */
export function halfSignedBlocks(review: Review): readonly Block[] {
  const half = review.shortfalls.flatMap((shortfall) => (shortfall.signedBy ? [{ shortfall, by: shortfall.signedBy }] : []));
  if (half.length === 0) return [];
  const first = [...new Set(half.flatMap(({ by }) => by))].map((login) => `@${login}`).join(", ");
  return [
    { kind: "heading", line: [prose("Needs a second signature")] },
    {
      kind: "list",
      ordered: false,
      noun: "shortfalls",
      rows: half.map(({ shortfall, by }) => ({
        line: [prose(`${shortfallText(shortfall)}, signed by `), ...quietNames(by.map((login) => `@${login}`).join(", ")), prose(" alone")],
      })),
    },
    {
      kind: "paragraph",
      line: [
        prose("Another of "),
        ...signers(review),
        prose(" has to sign as well: comment "),
        code("/accept-risk"),
        prose(". Neither the author nor "),
        ...quietNames(first),
        prose(" a second time counts."),
      ],
    },
  ];
}
