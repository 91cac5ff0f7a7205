import type { PatchLine } from "../model/patch.ts";
import { CODE_SIGNALS, type CodeSignals } from "./code-signals.ts";
import type { Family } from "./languages.ts";

/** A piece of code that speaks, where it was first seen. */
export interface CodeMatch {
  readonly says: string;
  readonly weight: number;
  readonly line: number;
}

/** A line of a patch, as far as it matters here. */
export type CodeLine = Pick<PatchLine, "kind" | "line" | "text">;

/** Longer lines are data or minified; their start says enough. */
const LONGEST_LINE = 400;
/** Context and removed lines show what a file is, less surely than what the change adds. */
const OUTSIDE_ADDED = 0.7;

/**
 * What the changed lines of one file say, each signal once, at its first added line, else at its first
 * other line. Lines are read up to 400 characters. Linear in the text.
 */
export function findCodeSignals(lines: readonly CodeLine[], family: Family): readonly CodeMatch[] {
  const signals = CODE_SIGNALS[family];
  const best = new Map<string, CodeMatch>();
  for (const { kind, line, text } of lines) {
    if (text.length < 3) continue;
    const cut = text.length > LONGEST_LINE ? text.slice(0, LONGEST_LINE) : text;
    const scale = kind === "added" ? 1 : OUTSIDE_ADDED;
    for (const { key, says, weight } of findInLine(cut, signals)) {
      const known = best.get(key);
      if (!known || Math.abs(known.weight) < Math.abs(weight * scale)) best.set(key, { says, weight: weight * scale, line });
    }
  }
  return [...best.values()];
}

interface LineMatch {
  readonly key: string;
  readonly says: string;
  readonly weight: number;
}

function findInLine(text: string, signals: CodeSignals): readonly LineMatch[] {
  const found: LineMatch[] = [];
  const imported = signals.importLine?.exec(text);
  const name = imported?.[1] ?? imported?.[2];
  if (name !== undefined) {
    const signal = signalOfModule(name, signals);
    if (signal) found.push({ key: `import ${signal.says}`, says: `import of ${name} (${signal.says})`, weight: signal.weight });
  }
  for (const { says, weight, pattern } of signals.calls) if (pattern.test(text)) found.push({ key: says, says, weight });
  return found;
}

const MODULES = new Map<CodeSignals, ReadonlyMap<string, CodeSignals["imports"][number]>>();
for (const signals of Object.values(CODE_SIGNALS))
  MODULES.set(signals, new Map(signals.imports.flatMap((signal) => signal.modules.map((module) => [module, signal] as const))));

/** The signal of the longest leading part of a module's name: `net/http/httptest` is `net/http`. */
function signalOfModule(name: string, signals: CodeSignals): CodeSignals["imports"][number] | undefined {
  const modules = MODULES.get(signals);
  if (name.startsWith("node:")) return modules?.get("node:");
  for (let end = name.length; end > 0; end = lastCut(name, end)) {
    const signal = modules?.get(name.slice(0, end));
    if (signal) return signal;
  }
  return undefined;
}

function lastCut(name: string, end: number): number {
  for (let at = end - 1; at > 0; at--) if (/[/.:\\_-]/.test(name[at] ?? "")) return at;
  return 0;
}
