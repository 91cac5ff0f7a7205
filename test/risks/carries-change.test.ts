import { expect, test } from "vitest";
import { carriesChange, isMergeOfBase } from "../../src/risks/carries-change.ts";

// base: b1 - b2 (not of the pull request); its own: a1 - a2 - m(a2, b2) - a3
const COMMITS = [
  { sha: "a1", parents: ["b1"] },
  { sha: "a2", parents: ["a1"] },
  { sha: "m", parents: ["a2", "b2"] },
  { sha: "a3", parents: ["m"] },
];

test.each([
  ["the first push of the branch", "", "a1", true],
  ["a commit", "a1", "a2", true],
  ["a merge of the base alone", "a2", "m", false],
  ["a merge of the base and a commit", "a2", "a3", true],
  ["a commit after the merge", "m", "a3", true],
  ["a forced push onto the branch: all of it", "gone", "a2", true],
  ["a push whose commits are no longer there", "a2", "gone", false],
  ["no push at all", "a3", "a3", false],
])("%s", (_name, before, after, expected) => {
  expect(carriesChange({ before, after }, COMMITS)).toBe(expected);
});

test.each([
  ["one parent", ["a1"], false],
  ["the base as second parent", ["a1", "b2"], true],
  ["a commit of the pull request as second parent", ["b2", "a1"], false],
  ["three parents", ["a1", "b2", "b3"], false],
])("a merge of the base has %s: %j is %s", (_name, parents, expected) => {
  expect(isMergeOfBase({ sha: "x", parents }, new Set(["a1"]))).toBe(expected);
});
