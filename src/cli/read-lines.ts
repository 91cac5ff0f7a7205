import { isUtf8 } from "node:buffer";

/** One line of a stream, or why it cannot be used. `number` is 1-based. */
export type Line = { readonly number: number; readonly text: string } | { readonly number: number; readonly error: string };

const NEWLINE = 0x0a;

function decode(number: number, parts: readonly Buffer[], maxBytes: number): Line {
  const bytes = Buffer.concat(parts);
  if (bytes.byteLength > maxBytes) return { number, error: `expected at most ${maxBytes} bytes` };
  if (!isUtf8(bytes)) return { number, error: "expected UTF-8 text" };
  return { number, text: new TextDecoder().decode(bytes) };
}

/** Cuts a stream of bytes at line feeds; the part after the last one is a line when it is not empty. Holds one line at most. */
async function* splitLines(stream: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let held = 0;
  let number = 1;
  const keep = (part: Buffer) => {
    // One byte over the limit is enough to know.
    const kept = part.subarray(0, Math.max(0, maxBytes + 1 - held));
    if (kept.byteLength > 0) parts.push(kept);
    held += kept.byteLength;
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      yield decode(number++, parts, maxBytes);
      [parts, held, start] = [[], 0, end + 1];
    }
    keep(chunk.subarray(start));
  }
  if (held > 0) yield decode(number, parts, maxBytes);
}

/**
 * Reads the lines of a stream, one at a time. Blank lines at the end are no lines; one between others is, and
 * is given as it stands. A line over `maxBytes` or in another encoding comes as an error in its place.
 */
export async function* readLines(stream: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let blanks = 0;
  for await (const line of splitLines(stream, maxBytes)) {
    if ("text" in line && line.text.trim() === "") {
      blanks++;
      continue;
    }
    for (; blanks > 0; blanks--) yield { number: line.number - blanks, text: "" };
    yield line;
  }
}
