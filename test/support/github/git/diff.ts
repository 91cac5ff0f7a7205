import type { ObjectStore } from "./object-store.ts";

export interface FileDiff {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  /** The blob on the new side; on the old side for a removed file. */
  readonly blobSha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Hunks only; null where git sees binary data or there is no hunk. */
  readonly patch: string | null;
}

/** What changed from one commit to another, per file, renames found, in git's order. */
export async function diffCommits(store: ObjectStore, from: string, to: string): Promise<FileDiff[]> {
  const output = await store.answer([
    "diff",
    "--raw",
    "--numstat",
    "--patch",
    "-z",
    "-M",
    "--full-index",
    "--no-abbrev",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    from,
    to,
  ]);
  if (output.length === 0) return [];
  return parseDiff(output.toString());
}

interface RawRecord {
  readonly letter: string;
  readonly modeChanged: boolean;
  readonly blobs: readonly [string, string];
  readonly paths: readonly string[];
}

function parseDiff(output: string): FileDiff[] {
  const fields = fieldReader(output);
  const raws: RawRecord[] = [];
  while (fields.peek() === ":") raws.push(readRaw(fields));
  const counts = raws.map((raw) => readCounts(fields, raw));
  fields.next();
  const patches = splitPatches(fields.rest());
  return raws.map((raw, index) => fileDiff(raw, counts[index] ?? [0, 0], patches[index] ?? ""));
}

function fieldReader(text: string) {
  let at = 0;
  return {
    peek: () => text[at],
    next(): string {
      const end = text.indexOf("\0", at);
      const field = text.slice(at, end === -1 ? undefined : end);
      at = end === -1 ? text.length : end + 1;
      return field;
    },
    rest: () => text.slice(at),
  };
}

function readRaw(fields: ReturnType<typeof fieldReader>): RawRecord {
  const [oldMode = "", newMode = "", oldSha = "", newSha = "", status = ""] = fields.next().slice(1).split(" ");
  const letter = status[0] ?? "";
  const paths = letter === "R" || letter === "C" ? [fields.next(), fields.next()] : [fields.next()];
  return { letter, modeChanged: oldMode !== newMode, blobs: [oldSha, newSha], paths };
}

function readCounts(fields: ReturnType<typeof fieldReader>, raw: RawRecord): readonly [number, number] {
  const [additions = "", deletions = ""] = fields.next().split("\t");
  if (raw.paths.length === 2) {
    fields.next();
    fields.next();
  }
  return [Number(additions) || 0, Number(deletions) || 0];
}

// Inside a hunk every line begins with one of " +-\", so a line that begins with "diff --git" always opens the next file.
const splitPatches = (text: string): string[] => text.split(/(?<=\n)(?=diff --git )/);

function fileDiff(raw: RawRecord, [additions, deletions]: readonly [number, number], patch: string): FileDiff {
  const [first = "", second] = raw.paths;
  const hunk = patch.indexOf("\n@@ ");
  return {
    path: second ?? first,
    previousPath: raw.letter === "R" ? first : null,
    status: statusOf(raw),
    blobSha: raw.letter === "D" ? raw.blobs[0] : raw.blobs[1],
    additions,
    deletions,
    patch: hunk === -1 ? null : patch.slice(hunk + 1).replace(/\n$/, ""),
  };
}

function statusOf(raw: RawRecord): FileDiff["status"] {
  if (raw.letter === "A") return "added";
  if (raw.letter === "D") return "removed";
  if (raw.letter === "R") return "renamed";
  return raw.letter === "T" || raw.blobs[0] === raw.blobs[1] ? "changed" : "modified";
}
