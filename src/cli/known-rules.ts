import { allRules } from "../rubrics/all-rules.ts";

/** Ids of every rule in catalogue order; a policy that names another has a mistake. */
export const KNOWN_RULES: readonly string[] = allRules.map(({ id }) => id);
