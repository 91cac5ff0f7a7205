import type { Shortfall } from "./model/acceptance.ts";
import type { PullRequestRef } from "./model/job.ts";
import type { Publisher } from "./model/publisher.ts";
import type { ReviewStore, ShownShortfalls, ShownShortfallStore } from "./model/review-store.ts";
import { CHECK_RUN_NAME } from "./render/check-run.ts";
import { describeShown, findShown } from "./risks/shown.ts";

/** Heads that are looked up on GitHub at most. */
const MOST_HEADS = 3;

/** The edges that tell what a check showed. */
export interface SeenPorts {
  readonly shown: ShownShortfallStore;
  readonly reviews: ReviewStore;
  readonly publisher: Publisher;
}

/**
 * Of what is open, what a reader of the check can have seen at an instant (ISO 8601 UTC): nobody signs for a push, an edit
 * or another base that came after the comment. A check that GitHub took and whose answer never reached us is asked for. Throws when
 * GitHub cannot answer.
 */
export async function findSeen(
  ref: PullRequestRef,
  asked: { readonly open: readonly Shortfall[]; readonly base: string | undefined },
  at: string,
  ports: SeenPorts,
): Promise<readonly Shortfall[]> {
  const seenIn = (shown: ShownShortfalls | null) => findShown(asked, shown?.fingerprints ?? []);
  const saved = await ports.shown.loadShown(ref.repo, ref.number, at);
  const seen = seenIn(saved);
  if (seen.length === asked.open.length) return seen;
  const found = await findOnGitHub(ref, at, ports);
  return found !== null && (saved === null || Date.parse(found.since) > Date.parse(saved.since)) ? seenIn(found) : seen;
}

/** The newest of what the runs of the last heads show since before the instant. */
async function findOnGitHub(ref: PullRequestRef, at: string, { reviews, publisher }: SeenPorts): Promise<ShownShortfalls | null> {
  let newest: ShownShortfalls | null = null;
  for (const review of await reviews.loadRecentReviews(ref.repo, ref.number, MOST_HEADS)) {
    if (review.headSha === null || review.shortfalls.length === 0) continue;
    const fingerprints = describeShown(review);
    const since = await publisher.findShownSince(ref, review.headSha, { name: CHECK_RUN_NAME, shows: fingerprints });
    if (since === null || Date.parse(since) > Date.parse(at)) continue;
    if (newest === null || Date.parse(since) > Date.parse(newest.since)) newest = { fingerprints, since };
  }
  return newest;
}
