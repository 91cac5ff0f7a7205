import { isUtf8 } from "node:buffer";

/** One file's part of a patch. */
export interface PatchSection {
  /** The hunks, as GitHub gives them: from the first `@@`, no headers, no last line break. "" when there are none. */
  readonly hunks: string;
}

const SECTION = /^diff --git /gm;
const HUNK = /^@@ /m;

/**
 * Cuts the output of `git diff --patch` into its files, in git's order. A line that starts with "diff --git"
 * is always a header: lines of a hunk carry a mark, and git quotes line breaks in names. Bytes that are not
 * UTF-8 become U+FFFD.
 */
export function splitPatch(output: Uint8Array): readonly PatchSection[] {
  // One character a byte: headers are found without decoding what may not be text.
  const bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
  const text = bytes.toString("latin1");
  const starts = [...text.matchAll(SECTION)].map(({ index }) => index);
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? text.length;
    const hunk = text.slice(start, end).search(HUNK);
    if (hunk < 0) return { hunks: "" };
    const section = bytes.subarray(start + hunk, end);
    return { hunks: (isUtf8(section) ? section.toString("utf8") : new TextDecoder().decode(section)).replace(/\n$/, "") };
  });
}
