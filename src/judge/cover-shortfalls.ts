import type { Acceptance, Shortfall } from "../model/acceptance.ts";
import type { Review } from "../model/review.ts";
import { applyAcceptances } from "../risks/covers.ts";

/** Shortfalls with the names under them, and the acceptance that a reader should see. */
export interface Covered {
  /** In the order given. */
  readonly shortfalls: readonly Shortfall[];
  readonly isCovered: (shortfall: Shortfall) => boolean;
  readonly acceptance: Review["acceptance"];
}

/** Lays acceptances over shortfalls and sums up those in force: all signers, the earliest date, the largest budget. */
export function coverShortfalls(shortfalls: readonly Shortfall[], acceptances: readonly Acceptance[], now: string): Covered {
  const { covered, open, inForce } = applyAcceptances(shortfalls, acceptances, now);
  const named = new Map([...open, ...covered].map((shortfall) => [shortfall.fingerprint, shortfall]));
  const all = shortfalls.map((shortfall) => named.get(shortfall.fingerprint) ?? shortfall);
  const isCovered = ({ fingerprint }: Shortfall): boolean => named.get(fingerprint)?.acceptedBy !== undefined;
  return { shortfalls: all, isCovered, acceptance: summarise(inForce) };
}

function summarise(inForce: readonly Acceptance[]): Review["acceptance"] {
  const [first] = inForce;
  if (!first) return null;
  const earliest = inForce.reduce((soonest, each) => (each.retrofitOn < soonest.retrofitOn ? each : soonest), first);
  return {
    by: [...new Set(inForce.map((each) => each.acceptedBy))],
    until: earliest.retrofitOn,
    engineerWeeks: Math.max(...inForce.map((each) => each.engineerWeeks)),
    mitigation: earliest.mitigation,
    url: earliest.url,
  };
}
