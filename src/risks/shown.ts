import type { Shortfall } from "../model/acceptance.ts";
import type { Review } from "../model/review.ts";
import { coversFingerprint } from "./covers.ts";

/** What a reader of a check is asked to sign for, as texts that are kept and compared: its shortfalls, and the base branch. */
export function describeShown({ shortfalls, base }: Pick<Review, "shortfalls" | "base">): readonly string[] {
  return [...shortfalls.map(({ fingerprint }) => fingerprint), ...(base === undefined ? [] : [intoBase(base)])];
}

/** Of what is open, what a check showed; nothing where it was about another base branch. `base` undefined: not known, so it is not asked for. */
export function findShown(
  { open, base }: { readonly open: readonly Shortfall[]; readonly base: string | undefined },
  shown: readonly string[],
): readonly Shortfall[] {
  if (base !== undefined && !shown.includes(intoBase(base))) return [];
  return open.filter(({ fingerprint }) => shown.some((each) => coversFingerprint(each, fingerprint)));
}

/** No fingerprint has a space. */
function intoBase(base: string): string {
  return `into ${base}`;
}
