import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formCode, isSameCode } from "../../src/risks/form-code.ts";

const FORM = { text: "retrofit date: 2027-01-15\nbudget: 2 ew", repo: "acme/ledger", number: 7, author: "finn" };

describe("the code of a form", () => {
  it("is five groups of five without letters that look alike, and the same each time", () => {
    expect(formCode(FORM)).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(formCode(FORM)).toBe(formCode({ ...FORM }));
  });

  it.each([
    ["a word of the text", { text: "retrofit date: 2027-01-16\nbudget: 2 ew" }],
    ["the case of a letter", { text: "Retrofit date: 2027-01-15\nbudget: 2 ew" }],
    ["where a line breaks", { text: "retrofit date: 2027-01-15 budget: 2 ew" }],
    ["the repository", { repo: "acme/ledger2" }],
    ["the pull request", { number: 8 }],
    ["the author of the text", { author: "erin" }],
  ])("changes with %s", (_, change) => {
    expect(formCode({ ...FORM, ...change })).not.toBe(formCode(FORM));
  });

  it("does not change with line endings, blanks at line ends, or the case of names", () => {
    const same = { text: "\nretrofit date: 2027-01-15  \r\nbudget: 2 ew\n\n", repo: "Acme/Ledger", number: 7, author: "Finn" };
    expect(formCode(same)).toBe(formCode(FORM));
  });

  it("keeps its parts apart: moving characters between them gives another code", () => {
    expect(formCode({ ...FORM, repo: "acme/ledger7", number: 1 })).not.toBe(formCode({ ...FORM, repo: "acme/ledger", number: 71 }));
  });

  it("differs for different texts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), fc.string({ unit: "grapheme-ascii" }), (one, other) => {
        const sameText = one.trim() === other.trim();
        expect(formCode({ ...FORM, text: one }) === formCode({ ...FORM, text: other })).toBe(sameText);
      }),
    );
  });
});

describe("a typed code", () => {
  const code = formCode(FORM);

  it.each([code, code.toLowerCase(), code.replaceAll("-", ""), code.replaceAll("-", " "), code.replaceAll("0", "O").replaceAll("1", "l")])(
    "%s is the same",
    (typed) => {
      expect(isSameCode(typed, code)).toBe(true);
    },
  );

  it.each(["", "-", code.slice(0, 5), `${code}0`, formCode({ ...FORM, number: 8 }), "x".repeat(100_000)])("%.40s is not", (typed) => {
    expect(isSameCode(typed, code)).toBe(false);
  });

  it("is never the same as a code that is empty", () => {
    expect(isSameCode("", "")).toBe(false);
  });
});
