const ID = String.raw`(?:x-)?(?:request|correlation|trace|span)[\s_-]?ids?`;
const IN_BRACES = /\{[^{}]{0,300}\}/gu;
const ANY_ID = new RegExp(ID, "gu");
/** After another element of a list, or before two more: `status, duration, request_id`. */
const IN_LIST = new RegExp(
  String.raw`(?<=[\p{L}\p{N}_\x60]\x60?(?:, | and |\/)(?:and )?\x60?)${ID}(?=\x60?\s?(?:[,;.)]|$|and ))|${ID}(?=\x60?, \x60?[\p{L}\p{N}_]{2,24}\x60?(?:,|;| and ))`,
  "gu",
);

/**
 * The lower-cased text with ids that are only one field among others blanked out: a body or a log line that carries a request
 * id is not about the id. Every character keeps its place.
 */
export function blankListedIds(lower: string): string {
  if (!lower.includes("id")) return lower;
  const blank = (found: string): string => " ".repeat(found.length);
  return lower.replace(IN_BRACES, (braces) => braces.replace(ANY_ID, blank)).replace(IN_LIST, blank);
}
