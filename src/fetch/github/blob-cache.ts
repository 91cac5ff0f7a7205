import { LRUCache } from "lru-cache";

/** Bytes of blobs by "owner/name/sha". A blob never changes, so nothing expires; the least recently used go first. */
export type BlobCache = LRUCache<string, Buffer>;

/** A cache that holds at most `maxBytes` of blobs. */
export function createBlobCache(maxBytes: number): BlobCache {
  return new LRUCache({ maxSize: maxBytes, sizeCalculation: (bytes) => Math.max(1, bytes.byteLength) });
}
