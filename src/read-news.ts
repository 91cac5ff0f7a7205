import type { PullRequestRef } from "./model/job.ts";
import type { Policy } from "./model/policy.ts";
import type { Review, SignatureNews } from "./model/review.ts";
import type { GitHubAccount } from "./model/signing.ts";
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
  const candidates = await readCandidates(ref, review, policy, ports);
  const involved = candidates === null ? null : await signatures.involvement();
  const maySomebody = (names: readonly string[] | null): boolean =>
    candidates === null ||
    involved === null ||
    isAnybodyLeft(names === null ? candidates : candidates.filter(({ login }) => hasLogin(names, login)), involved);
  const forms = signatures.waiting.flatMap(({ form, comment }) =>
    form?.parsed.kind === "complete" ? [{ code: form.code, acceptedBy: form.parsed.form.acceptedBy, url: comment.url }] : [],
  );
  const vain = forms.filter(({ acceptedBy }) => !maySomebody(acceptedBy)).map(({ acceptedBy, url }) => ({ acceptedBy, url }));
  const ended = [...signatures.ended, ...signatures.expired.map((each) => ({ ...each, endedBecause: "expired" as const }))];
  const news: SignatureNews = {
    waiting: forms.filter(({ acceptedBy }) => maySomebody(acceptedBy)),
    ...(vain.length > 0 ? { vain } : {}),
    // Whoever signed again has been heard.
    ended: ended.flatMap(({ acceptedBy, acceptedById, endedBecause, retrofitOn }) =>
      endedBecause === null || signatures.counted.some((each) => each.acceptedById === acceptedById)
        ? []
        : [{ by: acceptedBy, end: endedBecause, until: retrofitOn }],
    ),
    unchecked: signatures.unchecked.map(({ acceptance, because }) => ({ by: acceptance.acceptedBy, because })),
    ...(maySomebody(null) ? {} : { nobodyLeft: true }),
  };
  const isEmpty = forms.length + news.ended.length + news.unchecked.length === 0 && !news.nobodyLeft;
  return isEmpty ? null : news;
}

function hasLogin(names: readonly string[], login: string): boolean {
  return names.some((name) => name.toLowerCase() === login.toLowerCase());
}

/** Everyone who could sign at all; null where nobody has to, or where they cannot be listed. */
async function readCandidates(
  ref: PullRequestRef,
  { verdict }: Review,
  policy: Policy,
  { signing }: Pick<SignaturePorts, "signing">,
): Promise<readonly GitHubAccount[] | null> {
  return verdict === "blocked" || verdict === "undetermined" ? signing.fetchCandidates(ref, policy.decisionMakers) : null;
}
