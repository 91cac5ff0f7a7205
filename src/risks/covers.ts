import type { Acceptance, Shortfall } from "../model/acceptance.ts";
import { utcDateOf } from "./calendar.ts";

/** Shortfalls laid under acceptances. */
export interface Coverage {
  /** With `acceptedBy` filled in: logins joined by ", ". In the order given. */
  readonly covered: readonly Shortfall[];
  /** What still blocks: new, deeper, or signed by too few (`signedBy`). In the order given. */
  readonly open: readonly Shortfall[];
  /** Unexpired acceptances that carry at least one covered shortfall. */
  readonly inForce: readonly Acceptance[];
  readonly expired: readonly Acceptance[];
}

const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether an acceptance has run out: its retrofit date is over, in UTC. A date or clock that cannot be read counts as run out. */
export function isExpired(retrofitOn: string, now: string): boolean {
  const today = utcDateOf(now);
  return today === null || !CALENDAR_DATE.test(retrofitOn) || today > retrofitOn;
}

/**
 * Whether an accepted fingerprint covers an actual one: the same, or the same point with a deficit ("@n")
 * that is not larger.
 */
export function coversFingerprint(accepted: string, actual: string): boolean {
  if (accepted === actual) return true;
  const [acceptedPoint, acceptedDeficit = ""] = accepted.split("@", 2);
  const [point, deficit = ""] = actual.split("@", 2);
  return (
    acceptedPoint === point && /^\d{1,6}$/.test(acceptedDeficit) && /^\d{1,6}$/.test(deficit) && Number(deficit) <= Number(acceptedDeficit)
  );
}

/**
 * Lays acceptances over shortfalls. A shortfall is covered by unexpired acceptances of its fingerprint
 * from as many different people as it needs. An acceptance changes the weight of a shortfall, never its
 * existence: nothing is dropped.
 */
export function applyAcceptances(shortfalls: readonly Shortfall[], acceptances: readonly Acceptance[], now: string): Coverage {
  const unexpired = acceptances.filter((acceptance) => !isExpired(acceptance.retrofitOn, now));
  const inForce = new Set<Acceptance>();
  const covered: Shortfall[] = [];
  const open: Shortfall[] = [];
  for (const shortfall of shortfalls) {
    const under = unexpired.filter(({ fingerprints }) =>
      fingerprints.some((accepted) => coversFingerprint(accepted, shortfall.fingerprint)),
    );
    const signers = new Map(under.map(({ acceptedBy }) => [acceptedBy.toLowerCase(), acceptedBy]));
    if (signers.size < Math.max(1, shortfall.signersNeeded)) {
      open.push(signers.size === 0 ? shortfall : { ...shortfall, signedBy: [...signers.values()] });
      continue;
    }
    for (const acceptance of under) inForce.add(acceptance);
    covered.push({ ...shortfall, acceptedBy: [...signers.values()].join(", ") });
  }
  return {
    covered,
    open,
    inForce: acceptances.filter((acceptance) => inForce.has(acceptance)),
    expired: acceptances.filter((acceptance) => isExpired(acceptance.retrofitOn, now)),
  };
}
