import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { type Block, code, link, mark, place, prose, strong } from "../../src/render/document.ts";
import { writeTerminal } from "../../src/render/write-terminal.ts";
import { buildHostileText } from "../support/hostile-text.ts";

const plain = { colour: false, columns: 80 };

function everyBlock(text: string): readonly Block[] {
  const line = [mark("✓"), prose(` ${text} `), strong(text), prose(" "), code(text), prose(" "), place(text, 3)];
  return [
    { kind: "heading", line },
    { kind: "paragraph", line },
    { kind: "paragraph", line: [prose(text)] },
    { kind: "quote", line },
    { kind: "list", ordered: true, noun: "edits", rows: [{ line, under: [line] }, { line: [prose(text)] }] },
    {
      kind: "table",
      header: ["", "point"],
      rows: [
        [[mark("✗")], line],
        [[mark("·")], [prose(text)]],
      ],
    },
    { kind: "grid", columns: [{ title: text.slice(0, 20), cells: [[prose(text.slice(0, 40))], []] }] },
    { kind: "form", lines: [text.slice(0, 40)] },
    { kind: "details", summary: text, blocks: [{ kind: "paragraph", line: [link(text, text)] }] },
  ];
}

describe("writeTerminal", () => {
  it("sends no control sequence, no hidden character and no workflow command", () => {
    fc.assert(
      fc.property(buildHostileText(), fc.integer({ min: 0, max: 120 }), (text, columns) => {
        const written = writeTerminal(everyBlock(text), { colour: false, columns });
        expect(written).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Default_Ignorable_Code_Point}]/u);
        for (const line of written.split("\n")) expect(line.trimStart()).not.toMatch(/^::|##\[/);
      }),
      { numRuns: 150 },
    );
  });

  it("adds only styles of its own when it may use colour", () => {
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        const written = writeTerminal(everyBlock(text), { colour: true, columns: 80 });
        const sequences = written.split("\u001b").slice(1);
        expect(sequences.filter((each) => !/^\[\d{1,2}m/.test(each))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("wraps at words, so that only one longer word is wider than the terminal", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,14}$/), { minLength: 1, maxLength: 60 }), (words) => {
        for (const line of writeTerminal(everyBlock(words.join(" ")), plain).split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(80);
      }),
      { numRuns: 100 },
    );
  });

  it("keeps a long path in one piece for the editor", () => {
    const path = `src/${"deep/".repeat(30)}file.ts`;
    expect(writeTerminal([{ kind: "paragraph", line: [prose("see "), place(path, 7)] }], plain)).toContain(`${path}:7:1`);
  });

  it("indents what follows under a marker", () => {
    const rows = [{ line: [prose("word ".repeat(30))], under: [[prose("below")]] }];
    const lines = writeTerminal([{ kind: "list", ordered: true, noun: "edits", rows }], plain).split("\n");
    expect(lines[0]).toMatch(/^1\. word/);
    expect(lines[1]).toMatch(/^ {3}word/);
    expect(lines.at(-2)).toBe("   below");
  });

  it("aligns a table and wraps its last column", () => {
    const rows = [
      [[mark("✓")], [prose("short")], [prose("a")]],
      [[mark("✗")], [prose("much longer")], [prose("b ".repeat(60))]],
    ] as const;
    const lines = writeTerminal([{ kind: "table", header: ["", "", ""], rows }], plain).split("\n");
    expect(lines[0]).toBe("✓  short        a");
    expect(lines[1]).toMatch(/^✗ {2}much longer {2}b b/);
    expect(lines[2]).toMatch(/^ {16}b b/);
  });

  it("moves whole cells of a grid to the next line", () => {
    const cells = Array.from({ length: 6 }, (_, index) => [prose(`requirement ${index} `), mark("✓")]);
    const text = writeTerminal(
      [
        {
          kind: "grid",
          columns: [
            { title: "Security", cells },
            { title: "Data integrity", cells: [] },
          ],
        },
      ],
      plain,
    );
    expect(text).toBe(
      [
        "Security        requirement 0 ✓  requirement 1 ✓  requirement 2 ✓",
        "                requirement 3 ✓  requirement 4 ✓  requirement 5 ✓",
        "Data integrity",
        "",
      ].join("\n"),
    );
  });

  it("fills a grid's line to the last column and ends no line with a blank", () => {
    const columns = [
      { title: "T", cells: [[prose("a".repeat(40))], [prose("b".repeat(31))]] },
      { title: "Empty", cells: [] },
    ];
    expect(writeTerminal([{ kind: "grid", columns }], plain)).toBe(`T      ${"a".repeat(40)}  ${"b".repeat(31)}\nEmpty\n`);
  });

  it("shows strong words as bold, or bare where there is no colour", () => {
    const blocks: readonly Block[] = [{ kind: "paragraph", line: [prose("under **Security** now")] }];
    expect(writeTerminal(blocks, plain)).toBe("under Security now\n");
    expect(writeTerminal(blocks, { colour: true, columns: 80 })).toBe("under \u001b[1mSecurity\u001b[22m now\n");
  });

  it("writes the same text with colour and without, but for the ticks around code", () => {
    const blocks = everyBlock("a word");
    const coloured = stripVTControlCharacters(writeTerminal(blocks, { colour: true, columns: 80 }));
    expect(coloured.replaceAll("`", "")).toBe(writeTerminal(blocks, plain).replaceAll("`", ""));
  });
});
