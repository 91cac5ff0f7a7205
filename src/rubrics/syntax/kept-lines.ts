import { formerOf } from "./former-file.ts";
import { perFile } from "./per-file.ts";

/** Two texts that differ by more lines than this, multiplied, are not compared: such a change is a rewriting. */
const MOST_PAIRS = 4_000_000;

/** Which line of the former file became which line now; lines count from 1. */
export interface KeptLines {
  /** The line now, or null where the former line was taken away or rewritten. */
  readonly now: (former: number) => number | null;
  /** The nearest kept lines around a former line, as they were (`from`, `to`) and as they are: what came in its place stands between `after` and `before`. */
  readonly around: (former: number) => { readonly from: number; readonly to: number; readonly after: number; readonly before: number };
}

/** null when there was no former file, or the two differ too much to be compared. Blanks at both ends and a closing `;` or `,` do not count. */
export const keptLinesOf = perFile((file): KeptLines | null => {
  const former = formerOf(file);
  if (!former) return null;
  const [was, is] = [linesOf(former.text), linesOf(file.text)];
  const pairs = pairUp(was, is);
  if (!pairs) return null;
  return {
    now: (line) => pairs[line - 1] ?? null,
    around: (line) => {
      let above = line - 1;
      while (above > 0 && !pairs[above - 1]) above--;
      let below = line + 1;
      while (below <= was.length && !pairs[below - 1]) below++;
      return { from: above, to: below, after: pairs[above - 1] ?? 0, before: pairs[below - 1] ?? is.length + 1 };
    },
  };
});

function linesOf(text: string): readonly string[] {
  return text.split("\n").map((line) => line.trim().replace(/[;,]$/, ""));
}

/** The longest common subsequence, after the equal lines at both ends. */
function pairUp(was: readonly string[], is: readonly string[]): (number | null)[] | null {
  const pairs: (number | null)[] = was.map(() => null);
  let from = 0;
  while (from < was.length && from < is.length && was[from] === is[from]) {
    pairs[from] = from + 1;
    from++;
  }
  let [wasEnd, isEnd] = [was.length, is.length];
  while (wasEnd > from && isEnd > from && was[wasEnd - 1] === is[isEnd - 1]) {
    wasEnd--;
    isEnd--;
    pairs[wasEnd] = isEnd + 1;
  }
  const [rows, columns] = [wasEnd - from, isEnd - from];
  if (rows * columns > MOST_PAIRS) return null;
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      lengths[row * width + column] =
        was[from + row] === is[from + column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (was[from + row] === is[from + column]) pairs[from + row++] = from + ++column;
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}
