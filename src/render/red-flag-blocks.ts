import type { RedFlag } from "../model/red-flag.ts";
import type { Review } from "../model/review.ts";
import { type Block, code, prose } from "./document.ts";

/** The answer to a deferral (product description, section 7). */
const DEFERRAL_TEMPLATE =
  'BLOCKED: Cannot defer reliability requirements. 80% of "later" items never get added; retrofitting costs 10x more than ' +
  "building in from start; production incidents cost $5K-50K each, plus customer trust. Required to override: (1) a specific " +
  'retrofit date, not "later"; (2) budget in engineer-weeks; (3) risk acceptance signed by a decision maker; (4) an interim ' +
  "mitigation plan (reduced traffic limits? 24/7 on-call?).";

const REALITIES: Readonly<Record<RedFlag["id"], string>> = {
  "add-reliability-later": "80% of what is put off is never added, and retrofitting costs 10 times more.",
  "edge-case-unlikely": "Unlikely times scale is frequent: one in a million is daily at a million requests a day.",
  "circuit-breaker-overkill": "One slow service takes down those that wait for it; the breaker is what stops the cascade.",
  "customer-deadline": "Broken code causes more delay than the days it saved.",
};

const PLACES: Readonly<Record<RedFlag["where"], string>> = { title: "title", body: "description", comment: "a comment" };

/** Whether a deferral holds the merge up: it blocks, and nobody signed for it. */
export function isHeldByDeferral(review: Pick<Review, "verdict" | "redFlags" | "shortfalls">): boolean {
  if (review.verdict !== "blocked" || !review.redFlags.some((flag) => flag.blocks)) return false;
  const own = review.shortfalls.filter((shortfall) => shortfall.id === "add-reliability-later");
  return own.length === 0 || own.some((shortfall) => shortfall.acceptedBy === undefined);
}

/** The answer to a deferral that holds the merge up; nothing when none does. */
export function deferralBlocks(review: Pick<Review, "verdict" | "redFlags" | "shortfalls">): readonly Block[] {
  return isHeldByDeferral(review) ? [{ kind: "quote", line: [prose(DEFERRAL_TEMPLATE)] }] : [];
}

/** Each thought that puts reliability off, quoted, with its reality. */
export function redFlagBlocks(redFlags: readonly RedFlag[]): readonly Block[] {
  if (redFlags.length === 0) return [];
  return [
    { kind: "heading", line: [prose("Red flags, answered")] },
    {
      kind: "list",
      ordered: false,
      noun: "quotations",
      rows: redFlags.map((flag) => ({
        line: [code(flag.quote), prose(` (${PLACES[flag.where]}${flag.blocks ? ", blocks" : ""}): ${REALITIES[flag.id]}`)],
      })),
    },
  ];
}
