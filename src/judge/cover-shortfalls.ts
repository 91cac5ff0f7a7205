import type { Acceptance, Shortfall } from "../model/acceptance.ts";
import type { Review } from "../model/review.ts";

/** Shortfalls with the names under them, and the acceptance that a reader should see. */
export interface Covered {
  readonly shortfalls: { readonly all: readonly Shortfall[]; readonly isCovered: (shortfall: Shortfall) => boolean };
  readonly acceptance: Review["acceptance"];
}

/**
 * Lays acceptances over shortfalls: each shortfall is covered by unexpired signatures of as many different
 * people as it needs. An acceptance is in force through its retrofit date (UTC); a fingerprint that ends in
 * "@n" covers the same point with a deficit of n or less. What is not covered stays open.
 */
export function coverShortfalls(shortfalls: readonly Shortfall[], acceptances: readonly Acceptance[], now: string): Covered {
  const inForce = acceptances.filter((acceptance) => acceptance.retrofitOn >= now.slice(0, 10));
  const used = new Set<Acceptance>();
  const covered = new Set<Shortfall>();
  const all = shortfalls.map((each) => {
    const signatures = inForce.filter((acceptance) => acceptance.fingerprints.some((accepted) => covers(accepted, each.fingerprint)));
    const signers = [...new Set(signatures.map((acceptance) => acceptance.acceptedBy.toLowerCase()))];
    if (signers.length < each.signersNeeded) return each;
    for (const signature of signatures) used.add(signature);
    const named = { ...each, acceptedBy: [...new Set(signatures.map((acceptance) => acceptance.acceptedBy))].join(", ") };
    covered.add(named);
    return named;
  });
  return { shortfalls: { all, isCovered: (shortfall) => covered.has(shortfall) }, acceptance: summarise([...used]) };
}

function covers(accepted: string, actual: string): boolean {
  if (accepted === actual) return true;
  const [acceptedPoint, acceptedDeficit] = accepted.split("@");
  const [point, deficit] = actual.split("@");
  if (acceptedDeficit === undefined || deficit === undefined) return false;
  return acceptedPoint === point && Number(deficit) <= Number(acceptedDeficit);
}

function summarise(used: readonly Acceptance[]): Review["acceptance"] {
  const [first] = used;
  if (!first) return null;
  const earliest = used.reduce((soonest, each) => (each.retrofitOn < soonest.retrofitOn ? each : soonest), first);
  return {
    by: [...new Set(used.map((each) => each.acceptedBy))],
    until: earliest.retrofitOn,
    engineerWeeks: Math.max(...used.map((each) => each.engineerWeeks)),
    mitigation: earliest.mitigation,
    url: earliest.url,
  };
}
