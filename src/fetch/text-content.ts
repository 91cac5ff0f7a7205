import { isUtf8 } from "node:buffer";

/** Largest file that is read: 1 MB, as GitHub's contents API counts it (2^20 bytes). */
export const MAX_CONTENT_BYTES = 1_048_576;

/** The text of a file, or why it was not read, as a reader may see it. */
export type TextContent = { readonly text: string } | { readonly notRead: string };

/** Why a file of this size is not read: "over 1 MB (2.3 MB)". */
export function tooLargeReason(bytes: number): string {
  return `over 1 MB (${(bytes / 1_048_576).toFixed(1)} MB)`;
}

/** Decodes a file. A leading byte order mark is kept, so that columns and offsets stay those of the file. */
export function decodeContent(bytes: Uint8Array): TextContent {
  if (bytes.byteLength > MAX_CONTENT_BYTES) return { notRead: tooLargeReason(bytes.byteLength) };
  if (!isUtf8(bytes)) return { notRead: "not UTF-8 text" };
  return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
}
