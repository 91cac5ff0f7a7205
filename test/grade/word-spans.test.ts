import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesOf } from "../../src/grade/matches-of.ts";
import { hasOtherLetters, spansOfWords, wordAlphabet } from "../../src/grade/word-spans.ts";

const sentence = fc
  .array(fc.constantFrom("a", "Z", "7", "_", "`", "-", "'", "%", " ", ".", "é", "→", "日"), { maxLength: 40 })
  .map((signs) => signs.join(""));

test("finds what matchAll finds, whatever was asked before", () => {
  const pattern = /[a-z]\d?/giu;
  fc.assert(
    fc.property(sentence, (text) => {
      pattern.lastIndex = 3;
      expect(matchesOf(pattern, text).map(({ 0: found, index }) => [found, index])).toEqual(
        [...text.matchAll(/[a-z]\d?/giu)].map(({ 0: found, index }) => [found, index]),
      );
    }),
  );
});

describe("words of a text without letters beyond ASCII", () => {
  test.each([
    [wordAlphabet("_", "_"), /[A-Za-z0-9_]+/gu],
    [wordAlphabet("_`%'-", "_`%"), /[A-Za-z0-9_`%'-]*[A-Za-z0-9_%`]/gu],
  ] as const)("are those that the pattern finds", (signs, pattern) => {
    fc.assert(
      fc.property(sentence, (text) => {
        fc.pre(!hasOtherLetters(text));
        expect(spansOfWords(text, signs)).toEqual(
          [...text.matchAll(pattern)].flatMap(({ 0: found, index }) => [index, index + found.length]),
        );
      }),
    );
  });
});
