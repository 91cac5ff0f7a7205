import type { ChangedFile } from "../model/changed-file.ts";
import { isMachineMade } from "../model/machine-made.ts";
import { type PatchLine, parsePatch } from "../model/patch.ts";
import { BUILT_CODE } from "./counter-paths/counter-paths.ts";
import { findCodeSignals } from "./find-code-signals.ts";
import { findHunkHeadings } from "./find-hunk-headings.ts";
import { findPathSignals, kindOf } from "./find-path-signals.ts";
import { type Language, languageOf } from "./languages.ts";
import { DISMISSED, type FileKind } from "./path-signal.ts";
import type { Signal } from "./signal.ts";
import type { Weights } from "./weights.ts";

/** One file as detection sees it. */
export interface FileScore {
  readonly file: ChangedFile;
  readonly language: Language;
  /** What the path says it is, when that speaks against; null when nothing does. */
  readonly kind: FileKind | null;
  /** Whether its path, or a policy, settled what it is, so that its code was not looked at. */
  readonly settled: boolean;
  readonly signals: readonly Signal[];
  /** The sum of the signals: log-odds that this file is backend. */
  readonly score: number;
  /** The part of the patch that was read, and its lines; empty when the path settled the file. */
  readonly patch: string;
  readonly lines: readonly PatchLine[];
}

/** A file without any changed line: a pure rename or a change of mode. */
const UNCHANGED = -9;
/** Added together, conventions of one direction say no more than this. */
const MOST_FROM_PATHS = 6;

/** Scores one file from its path and the first `limit` characters of its patch; a file that its path settles is not read. */
export function scoreFile(file: ChangedFile, limit: number): FileScore {
  const language = languageOf(file.path);
  const matches = findPathSignals(file.path, language.family);
  const { path } = file;
  const signals: Signal[] = [{ group: "language", signal: `language: ${language.name || "unknown"}`, weight: language.prior, path }];
  const paths = { up: 0, down: 0 };
  for (const { signal, counter, part } of matches) {
    const side = counter ? "down" : "up";
    const most =
      signal.weight <= DISMISSED
        ? signal.weight
        : Math.sign(signal.weight) * Math.min(Math.abs(signal.weight), MOST_FROM_PATHS - paths[side]);
    if (most === 0) continue;
    if (signal.weight > DISMISSED) paths[side] += Math.abs(most);
    signals.push({ group: counter ? "counter" : "path", signal: `path: ${part} (${signal.says})`, weight: most, path });
  }
  const kind = kindOf(matches);
  const isBuilt = matches.some(({ signal }) => signal === BUILT_CODE) && isOfMachine(file);
  if (isBuilt) signals.push({ group: "counter", signal: "written by a compiler or bundler", weight: DISMISSED, path });
  const dismissed = isBuilt || matches.some(({ signal }) => signal.weight <= DISMISSED);
  if (isUnchanged(file)) signals.push({ group: "counter", signal: "renamed without change", weight: UNCHANGED, path });
  const patch = dismissed || isUnchanged(file) ? "" : (file.patch || patchOfText(file.content)).slice(0, limit);
  const lines = parsePatch(patch);
  for (const { says, weight, line } of findCodeSignals([...lines, ...findHunkHeadings(patch)], language.family))
    signals.push({ group: "code", signal: says, weight, path, line });
  return { file, language, kind, settled: dismissed, signals, score: sum(signals), patch, lines };
}

function isUnchanged(file: ChangedFile): boolean {
  return (file.status === "renamed" || file.status === "changed") && !file.patch && file.additions === 0 && file.deletions === 0;
}

/** What is known of the text is a machine's, or nothing is known of it. */
function isOfMachine({ content, patch }: ChangedFile): boolean {
  const text = content ?? (patch ?? "").replace(/^[-+ ]/gm, "");
  return text.trim() === "" || isMachineMade(text);
}

/** The text as lines that may all be new: what a patch that is missing could say. */
function patchOfText(content: string | undefined): string {
  return content ? `@@ -0,0 +1 @@\n${content.replaceAll(/^/gm, "+")}` : "";
}

/** The same file with its signals scaled by group. */
export function weigh(file: FileScore, weights: Weights): FileScore {
  const signals = scale(file.signals, weights);
  return { ...file, signals, score: sum(signals) };
}

/** Signals scaled by group; a policy's word is never scaled. */
export function scale(signals: readonly Signal[], weights: Weights): readonly Signal[] {
  return signals.map((signal) => (signal.group === "policy" ? signal : { ...signal, weight: signal.weight * weights[signal.group] }));
}

/** The sum of the weights. */
export function sum(signals: readonly Signal[]): number {
  return signals.reduce((total, { weight }) => total + weight, 0);
}
