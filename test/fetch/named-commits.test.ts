import { expect, it } from "vitest";
import { findNamedCommits } from "../../src/fetch/named-commits.ts";

it.each([
  ["This reverts commit 1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d.", ["1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d"]],
  ["see abcdef1, abcdef1 and 1234567", ["abcdef1", "1234567"]],
  ["abcdef is short, gabcdef1 and abcdef1g are words, 1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d0 is long", []],
])("finds the commits that %j names", (text, shas) => {
  expect(findNamedCommits(text)).toEqual(shas);
});

it("stops at ten", () => {
  const many = Array.from({ length: 50 }, (_, index) => `abcdef${index + 10}`).join(" ");
  expect(findNamedCommits(many)).toHaveLength(10);
});
