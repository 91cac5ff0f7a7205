import { MAX_CONTENT_BYTES } from "../text-content.ts";
import type { GitRepository } from "./run-git.ts";
import { runGit } from "./run-git.ts";

/** A blob: its size, and its bytes unless it is over 1 MB. */
export interface Blob {
  readonly size: number;
  readonly bytes?: Buffer;
}

const HEADER = /^([0-9a-f]{40,64}) blob (\d+)$/;

/** Sizes of those names that exist as blobs: name as asked -> object id and size. */
async function readSizes(repository: GitRepository, names: readonly string[]): Promise<ReadonlyMap<string, { id: string; size: number }>> {
  if (names.length === 0) return new Map();
  const out = await runGit(repository, ["cat-file", "--batch-check"], `${names.join("\n")}\n`);
  const lines = out.toString("utf8").split("\n");
  return new Map(
    names.flatMap((name, index) => {
      const [, id, size] = HEADER.exec(lines[index] ?? "") ?? [];
      return id === undefined ? [] : [[name, { id, size: Number(size) }]];
    }),
  );
}

async function readBytes(repository: GitRepository, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  if (ids.length === 0) return found;
  const out = await runGit(repository, ["cat-file", "--batch"], `${ids.join("\n")}\n`);
  for (let at = 0; at < out.length;) {
    const lineEnd = out.indexOf(0x0a, at);
    const [, id, size] = HEADER.exec(out.toString("latin1", at, lineEnd)) ?? [];
    if (id === undefined) throw new Error("git cat-file answered in a form that is not known");
    found.set(id, out.subarray(lineEnd + 1, lineEnd + 1 + Number(size)));
    at = lineEnd + 1 + Number(size) + 1;
  }
  return found;
}

/**
 * Reads blobs by object id or by `<commit>:<path>`; the answer is keyed by the name asked for. Names that
 * are no blobs, or hold a line break, are left out.
 */
export async function readBlobs(repository: GitRepository, names: readonly string[]): Promise<ReadonlyMap<string, Blob>> {
  const asked = [...new Set(names)].filter((name) => !name.includes("\n"));
  const sizes = await readSizes(repository, asked);
  const small = new Set([...sizes.values()].filter(({ size }) => size <= MAX_CONTENT_BYTES).map(({ id }) => id));
  const bytes = await readBytes(repository, [...small]);
  return new Map(
    [...sizes].map(([name, { id, size }]) => {
      const own = bytes.get(id);
      return [name, { size, ...(own && { bytes: own }) }];
    }),
  );
}
