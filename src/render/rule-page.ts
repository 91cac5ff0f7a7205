/** Where the project lives. */
export const HOMEPAGE = "https://github.com/backend-reliability-enforcer/backend-reliability-enforcer";

/** Where every rule has a page: why, bad, good, repair, source. */
export const RULE_PAGES = `${HOMEPAGE}/blob/main/docs/rules`;

/** What says that a file could not be read in time; it asks nothing of anybody. */
const WITHOUT_PAGE = "file-is-read-within-limits";

/** The web address of a rule's page; null for what is no rule of the catalogue. */
export function rulePageOf(rule: string): string | null {
  return rule === WITHOUT_PAGE ? null : `${RULE_PAGES}/${rule}.md`;
}
