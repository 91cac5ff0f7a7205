import type { SignatureEnd } from "../model/recorded-acceptance.ts";

/** What ended a signature, as the end of a sentence about it. */
export const SIGNATURE_ENDS: Readonly<Record<SignatureEnd, string>> = {
  "not-authorised": "did not count: the signer may not sign here",
  "not-named": "did not count: the form names somebody else",
  "another-text": "did not count: it was given for another text",
  "form-edited": "ended: the form was edited afterwards",
  "form-deleted": "ended: the form was deleted",
  "signature-edited": "ended: the signing comment was edited",
  "signature-deleted": "ended: the signing comment was deleted",
  "authority-lost": "ended: the signer may no longer sign here",
  "base-changed": "ended: the pull request goes into another branch now",
  withdrawn: "ended: it was taken back",
  expired: "ended: its retrofit date is over",
};
