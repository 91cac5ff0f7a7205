import type { Acceptance, Shortfall } from "../model/acceptance.ts";
import type { SignatureEnd } from "../model/recorded-acceptance.ts";
import type { RiskForm } from "../model/risk-form.ts";
import type { AcceptanceEvent, AcceptanceEventOf, Signature } from "./acceptance-event.ts";
import type { Coverage } from "./covers.ts";
import { applyAcceptances, isExpired } from "./covers.ts";
import type { FormVersion, SignatureStanding } from "./signature-end.ts";
import { findVersions, standingOf } from "./signature-end.ts";

/** A complete form that nobody has signed as it now reads. */
export interface WaitingForm {
  readonly formId: number;
  readonly code: string;
  readonly form: RiskForm;
}

/** Where the acceptance of a pull request's shortfalls stands, and why. */
export type AcceptanceState = {
  /** The signatures that count now. */
  readonly acceptances: readonly Acceptance[];
  readonly coverage: Coverage;
  /** Signatures that do not count, each with what ended it. */
  readonly ended: readonly { readonly login: string; readonly end: SignatureEnd; readonly at: string }[];
} & (
  | { readonly state: "not-needed" }
  /** No complete form, and nothing that ended. */
  | { readonly state: "none" }
  | { readonly state: "waiting"; readonly forms: readonly WaitingForm[] }
  | { readonly state: "accepted" }
  /** Signatures count, but some shortfalls are new, deeper, or need a second signer: `coverage.open`. */
  | { readonly state: "insufficient" }
  /** Every signature has ended; `end` is that of the newest. */
  | { readonly state: "ended"; readonly end: SignatureEnd }
);

function isSigned(event: AcceptanceEvent): event is Signature {
  return event.kind === "signed";
}

function toAcceptance({ signature, form }: Extract<SignatureStanding, { end: null }>): Acceptance {
  return {
    acceptedBy: signature.login,
    fingerprints: signature.fingerprints,
    retrofitOn: form.retrofitOn,
    engineerWeeks: form.engineerWeeks,
    mitigation: form.mitigation,
    signedAt: signature.at,
    headSha: signature.headSha,
    url: signature.url,
  };
}

/** The text that a form's comment has now; null when times tie between different texts. */
function currentVersion(versions: readonly FormVersion[]): FormVersion | null {
  const newest = versions.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
  if (!newest) return null;
  return versions.some((version) => version.at === newest.at && version.code !== newest.code) ? null : newest;
}

function isGone(events: readonly AcceptanceEvent[], proposed: AcceptanceEventOf<"proposed">): boolean {
  return events.some(
    (event) =>
      (event.kind === "comment-deleted" && event.commentId === proposed.formId) ||
      (event.kind === "withdrawn" && event.by === proposed.by && Date.parse(event.at) >= Date.parse(proposed.at)),
  );
}

/** Complete forms that nobody has signed as they now read, and that are neither gone nor run out. */
export function findWaitingForms(
  events: readonly AcceptanceEvent[],
  counted: readonly SignatureStanding[],
  now: string,
): readonly WaitingForm[] {
  const proposed = new Map(events.filter((event) => event.kind === "proposed").map((event) => [event.formId, event]));
  return [...proposed.values()].flatMap((event) => {
    const current = currentVersion(findVersions(events, event.formId));
    if (!current?.form || isGone(events, event) || isExpired(current.form.retrofitOn, now)) return [];
    if (counted.some(({ signature }) => signature.formId === event.formId)) return [];
    return [{ formId: event.formId, code: current.code, form: current.form }];
  });
}

/**
 * The state of a pull request's risk acceptance: what counts of everything that happened to it, laid over
 * the shortfalls of its head. The order of the events and repeated ones do not matter. "accepted" only
 * when signatures that are authorised, unexpired, unwithdrawn and under an unchanged text cover every
 * shortfall.
 */
export function acceptanceState(events: readonly AcceptanceEvent[], shortfalls: readonly Shortfall[], now: string): AcceptanceState {
  const standings = events.filter(isSigned).map((signature) => standingOf(signature, events, now));
  const counted = standings.filter((standing) => standing.end === null);
  const acceptances = [...new Map(counted.map((standing) => [JSON.stringify(standing.signature), toAcceptance(standing)])).values()];
  const coverage = applyAcceptances(shortfalls, acceptances, now);
  const ended = standings.flatMap(({ signature, end }) => (end === null ? [] : [{ login: signature.login, end, at: signature.at }]));
  const seen = { acceptances, coverage, ended };
  if (shortfalls.length === 0) return { ...seen, state: "not-needed" };
  if (coverage.open.length === 0) return { ...seen, state: "accepted" };
  if (acceptances.length > 0) return { ...seen, state: "insufficient" };
  const forms = findWaitingForms(events, counted, now);
  if (forms.length > 0) return { ...seen, state: "waiting", forms };
  const newest = ended.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
  return newest ? { ...seen, state: "ended", end: newest.end } : { ...seen, state: "none" };
}
