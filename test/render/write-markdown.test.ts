import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Block, code, link, mark, place, prose, strong } from "../../src/render/document.ts";
import { byteLength } from "../../src/render/limits.ts";
import { writeLine, writeMarkdown } from "../../src/render/write-markdown.ts";
import { buildHostileText } from "../support/hostile-text.ts";
import { findNodes, LINKED_IN_TEXT, outlineOf, parseMarkdown } from "../support/parse-markdown.ts";

/** One of every block, with the text in every span that could carry words of others. */
function everyBlock(text: string): readonly Block[] {
  const line = [
    mark("✓"),
    prose(" a "),
    prose(`${text}`),
    prose(" b "),
    code(`x${text}`),
    prose(" "),
    place(`src/${text}`, 3),
    prose(" c"),
  ];
  return [
    { kind: "heading", line },
    { kind: "paragraph", line: [strong(`s${text}`), ...line] },
    { kind: "quote", line },
    { kind: "list", ordered: true, noun: "edits", rows: [{ line: [prose(`x${text}`)], under: [line, [prose(`x${text}`)]] }, { line }] },
    { kind: "list", ordered: false, noun: "edits", rows: [{ line: [prose(`x${text}`)] }, { line: [code(`x${text}`)] }] },
    {
      kind: "table",
      header: ["", "point"],
      rows: [
        [[mark("✗")], line],
        [[mark("·")], [prose(`x${text}`)]],
      ],
    },
    {
      kind: "grid",
      columns: [
        { title: "One", cells: [line, []] },
        { title: "Two", cells: [[prose(`x${text}`)]] },
      ],
    },
    { kind: "form", lines: ["/accept-risk", `budget: ${text}`] },
    {
      kind: "details",
      summary: `x${text}`,
      blocks: [
        { kind: "paragraph", line },
        { kind: "details", summary: "inner", blocks: [{ kind: "paragraph", line }] },
      ],
    },
    { kind: "paragraph", line: [link(`l${text}`, "https://github.com/acme/api/runs/1")] },
  ];
}

describe("writeMarkdown", () => {
  it("keeps its structure whatever the words: no block, cell, link, image or tag comes from them", () => {
    const outline = (text: string) =>
      JSON.stringify(outlineOf(parseMarkdown(writeMarkdown(everyBlock(text), 1_000_000)))).replaceAll(
        /<summary>.*?<\/summary>/g,
        "<summary>",
      );
    const harmless = outline("word");
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        expect(outline(text)).toBe(harmless);
      }),
      { numRuns: 200 },
    );
  });

  it("mentions and references nothing outside code", () => {
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        const nodes = findNodes(parseMarkdown(writeMarkdown(everyBlock(text), 1_000_000)));
        const plain = nodes
          .map((node) => (node.type === "text" || node.type === "html" ? node.value.replaceAll("&#8203;", "\u200b") : " "))
          .join("");
        expect(plain).not.toMatch(LINKED_IN_TEXT);
      }),
      { numRuns: 150 },
    );
  });

  it("shortens lists before it breaks a table, a form or a folded part", () => {
    const rows = Array.from({ length: 500 }, (_, index) => ({ line: [prose(`row ${index} `), code("x".repeat(80))] }));
    const blocks: readonly Block[] = [
      ...everyBlock("word"),
      { kind: "details", summary: "long", blocks: [{ kind: "list", ordered: false, noun: "findings", rows }] },
      { kind: "paragraph", line: [prose("last words")] },
    ];
    const text = writeMarkdown(blocks, 8_000);
    expect(byteLength(text)).toBeLessThanOrEqual(8_000);
    expect(text).toMatch(/… 4\d\d more findings not shown/);
    expect(text.match(/<details>/g)).toHaveLength(3);
    expect(text.match(/<\/details>/g)).toHaveLength(3);
    expect(text.endsWith("last words")).toBe(true);
  });

  it("cuts long sentences, quotations and paths with an ellipsis", () => {
    const text = writeLine([prose("p".repeat(5000)), prose(" "), code("c".repeat(5000)), prose(" "), place("d/".repeat(5000), 9)]);
    expect(text.length).toBeLessThan(1500);
    expect(text).toContain("p…");
    expect(text).toContain("c…`");
    expect(text).toMatch(/…:9`$/);
  });

  it.each([
    ["javascript:alert(1)", "words"],
    ["https://evil.example/a b", "words"],
    ["https://evil.example/)x", "words"],
    ["https://github.com/acme/api/runs/1?check_suite_focus=true#a", "[words](https://github.com/acme/api/runs/1?check_suite_focus=true#a)"],
    ["http://127.0.0.1:4100/acme/api", "[words](http://127.0.0.1:4100/acme/api)"],
  ])("links %s as %s", (url, expected) => {
    expect(writeLine([link("words", url)])).toBe(expected);
  });

  it("shows pipes as they are outside tables, and longer sentences", () => {
    expect(writeLine([code("a|b")])).toBe("`a|b`");
    expect(writeLine([prose("p".repeat(500))])).toHaveLength(500);
    expect(writeLine([prose("p".repeat(500))], { inTable: true })).toHaveLength(160);
  });

  it("parts two code spans that touch", () => {
    expect(writeLine([code("a"), code("b")])).toBe("`a` `b`");
  });

  it("keeps the blanks between spans", () => {
    expect(writeLine([prose("a "), prose(" "), prose(""), code("b"), prose(" c")])).toBe("a  `b` c");
  });
});
