import type { ChangedFile } from "../model/changed-file.ts";
import { type PatchLine, parsePatch } from "../model/patch.ts";
import { findCodeSignals } from "./find-code-signals.ts";
import { findPathSignals, kindOf } from "./find-path-signals.ts";
import { type Language, languageOf } from "./languages.ts";
import { DISMISSED, type FileKind } from "./path-signals.ts";
import type { Signal } from "./signal.ts";
import type { Weights } from "./weights.ts";

/** One file as detection sees it. */
export interface FileScore {
  readonly file: ChangedFile;
  readonly language: Language;
  /** What the path says it is, when that speaks against; null when nothing does. */
  readonly kind: FileKind | null;
  readonly signals: readonly Signal[];
  /** Log-odds that this file is backend. */
  readonly score: number;
  /** The patch's lines; empty when the path settled the file. */
  readonly lines: readonly PatchLine[];
}

/** A file without any changed line: a pure rename or a change of mode. */
const UNCHANGED = -9;
/** Added together, conventions of one direction say no more than this. */
const MOST_FROM_PATHS = 6;

/** Scores one file. Linear in its patch; a file that its path settles is not read. */
export function scoreFile(file: ChangedFile, weights: Weights): FileScore {
  const language = languageOf(file.path);
  const matches = findPathSignals(file.path, language.family);
  const { path } = file;
  const signals: Signal[] = [
    { group: "language", signal: `language: ${language.name || "unknown"}`, weight: language.prior * weights.language, path },
  ];
  const paths = { up: 0, down: 0 };
  for (const { signal, counter, part } of matches) {
    const side = counter ? "down" : "up";
    const scaled = signal.weight * (counter ? (signal.weight <= DISMISSED ? 1 : weights.counter) : weights.path);
    const room = signal.weight <= DISMISSED ? scaled : Math.sign(scaled) * Math.min(Math.abs(scaled), MOST_FROM_PATHS - paths[side]);
    if (room === 0) continue;
    paths[side] += Math.abs(room);
    signals.push({ group: counter ? "counter" : "path", signal: `path: ${part} (${signal.says})`, weight: room, path });
  }
  const kind = kindOf(matches);
  const dismissed = matches.some(({ signal }) => signal.weight <= DISMISSED);
  if (isUnchanged(file)) signals.push({ group: "counter", signal: "renamed without change", weight: UNCHANGED, path });
  const lines = dismissed || isUnchanged(file) ? [] : parsePatch(file.patch);
  for (const { says, weight, line } of findCodeSignals(lines, language.family))
    signals.push({ group: "code", signal: says, weight: weight * weights.code, path, line });
  return { file, language, kind, signals, score: sum(signals), lines };
}

function isUnchanged(file: ChangedFile): boolean {
  return (
    (file.status === "renamed" || file.status === "copied" || file.status === "changed") &&
    !file.patch &&
    !file.additions &&
    !file.deletions
  );
}

/** The sum of the weights. */
export function sum(signals: readonly Signal[]): number {
  return signals.reduce((total, { weight }) => total + weight, 0);
}
