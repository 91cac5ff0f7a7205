import type { PullRequestRef } from "./model/job.ts";
import type { Policy } from "./model/policy.ts";
import type { Review, SignatureNews } from "./model/review.ts";
import type { SignaturePorts, Signatures } from "./read-signatures.ts";
import { isAnybodyLeft } from "./risks/may-sign.ts";

/**
 * What a held-up pull request's reader should know about signatures; null where there is nothing to tell. Asks GitHub
 * who is left to sign only where somebody has to.
 */
export async function readNews(
  ref: PullRequestRef,
  review: Review,
  signatures: Signatures,
  { policy, ports }: { readonly policy: Policy; readonly ports: Pick<SignaturePorts, "signing"> },
): Promise<SignatureNews | null> {
  const ended = [...signatures.ended, ...signatures.expired.map((each) => ({ ...each, endedBecause: "expired" as const }))];
  const news: SignatureNews = {
    waiting: signatures.waiting.flatMap(({ form, comment }) =>
      form?.parsed.kind === "complete" ? [{ code: form.code, acceptedBy: form.parsed.form.acceptedBy, url: comment.url }] : [],
    ),
    // Whoever signed again has been heard.
    ended: ended.flatMap(({ acceptedBy, acceptedById, endedBecause, retrofitOn }) =>
      endedBecause === null || signatures.counted.some((each) => each.acceptedById === acceptedById)
        ? []
        : [{ by: acceptedBy, end: endedBecause, until: retrofitOn }],
    ),
    unchecked: signatures.unchecked.map(({ acceptance, because }) => ({ by: acceptance.acceptedBy, because })),
    ...((await isNobodyLeft(ref, review, signatures, policy, ports)) ? { nobodyLeft: true } : {}),
  };
  const isEmpty = news.waiting.length + news.ended.length + news.unchecked.length === 0 && !news.nobodyLeft;
  return isEmpty ? null : news;
}

async function isNobodyLeft(
  ref: PullRequestRef,
  { verdict }: Review,
  signatures: Signatures,
  policy: Policy,
  { signing }: Pick<SignaturePorts, "signing">,
): Promise<boolean> {
  if (verdict !== "blocked" && verdict !== "undetermined") return false;
  const candidates = await signing.fetchCandidates(ref, policy.decisionMakers);
  return candidates !== null && !isAnybodyLeft(candidates, await signatures.involvement());
}
