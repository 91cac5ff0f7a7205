import fc from "fast-check";
import type { Root } from "mdast";
import { describe, expect, it } from "vitest";
import { cleanLine, codeSpan, excerpt, plainHtml, plainMarkdown, proseMarkdown } from "../../src/render/neutralise.ts";
import { buildHostileText } from "../support/hostile-text.ts";
import { findNodes, LINKED_IN_TEXT, parseMarkdown } from "../support/parse-markdown.ts";

const textOf = (root: Root) =>
  findNodes(root)
    .map((node) => (node.type === "text" || node.type === "inlineCode" ? node.value : ""))
    .join("");

const withoutApart = (text: string) => text.replaceAll("\u200b", "");

describe("cleanLine", () => {
  it.each([
    ["a colour sequence", "a\u001b[31mred\u001b[0mb", "aredb"],
    ["a terminal link", "\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007", "click"],
    ["a terminal link ended by ST", "\u001b]8;;https://evil.example\u001b\\click", "click"],
    ["an 8-bit control sequence", "a\u009b2Jb", "ab"],
    ["a device control string", "a\u001bPdata\u001b\\b", "ab"],
    ["a reset", "a\u001bcb", "ab"],
    ["an escape at the end", "a\u001b", "a"],
    ["backspaces", "safe\b\b\b\bevil", "safeevil"],
    ["a right-to-left override", "a\u202egpj.exe", "agpj.exe"],
    ["isolates", "\u2066a\u2069", "a"],
    ["zero-width characters", "a\u200bd\u200cm\u200di\ufeffn", "admin"],
    ["tag characters", "a\u{e0041}b", "ab"],
    ["a soft hyphen and a Hangul filler", "a\u00adb\u3164c", "abc"],
    ["a braille blank", "a\u2800b", "ab"],
    ["line breaks of every kind", "a\r\nb\u2028c\u2029d\u0085e\vf\fg", "a b c d e f g"],
    ["a workflow command", "::error::x", ": :error::x"],
    ["a workflow command after a line break", "a\n::warning::x", "a : :warning::x"],
    ["a workflow command that hides behind a zero-width space", ":\u200b:error::x", ": :error::x"],
    ["an old workflow command", "##[error]x", "# #[error]x"],
    ["a scope operator, which is no command", "std::env", "std::env"],
    ["a lone surrogate", "a\ud800b", "a\ufffdb"],
    ["an emoji", "ok 😀", "ok 😀"],
    ["text of other scripts", "résumé 漢字 שלום", "résumé 漢字 שלום"],
  ])("reads %s", (_, input, output) => {
    expect(cleanLine(input)).toBe(output);
  });

  it("leaves nothing that a terminal or a reader could be deceived by, and changes nothing twice", () => {
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        const line = cleanLine(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u);
        expect(line).not.toMatch(/(?:^|\s)::|##\[/);
        expect(line.isWellFormed()).toBe(true);
        expect(cleanLine(line)).toBe(line);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["escapes", "\u001b"],
    ["opened strings", "\u001b]"],
    ["opened sequences", "\u001b["],
    ["sequence parameters", "\u001b[0"],
    ["colons", ":"],
    ["blanks", " \u200b"],
    ["backticks", "` `` "],
    ["asterisks", "**a"],
    ["emoji codes", ":a"],
  ])("takes less than a second of the processor for a megabyte of %s", (_, unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    const before = process.cpuUsage();
    proseMarkdown(text);
    plainMarkdown(text);
    codeSpan(text);
    const { user } = process.cpuUsage(before);
    expect(user / 1000).toBeLessThan(1000);
  });
});

describe("excerpt", () => {
  it.each([
    ["short text as it is", "abc", 3, "abc"],
    ["long text with an ellipsis", "abcdef", 4, "abc…"],
    ["no blank before the ellipsis", "ab cdef", 4, "ab…"],
    ["no half of a surrogate pair", "a😀bcd", 3, "a…"],
    ["a whole surrogate pair", "a😀bcd", 4, "a😀…"],
    ["an ellipsis where the rest was not read", `ab${"\u200b".repeat(200)}c`, 4, "ab…"],
    ["all that is visible of a short text", `ab${"\u200b".repeat(20)}c`, 4, "abc"],
  ])("gives %s", (_, text, longest, expected) => {
    expect(excerpt(text, longest)).toBe(expected);
  });
});

describe("codeSpan", () => {
  it.each([
    ["plain text", "a b", "`a b`"],
    ["a backtick", "a`b", "``a`b``"],
    ["runs of backticks", "a``b`c", "```a``b`c```"],
    ["a backtick at an end", "`a", "`` `a ``"],
    ["nothing", "", ""],
    ["only invisible characters", "\u200b", ""],
    ["a pipe in a table", "a|b", "`a∣b`"],
  ])("quotes %s", (name, text, expected) => {
    expect(codeSpan(text, { inTable: name.includes("table") })).toBe(expected);
  });

  it("shows exactly the text, as code and nothing else", () => {
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        const root = parseMarkdown(`1. ${codeSpan(text)} after \`x\``);
        const codes = findNodes(root).filter((node) => node.type === "inlineCode");
        const line = cleanLine(text);
        expect(codes.map((node) => node.value)).toEqual(line === "" ? ["x"] : [line, "x"]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("plainMarkdown", () => {
  it("reads as the text was written, without markup, link, image, HTML, mention or reference", () => {
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        const root = parseMarkdown(plainMarkdown(text));
        const types = new Set(findNodes(root).map((node) => node.type));
        expect([...types].filter((type) => !["root", "paragraph", "text"].includes(type))).toEqual([]);
        expect(withoutApart(textOf(root))).toBe(cleanLine(text));
        expect(textOf(root)).not.toMatch(LINKED_IN_TEXT);
      }),
      { numRuns: 500 },
    );
  });
});

describe("proseMarkdown", () => {
  it.each([
    ["code", "`fetch(url)` has no timeout", "`fetch(url)` has no timeout"],
    ["a few strong words", "Add 1 item under **Data Integrity** (4 of 5).", "Add 1 item under **Data Integrity** (4 of 5)."],
    ["an unmatched backtick", "a ` b", "a \\` b"],
    ["unequal runs", "a `` b ` c", "a \\`\\` b \\` c"],
    ["asterisks that enclose nothing", "2 ** 3 ** 4", "2 \\*\\* 3 \\*\\* 4"],
    ["a mention outside code", "ask @dana, not `@dana`", "ask @&#8203;dana, not `@dana`"],
    ["a number that would start a list", "1. one", "1\\. one"],
  ])("keeps %s", (_, text, expected) => {
    expect(proseMarkdown(text)).toBe(expected);
  });

  it("lets nothing through but code and strong words", () => {
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        const root = parseMarkdown(proseMarkdown(text));
        const nodes = findNodes(root);
        expect(nodes.filter((node) => !["root", "paragraph", "text", "inlineCode", "strong"].includes(node.type))).toEqual([]);
        const plain = nodes.map((node) => (node.type === "text" ? node.value : " ")).join("");
        expect(plain).not.toMatch(LINKED_IN_TEXT);
      }),
      { numRuns: 500 },
    );
  });
});

describe("plainHtml", () => {
  it("escapes tags and entities and parts what GitHub would link", () => {
    expect(plainHtml("<b>&amp; @dana #1</b>")).toBe("&lt;b&gt;&amp;amp; @&#8203;dana #&#8203;1&lt;/b&gt;");
  });
});
