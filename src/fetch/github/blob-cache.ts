import { LRUCache } from "lru-cache";

/**
 * Bytes of files by "owner/name/sha" and by "owner/name/commit:path". Neither ever changes, so nothing expires; the
 * least recently used go first.
 */
export type BlobCache = LRUCache<string, Buffer>;

/** Stands in the cache for a path that a commit does not have. */
export const ABSENT: Buffer = Buffer.from([0]);

/** What an entry costs besides its bytes. */
const ENTRY_BYTES = 200;

/** A cache that holds at most `maxBytes` of blobs, their keys included. */
export function createBlobCache(maxBytes: number): BlobCache {
  return new LRUCache({ maxSize: maxBytes, sizeCalculation: (bytes) => bytes.byteLength + ENTRY_BYTES });
}
