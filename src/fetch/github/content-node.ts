import { createHash } from "node:crypto";
import { MAX_CONTENT_BYTES, tooLargeReason } from "../text-content.ts";
import type { ContentNode } from "./snapshot-query.ts";

/** A file of the repository: its bytes, why it was not read, or null where it is not there. */
export type BlobReading = { readonly bytes: Buffer; readonly sha: string } | { readonly notRead: string } | null;

/**
 * The bytes of a file that GraphQL answered with; "unproved" where they are not those that the object id names: GitHub
 * cuts long texts, decodes what is not UTF-8, and shows no text of what looks binary. REST then has the last word.
 */
export function readContentNode(node: ContentNode | null): BlobReading | "unproved" {
  if (node === null) return null;
  const { __typename: type, oid } = node;
  if (type !== "Blob" || oid === undefined) return null;
  const size = node.byteSize ?? 0;
  if (size > MAX_CONTENT_BYTES) return { notRead: tooLargeReason(size) };
  if (typeof node.text !== "string") return "unproved";
  const bytes = Buffer.from(node.text, "utf8");
  return blobSha(bytes, oid.length) === oid ? { bytes, sha: oid } : "unproved";
}

/** The object id that git gives a file: SHA-1 in 40 hexadecimal digits, SHA-256 in 64. */
function blobSha(bytes: Buffer, digits: number): string {
  return createHash(digits === 64 ? "sha256" : "sha1")
    .update(`blob ${bytes.byteLength}\0`)
    .update(bytes)
    .digest("hex");
}
