import type { Quality } from "../model/plan-item.ts";
import type { RequirementId } from "../model/requirement-id.ts";
import type { PhraseHint } from "../rubrics/requirement.ts";
import type { Rubric } from "../rubrics/rubric.ts";

/** For items whose requirement is not known. */
export const GENERAL_HINTS: Readonly<Record<Quality, PhraseHint>> = {
  numbers: { ask: "say how many, how long or how large", example: "at most 5s" },
  tools: { ask: "name the library or service that does it", example: "Redis" },
  outcome: { ask: "say what a test would see", example: "when it fails, the caller gets 503 with {error}" },
};
/** Shown for an item of which it is not known what it is about: completing its words would be a guess. */
const GENERAL_EXAMPLE = "p-retry tries 3 times, 200 ms apart; then the caller gets 503 with {error}";
const ORDER: readonly Quality[] = ["numbers", "tools", "outcome"];
const WORDS_KEPT = 140;

/**
 * One sentence for an item that lacks something: what to say, and the item's own words completed as an example. `qualities`
 * are those that are missing or unsure; without any, undefined. `blank` is what the author left to be filled in.
 */
export function adviseItem(
  text: string,
  qualities: readonly Quality[],
  requirement: RequirementId | null,
  rubric: Rubric,
  blank: string | null = null,
): string | undefined {
  const lacking = ORDER.filter((quality) => qualities.includes(quality));
  if (lacking.length === 0) return undefined;
  const known = rubric.requirements.find((one) => one.id === requirement);
  const lower = text.toLowerCase();
  const hints = known?.hintsFor?.find(({ when }) => when.test(lower))?.hints ?? known?.hints ?? GENERAL_HINTS;
  if (blank !== null)
    return `${joinAsks([`fill in "${blank}"`, ...lacking.filter((quality) => quality !== "numbers").map((quality) => hints[quality].ask)])}`;
  const asks = joinAsks(lacking.map((quality) => hints[quality].ask));
  return known === undefined ? `${asks}. As in: "${GENERAL_EXAMPLE}"` : `${asks}. For example: "${rewriteItem(text, lacking, hints)}"`;
}

/** The item's own words with the missing parts appended. */
function rewriteItem(text: string, lacking: readonly Quality[], hints: Readonly<Record<Quality, PhraseHint>>): string {
  const own = shorten(text.replaceAll("`", "").replace(/[\s.;:,。．、：；]+$/u, ""));
  const tool = !lacking.includes("tools") ? "" : own.endsWith(")") ? `, ${hints.tools.example}` : ` (${hints.tools.example})`;
  const rest = (["numbers", "outcome"] as const).filter((quality) => lacking.includes(quality)).map((quality) => hints[quality].example);
  return rest.length === 0 ? `${own}${tool}` : `${own}${tool}: ${rest.join("; ")}`;
}

function shorten(text: string): string {
  if (text.length <= WORDS_KEPT) return text;
  const cut = text.slice(0, WORDS_KEPT);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 1))} ...`;
}

function joinAsks(asks: readonly string[]): string {
  const [first = "", ...others] = asks.map((ask, index) => (index === 0 ? ask : ask.replace(/^say /u, "")));
  if (others.length === 0) return first;
  return others.length === 1 ? `${first}, and ${others[0] ?? ""}` : `${first}, ${others[0] ?? ""}, and ${others[1] ?? ""}`;
}
