import type { PullRequestRef } from "./model/job.ts";
import type { Policy } from "./model/policy.ts";
import type { Review, SignatureNews } from "./model/review.ts";
import type { Authorship, GitHubAccount, Involvement } from "./model/signing.ts";
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
  { policy, authorship, ports }: NewsContext,
): Promise<SignatureNews | null> {
  const forms = signatures.waiting.flatMap(({ form, comment }) =>
    form?.parsed.kind === "complete" ? [{ code: form.code, acceptedBy: form.parsed.form.acceptedBy, url: comment.url }] : [],
  );
  const people = await readPeople(ref, review, signatures, { isAnew: forms.length > 0, policy, authorship, ports });
  const maySomebody = (names: readonly string[] | null): boolean =>
    people === null ||
    isAnybodyLeft(names === null ? people.candidates : people.candidates.filter(({ login }) => hasLogin(names, login)), people.involvement);
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

interface NewsContext {
  readonly policy: Policy;
  /** Who wrote it, where the snapshot told. */
  readonly authorship?: Authorship | undefined;
  readonly ports: Pick<SignaturePorts, "signing">;
}

function hasLogin(names: readonly string[], login: string): boolean {
  return names.some((name) => name.toLowerCase() === login.toLowerCase());
}

/**
 * Everyone who could sign at all, and who had a hand in the change; null where nobody has to sign, or where they cannot be
 * listed. A form that waits is judged by what GitHub says now; otherwise what is known of them serves.
 */
async function readPeople(
  ref: PullRequestRef,
  { verdict }: Review,
  signatures: Signatures,
  { isAnew, policy, authorship, ports: { signing } }: NewsContext & { readonly isAnew: boolean },
): Promise<{ readonly candidates: readonly GitHubAccount[]; readonly involvement: Involvement } | null> {
  if (verdict !== "blocked" && verdict !== "undetermined") return null;
  const candidates = await (isAnew
    ? signing.fetchCandidates(ref, policy.decisionMakers)
    : signing.recallCandidates(ref, policy.decisionMakers));
  if (candidates === null) return null;
  const involvement = isAnew || !authorship ? await signatures.involvement() : await signing.recallInvolvement(ref, authorship);
  return { candidates, involvement };
}
