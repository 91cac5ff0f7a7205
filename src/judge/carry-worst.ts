import type { Review } from "../model/review.ts";
import { namePaymentVerdict } from "./name-payment-verdict.ts";
import { compareVerdicts } from "./name-verdict.ts";

/**
 * Check runs belong to a commit, not to a pull request: the worst of the reviews that share a head, with the other pull
 * requests named, their verdicts and what they lack, which whoever signs for one of them reads here. `review` itself when
 * nothing else has its head.
 */
export function carryWorst(review: Review, ofHead: readonly Review[]): Review {
  const others = ofHead.filter((other) => other.number !== review.number && other.number !== null);
  if (others.length === 0) return review;
  const all = [review, ...others];
  const worst =
    all.toSorted((left, right) => compareVerdicts(left.verdict, right.verdict) || (left.number ?? 0) - (right.number ?? 0))[0] ?? review;
  const sharedHead = all
    .filter((each) => each.number !== worst.number)
    .map(({ number, verdict, shortfalls }) => ({ number: number ?? 0, verdict, lacks: shortfalls.map(({ detail }) => detail) }))
    .toSorted((left, right) => left.number - right.number);
  return { ...worst, sharedHead };
}

/**
 * The same for "Payment operations": of the reviews that share a head, the one whose payments are judged worst, with what is
 * said of the payments of each other. null when none of them touches payments.
 */
export function carryWorstPayments(review: Review, ofHead: readonly Review[]): Review | null {
  const all = [review, ...ofHead.filter((other) => other.number !== review.number && other.number !== null)];
  const judged = all.flatMap((each) => {
    const verdict = namePaymentVerdict(each);
    return verdict ? [{ each, verdict }] : [];
  });
  const [worst] = judged.toSorted(
    (left, right) => compareVerdicts(left.verdict, right.verdict) || (left.each.number ?? 0) - (right.each.number ?? 0),
  );
  if (!worst) return null;
  const sharedHead = all
    .filter((each) => each.number !== worst.each.number)
    .map((each) => ({ number: each.number ?? 0, verdict: namePaymentVerdict(each) ?? ("not-applicable" as const) }))
    .toSorted((left, right) => left.number - right.number);
  return { ...worst.each, sharedHead };
}
