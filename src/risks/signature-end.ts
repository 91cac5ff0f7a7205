import type { AcceptanceEvent, AcceptanceEventOf, Signature } from "./acceptance-event.ts";
import type { SignatureEnd } from "../model/recorded-acceptance.ts";
import type { RiskForm } from "../model/risk-form.ts";
import { isExpired } from "./covers.ts";

export type FormVersion = AcceptanceEventOf<"proposed"> | AcceptanceEventOf<"form-edited">;

/** A signature that was looked at: with the form it stands under while it counts, else with what ended it. */
export type SignatureStanding = { readonly signature: Signature } & (
  | { readonly end: null; readonly form: RiskForm }
  | { readonly end: SignatureEnd; readonly form: RiskForm | null }
);

function timeOf(event: { readonly at: string }): number {
  const time = Date.parse(event.at);
  return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
}

/** Whether an event is as late as another, or later. GitHub's times are whole seconds: what ends a signature wins a tie. */
function isNotBefore(event: { readonly at: string }, other: { readonly at: string }): boolean {
  return timeOf(event) >= timeOf(other);
}

/** All texts that a form's comment had. */
export function findVersions(events: readonly AcceptanceEvent[], formId: number): readonly FormVersion[] {
  return events.filter((event) => event.kind === "proposed" || event.kind === "form-edited").filter((event) => event.formId === formId);
}

/** The newest text that a signature's code fits and that was there when it was given. */
function findSignedVersion(versions: readonly FormVersion[], signature: Signature): FormVersion | undefined {
  return versions
    .filter((version) => version.code === signature.code && isNotBefore(signature, version))
    .toSorted((one, other) => timeOf(other) - timeOf(one))[0];
}

function endOfText(versions: readonly FormVersion[], signed: FormVersion | undefined, signature: Signature): SignatureEnd | null {
  if (!signed) return "another-text";
  const wasChanged = versions.some((version) => version.code !== signature.code && isNotBefore(version, signed));
  const wasTouched = versions.some((version) => version.kind === "form-edited" && timeOf(version) > timeOf(signature));
  return wasChanged || wasTouched ? "form-edited" : null;
}

function endOfSignature(events: readonly AcceptanceEvent[], signature: Signature, formAuthors: readonly number[]): SignatureEnd | null {
  for (const event of events) {
    switch (event.kind) {
      case "comment-deleted":
        if (event.commentId === signature.commentId) return "signature-deleted";
        if (event.commentId === signature.formId) return "form-deleted";
        break;
      case "signature-edited":
        if (event.commentId === signature.commentId && timeOf(event) > timeOf(signature)) return "signature-edited";
        break;
      case "authority-lost":
        if (event.of === signature.by && isNotBefore(event, signature)) return "authority-lost";
        break;
      case "base-changed":
        if (event.commentId === signature.commentId && isNotBefore(event, signature)) return "base-changed";
        break;
      case "withdrawn":
        if ((event.by === signature.by || formAuthors.includes(event.by)) && isNotBefore(event, signature)) return "withdrawn";
        break;
    }
  }
  return null;
}

/** Whether one signature counts now, given everything that happened. The order of `events` does not matter. */
export function standingOf(signature: Signature, events: readonly AcceptanceEvent[], now: string): SignatureStanding {
  const versions = findVersions(events, signature.formId);
  const signed = findSignedVersion(versions, signature);
  const form = signed?.form ?? null;
  const authors = versions.filter((version) => version.kind === "proposed").map((version) => version.by);
  const ended = (end: SignatureEnd): SignatureStanding => ({ signature, end, form });
  // Without a time nothing could be shown to come after it.
  if (!signature.authorised || !Number.isFinite(timeOf(signature))) return ended("not-authorised");
  const end = endOfText(versions, signed, signature) ?? endOfSignature(events, signature, authors);
  if (end !== null) return ended(end);
  if (form === null) return ended("another-text");
  if (!form.acceptedBy.some((login) => login.toLowerCase() === signature.login.toLowerCase())) return ended("not-named");
  return isExpired(form.retrofitOn, now) ? ended("expired") : { signature, end: null, form };
}
