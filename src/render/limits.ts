/**
 * GitHub's limits (REST, "Check runs" and "Issue comments"). Where it says characters we count UTF-8
 * bytes, which are never fewer, so that no way of counting refuses the text.
 */
export const LIMITS = {
  checkTitle: 255,
  checkTextBytes: 65_535,
  commentBytes: 65_536,
  annotations: 100,
  annotationTitle: 255,
  annotationMessageBytes: 65_536,
  actionLabel: 20,
  actionDescription: 40,
  actionIdentifier: 20,
} as const;

/** Length of a text in UTF-8 bytes. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** A run of Markdown that is kept or dropped as a whole, or rows of which the last ones may be dropped. */
export type Piece =
  | { readonly kind: "fixed"; readonly text: string }
  | {
      readonly kind: "rows";
      readonly rows: readonly string[];
      /** The line that stands for `count` dropped rows. */
      readonly note: (count: number) => string;
    };

/** Rows that every list keeps while longer lists still can give some. */
const FIRST_ROWS = 3;

/**
 * Joins pieces and keeps the result within `limitBytes` by dropping rows, the last piece's first and
 * from its end, each piece saying how many it lost; the first three rows of a list go last. Fixed pieces
 * are never cut, so a table, a list and an open `<details>` stay whole; callers keep fixed pieces small.
 */
export function fitPieces(pieces: readonly Piece[], limitBytes: number): string {
  const kept = pieces.map((piece) => (piece.kind === "rows" ? piece.rows.length : 0));
  let over = pieces.reduce((sum, piece) => sum + byteLength(piece.kind === "fixed" ? piece.text : piece.rows.join("")), 0) - limitBytes;
  for (const floor of [FIRST_ROWS, 0]) {
    for (let index = pieces.length - 1; index >= 0 && over > 0; index--) {
      const piece = pieces[index];
      let left = kept[index] ?? 0;
      if (piece?.kind !== "rows" || left <= floor) continue;
      if (left === piece.rows.length) over += byteLength(piece.note(piece.rows.length));
      while (left > floor && over > 0) over -= byteLength(piece.rows[--left] ?? "");
      kept[index] = left;
    }
  }
  return pieces.map((piece, index) => (piece.kind === "fixed" ? piece.text : writeRows(piece, kept[index] ?? 0))).join("");
}

function writeRows(piece: Extract<Piece, { kind: "rows" }>, left: number): string {
  const lost = piece.rows.length - left;
  return piece.rows.slice(0, left).join("") + (lost > 0 ? piece.note(lost) : "");
}
