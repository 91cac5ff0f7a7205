import type { Review } from "../../../src/model/review.ts";
import { buildReview as buildTelling } from "../build-review.ts";

/** A small passing review that says little, for stores; what a test cares about is put in. */
export function buildReview(given: Partial<Review> = {}): Review {
  return buildTelling({ grade: null, items: [], repo: "acme/api", number: 1, headSha: "a".repeat(40), ...given });
}
