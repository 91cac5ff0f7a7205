import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type Line, readLines } from "../../src/cli/read-lines.ts";

async function linesOf(chunks: readonly (string | Uint8Array)[], maxBytes = 100): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for await (const line of readLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), maxBytes)) lines.push(line);
  return lines;
}

describe("readLines", () => {
  it("finds the same lines however the stream is cut, through the middle of a character too", async () => {
    const bytes = Buffer.from("ein\nzwölf\n\ndrei");
    const expected = [
      { number: 1, text: "ein" },
      { number: 2, text: "zwölf" },
      { number: 3, text: "" },
      { number: 4, text: "drei" },
    ];
    for (let size = 1; size <= bytes.length; size++) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
      expect(await linesOf(chunks)).toEqual(expected);
    }
  });

  it.each([
    ["", []],
    ["\n", []],
    ["a\n \n\n", ["a"]],
    ["\n\na\n", ["", "", "a"]],
    ["a\r\nb", ["a\r", "b"]],
  ])("drops blank lines at the end of %j only", async (text, texts) => {
    const lines = await linesOf([text]);
    expect(lines.map((line) => ("text" in line ? line.text : line.error))).toEqual(texts);
    expect(lines.map(({ number }) => number)).toEqual(texts.map((_, index) => index + 1));
  });

  it("refuses a line over the limit and goes on with the next", async () => {
    expect(await linesOf(["12345\n123456\n", "1234", "567\n12345"], 5)).toEqual([
      { number: 1, text: "12345" },
      { number: 2, error: "expected at most 5 bytes" },
      { number: 3, error: "expected at most 5 bytes" },
      { number: 4, text: "12345" },
    ]);
  });

  it("refuses another encoding in its place, and forgets a byte order mark", async () => {
    expect(await linesOf([Buffer.from("größe\n", "latin1"), "\uFEFFa"])).toEqual([
      { number: 1, error: "expected UTF-8 text" },
      { number: 2, text: "a" },
    ]);
  });
});
