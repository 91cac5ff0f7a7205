import type { ChangedFile } from "../model/changed-file.ts";
import type { Manifest } from "../model/pull-request.ts";
import type { FileRole } from "../rubrics/syntax/source-facts.ts";
import { doubtOf, isAdviceAtMost, isOfPages, languageOf, roleOf } from "./classify-file.ts";
import { packageKinds, type PackageKind } from "./package-kind.ts";
import { parsePatch, type PatchLine } from "../model/patch.ts";

/** What the patch says about a file: its text at both ends and which lines are new. Lines are 1-based. */
export interface Change {
  readonly file: ChangedFile;
  /** Text at the head; null when nothing of it is known. */
  readonly head: string | null;
  /** Text at the base, rebuilt from the patch; null when there is none, it was not needed, or the patch does not fit. */
  readonly base: string | null;
  /** What the file is for, at the head. */
  readonly role: FileRole;
  /** true when `head` was put together from hunks alone. */
  readonly partial: boolean;
  /** true when every line counts as changed. */
  readonly wholeFile: boolean;
  /** Why lines besides `added` may have been changed too: the patch is missing, cut short or another text's. null when they were not. */
  readonly unseen: string | null;
  /** Why what is found here may not be for the author to repair; null when it is. */
  readonly doubt: string | null;
  /** true when what is found here is advice at most, whatever the rule says. */
  readonly adviceAtMost: boolean;
  /** Lines at the head that the change wrote; moved lines are not among them. */
  readonly added: ReadonlySet<number>;
  /** For each run of removed lines the next line that survives; moved lines are not among them. */
  readonly removedAt: readonly number[];
  /** Line at the head -> where it stood at the base, for surviving and moved lines. */
  readonly origin: ReadonlyMap<number, { readonly path: string; readonly line: number }>;
}

/** Reads every file's change. A line removed here and added there, in any file, is moved, not added. The manifests tell which packages hold pages. */
export function readChanges(files: readonly ChangedFile[], manifests: readonly Manifest[] = []): readonly Change[] {
  const kindOf = packageKinds(manifests);
  const patches = files.map((file) => parsePatch(file.patch));
  const moved = new Map<string, { path: string; line: number }[]>();
  patches.forEach((lines, i) => {
    for (const line of lines) {
      const text = line.text.trim();
      if (line.kind !== "removed" || text === "") continue;
      const path = basePath(files[i]);
      const list = moved.get(text);
      if (list) list.push({ path, line: line.baseLine });
      else moved.set(text, [{ path, line: line.baseLine }]);
    }
  });
  const leftovers = takeMoves(patches, moved);
  return files.map((file, i) => readChange(file, patches[i] ?? [], leftovers, kindOf(file.path)));
}

type Moves = ReadonlyMap<PatchLine, { path: string; line: number }>;

/** Pairs each added line with one removed line of the same text; each removed line serves once. */
function takeMoves(patches: readonly (readonly PatchLine[])[], removed: Map<string, { path: string; line: number }[]>): Moves {
  const moves = new Map<PatchLine, { path: string; line: number }>();
  for (const lines of patches)
    for (const line of lines) {
      if (line.kind !== "added") continue;
      const from = removed.get(line.text.trim())?.shift();
      if (from) moves.set(line, from);
    }
  return moves;
}

function basePath(file: ChangedFile | undefined): string {
  return file?.previousPath ?? file?.path ?? "";
}

function readChange(file: ChangedFile, given: readonly PatchLine[], moves: Moves, kind: PackageKind): Change {
  const unseen = howPatchFits(file, given);
  const lines = unseen === NOT_ITS_PATCH ? [] : given;
  const added = new Set<number>();
  const removedAt = new Set<number>();
  const takenAway = new Set([...moves.values()].map((m) => `${m.path}\n${m.line}`));
  for (const line of lines) {
    if (line.kind === "added" && !moves.has(line) && line.text.trim() !== "") added.add(line.line);
    if (line.kind === "removed" && line.text.trim() !== "" && !takenAway.has(`${basePath(file)}\n${line.baseLine}`))
      removedAt.add(line.line);
  }
  const isNew = file.status === "added" || file.status === "copied";
  const wholeFile = isNew && (lines.length === 0 || unseen !== null || file.status === "copied");
  const isWhole = file.content !== undefined || file.status === "added";
  const head = file.status === "removed" ? null : (file.content ?? (lines.length > 0 ? assemble(lines, "head") : null));
  const path = file.pathInCodebase ?? file.path;
  const isInspected = languageOf(file.path).kind === "inspected";
  const hasRemovals = lines.some((l) => l.kind === "removed");
  const hasChanges = hasRemovals || lines.some((l) => l.kind === "added");
  return {
    file,
    head,
    base: hasChanges && file.status !== "added" ? baseText(file, lines) : null,
    role: isInspected ? roleIn(path, head ?? "", kind) : "server",
    partial: !isWhole,
    wholeFile,
    unseen: wholeFile ? null : unseen,
    doubt: isInspected ? doubtOf(path, head ?? "") : null,
    adviceAtMost: isInspected && isAdviceAtMost(path, head ?? "", kind),
    added,
    removedAt: [...removedAt],
    origin: originOfLines(file, lines, moves, head),
  };
}

/** What a file is for, in a package that may hold nothing but pages or commands. */
export function roleIn(path: string, text: string, kind: PackageKind): FileRole {
  const role = roleOf(path, text);
  if (role !== "server" || (kind !== "browser" && kind !== "terminal") || !isOfPages(path, text)) return role;
  return kind === "browser" ? "browser" : "script";
}

const NOT_ITS_PATCH = "its patch is that of another text";

/** Why the patch does not tell every line of the text that was changed; null when it does, or when no text is known to compare it with. */
function howPatchFits({ content, status, additions, deletions }: ChangedFile, lines: readonly PatchLine[]): string | null {
  if (content === undefined || status === "removed") return null;
  const added = lines.filter((line) => line.kind === "added").length;
  if (lines.length === 0) return (additions === 0 && deletions === 0) || content === "" ? null : "no patch says which lines were changed";
  const text = content.split("\n");
  if (!lines.every((line) => stands(line, text) || (line === lines.at(-1) && line.text === ""))) return NOT_ITS_PATCH;
  const isNew = status === "added" && added < text.length - (text.at(-1) === "" ? 1 : 0);
  return isNew || added < (additions ?? 0) ? "its patch is cut short" : null;
}

/** Whether a line of the patch is that line of the text; a byte order mark is no part of it. */
function stands({ kind, line, text }: PatchLine, head: readonly string[]): boolean {
  const there = (head[line - 1] ?? "").replace(/\r$/, "");
  return kind === "removed" || text === there || (line === 1 && text.replace("\uFEFF", "") === there.replace("\uFEFF", ""));
}

function assemble(lines: readonly PatchLine[], side: "head" | "base"): string {
  const text: string[] = [];
  for (const line of lines) {
    if (side === "head" ? line.kind === "removed" : line.kind === "added") continue;
    const number = side === "head" ? line.line : line.baseLine;
    if (number > 200_000) break;
    while (text.length < number - 1) text.push("");
    text[number - 1] = line.text;
  }
  return text.join("\n");
}

/** Undoes the patch on the whole text; where the text is unknown or does not fit, what the hunks show of the base. */
function baseText(file: ChangedFile, lines: readonly PatchLine[]): string | null {
  if (file.content === undefined) return assemble(lines, "base");
  const head = file.content.split("\n");
  const out: string[] = [];
  let at = 1;
  for (const line of lines) {
    for (; at < line.line && at <= head.length; at++) out.push(head[at - 1] ?? "");
    if (line.kind === "removed") {
      out.push(line.text);
      continue;
    }
    if ((head[at - 1] ?? "").replace(/\r$/, "") !== line.text) {
      if (line === lines.at(-1) && line.text === "") break;
      return null;
    }
    if (line.kind === "context") out.push(line.text);
    at++;
  }
  for (; at <= head.length; at++) out.push(head[at - 1] ?? "");
  return out.join("\n");
}

function originOfLines(
  file: ChangedFile,
  lines: readonly PatchLine[],
  moves: Moves,
  head: string | null,
): ReadonlyMap<number, { path: string; line: number }> {
  const origin = new Map<number, { path: string; line: number }>();
  if (head === null || lines.length === 0) return origin;
  const path = basePath(file);
  let shift = 0;
  let at = 1;
  const last = Math.min(head.split("\n").length, 200_000);
  const passUntil = (line: number): void => {
    for (; at < line && at <= last; at++) origin.set(at, { path, line: at + shift });
  };
  for (const line of lines) {
    passUntil(line.line);
    if (line.kind === "removed") shift = line.baseLine + 1 - line.line;
    else {
      const from = line.kind === "added" ? moves.get(line) : { path, line: line.baseLine };
      if (from) origin.set(line.line, from);
      at = line.line + 1;
      shift = line.kind === "added" ? line.baseLine - (line.line + 1) : line.baseLine - line.line;
    }
  }
  passUntil(last + 1);
  return origin;
}
