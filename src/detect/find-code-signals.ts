import type { PatchLine } from "../model/patch.ts";
import { CODE_SIGNALS } from "./code-signals/code-signals.ts";
import type { CodeSignals, ImportSignal } from "./code-signals/code-signal.ts";
import type { Family } from "./languages.ts";

/** A line of a patch, as far as it matters here. */
export type CodeLine = Pick<PatchLine, "kind" | "line" | "text">;

/** A piece of code that speaks, where it was first seen. */
export interface CodeMatch {
  readonly says: string;
  readonly weight: number;
  readonly line: number;
}

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
  if (lines.length === 0 || (signals.imports.length === 0 && signals.calls.length === 0)) return [];
  const added = joinLines(lines.filter(({ kind }) => kind === "added"));
  const others = joinLines(lines.filter(({ kind }) => kind !== "added"));
  const inAdded = findInText(added, signals);
  const inOthers = findInText(others, signals).map((match) => ({ ...match, weight: match.weight * OUTSIDE_ADDED }));
  const known = new Set(inAdded.map(({ key }) => key));
  return [...inAdded, ...inOthers.filter(({ key }) => !known.has(key))].map(({ says, weight, line }) => ({ says, weight, line }));
}

interface JoinedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly lines: readonly number[];
}

/** One text for many lines, so that each pattern runs once and not once a line. */
function joinLines(lines: readonly CodeLine[]): JoinedText {
  const starts: number[] = [];
  const texts: string[] = [];
  let length = 0;
  for (const { text } of lines) {
    const cut = text.length > LONGEST_LINE ? text.slice(0, LONGEST_LINE) : text;
    starts.push(length);
    texts.push(cut);
    length += cut.length + 1;
  }
  return { text: texts.join("\n"), starts, lines: lines.map(({ line }) => line) };
}

interface KeyedMatch extends CodeMatch {
  readonly key: string;
}

function findInText(joined: JoinedText, signals: CodeSignals): readonly KeyedMatch[] {
  if (joined.text === "") return [];
  const found = findImports(joined, signals);
  for (const { says, weight, pattern } of signals.calls) {
    const match = multilineOf(pattern).exec(joined.text);
    if (match) found.push({ key: says, says, weight, line: lineAt(joined, match) });
  }
  return found;
}

function findImports(joined: JoinedText, signals: CodeSignals): KeyedMatch[] {
  const found = new Map<string, KeyedMatch>();
  if (!signals.importLine) return [];
  for (const match of joined.text.matchAll(multilineOf(signals.importLine))) {
    const name = match[1] ?? match[2] ?? "";
    const signal = signalOfModule(name, signals);
    const key = `import ${signal?.says ?? ""}`;
    if (signal && !found.has(key))
      found.set(key, { key, says: `import of ${name} (${signal.says})`, weight: signal.weight, line: lineAt(joined, match) });
  }
  return [...found.values()];
}

/** The line of the first character of a match that is no white space. */
function lineAt({ starts, lines }: JoinedText, match: RegExpExecArray): number {
  const at = match.index + match[0].search(/\S|$/);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return lines[low] ?? 1;
}

/** The patterns of the catalogue speak of one line; here `^` and `$` mean every line of the text. */
const MULTILINE = new Map<RegExp, RegExp>();
for (const { calls, importLine } of Object.values(CODE_SIGNALS)) {
  for (const { pattern } of calls) MULTILINE.set(pattern, new RegExp(pattern.source, `${pattern.flags}m`));
  if (importLine) MULTILINE.set(importLine, new RegExp(importLine.source, `${importLine.flags}gm`));
}

function multilineOf(pattern: RegExp): RegExp {
  return MULTILINE.get(pattern) ?? pattern;
}

const MODULES = new Map<CodeSignals, ReadonlyMap<string, ImportSignal>>();
for (const signals of Object.values(CODE_SIGNALS))
  MODULES.set(signals, new Map(signals.imports.flatMap((signal) => signal.modules.map((module) => [module, signal] as const))));

/** The signal of the longest leading part of a module's name: `net/http/httptest` is `net/http`. */
function signalOfModule(name: string, signals: CodeSignals): ImportSignal | undefined {
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
