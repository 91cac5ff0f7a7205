import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteLength, fitPieces, LIMITS, type Piece } from "../../src/render/limits.ts";

const fixed = (text: string): Piece => ({ kind: "fixed", text });
const rows = (...texts: readonly string[]): Piece => ({ kind: "rows", rows: texts, note: (lost) => `(${lost} more)` });

describe("LIMITS", () => {
  it("are those that GitHub documents", () => {
    expect(LIMITS).toEqual({
      checkTitle: 255,
      checkTextBytes: 65_535,
      commentBytes: 65_536,
      annotations: 100,
      annotationTitle: 255,
      annotationMessageBytes: 64 * 1024,
      actionLabel: 20,
      actionDescription: 40,
      actionIdentifier: 20,
    });
  });
});

describe("fitPieces", () => {
  it("joins everything when it fits to the byte", () => {
    expect(fitPieces([fixed("ab"), rows("cd", "ef")], 6)).toBe("abcdef");
  });

  it("drops rows from the end and says how many", () => {
    expect(fitPieces([fixed("ab"), rows("0123456789", "0123456789", "0123456789"), fixed("z")], 22)).toBe("ab0123456789(2 more)z");
  });

  it("empties the last list before it touches the one above", () => {
    expect(fitPieces([rows("aaaaaaaaaaaaaaa"), rows("bbbbbbbbbbbbbbb", "ccccccccccccccc")], 30)).toBe("aaaaaaaaaaaaaaa(2 more)");
  });

  it("keeps the first three rows of a list while another one can give", () => {
    const ten = (letter: string) => rows(...Array.from({ length: 10 }, () => letter.repeat(20)));
    const text = fitPieces([ten("a"), ten("b")], 200);
    expect(text).toBe(`${"a".repeat(120)}(4 more)${"b".repeat(60)}(7 more)`);
  });

  it("counts bytes, not characters", () => {
    expect(fitPieces([rows("✓✓✓✓✓✓✓✓", "✓✓✓✓✓✓✓✓")], 40)).toBe("✓✓✓✓✓✓✓✓(1 more)");
  });

  it("stays within the limit and never loses a fixed piece, whatever the rows", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 20 }).map(fixed),
      fc.array(fc.string({ unit: "grapheme", minLength: 12, maxLength: 60 }), { maxLength: 30 }).map((texts) => rows(...texts)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 0, max: 3000 }), (pieces, room) => {
        const floor = pieces.reduce((sum, each) => sum + (each.kind === "fixed" ? byteLength(each.text) : "(999 more)".length), 0);
        const text = fitPieces(pieces, floor + room);
        expect(byteLength(text)).toBeLessThanOrEqual(floor + room);
        const kept = pieces.flatMap((each) => (each.kind === "fixed" ? [each.text] : []));
        let from = 0;
        for (const each of kept) {
          const at = text.indexOf(each, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + each.length;
        }
      }),
    );
  });
});
