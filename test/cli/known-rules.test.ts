import { expect, test } from "vitest";
import { KNOWN_RULES } from "../../src/cli/known-rules.ts";
import { allRules } from "../../src/rubrics/all-rules.ts";

test("the command line knows every rule by its id, in catalogue order", () => {
  expect(KNOWN_RULES).toEqual(allRules.map(({ id }) => id));
});
