/** A decision maker's signature under a risk, already authorised (contract: acceptances). */
export interface Acceptance {
  /** GitHub login of the signer. */
  readonly acceptedBy: string;
  /** Fingerprints of the shortfalls it covers. */
  readonly fingerprints: readonly string[];
  /** Calendar date, YYYY-MM-DD, UTC: the risk is to be retired on this day at the latest. */
  readonly retrofitOn: string;
  readonly engineerWeeks: number;
  readonly mitigation: string;
  /** Instant of the signature, ISO 8601 UTC. */
  readonly signedAt: string;
  /** Head SHA it was given for, or null when unknown. */
  readonly headSha: string | null;
  /** Web address of the signing comment, or null. */
  readonly url: string | null;
}

/** A reason why the verdict is not a plain pass (contract: shortfalls). */
export interface Shortfall {
  /** A box id, a rule id, "promise", "add-reliability-later", "undetermined" or "payment-operations". */
  readonly id: string;
  readonly fingerprint: string;
  readonly acceptedBy?: string;
  /** Who signed already where too few have: logins. Absent where nobody has, or enough. */
  readonly signedBy?: readonly string[];
  /** 2 for the never-alone list of payment operations, else 1. */
  readonly signersNeeded: number;
  /** One line for the reader: what was not met, and where. */
  readonly detail: string;
}
