import type { Family } from "./languages.ts";
import { BACKEND_PATHS } from "./backend-paths.ts";
import { COUNTER_PATHS } from "./counter-paths/counter-paths.ts";
import type { FileKind, PathSignal } from "./path-signal.ts";

/** A convention that a path follows. */
export interface PathMatch {
  readonly signal: PathSignal;
  readonly counter: boolean;
  /** The part of the path that matched, as a reader may see it. */
  readonly part: string;
}

interface Entry {
  readonly signal: PathSignal;
  readonly counter: boolean;
}

type Index = ReadonlyMap<string, readonly Entry[]>;

const ENTRIES: readonly Entry[] = [
  ...COUNTER_PATHS.map((signal) => ({ signal, counter: true })),
  ...BACKEND_PATHS.map((signal) => ({ signal, counter: false })),
];

function index(keysOf: (signal: PathSignal) => readonly string[] | undefined): Index {
  const map = new Map<string, Entry[]>();
  for (const entry of ENTRIES) for (const key of keysOf(entry.signal) ?? []) map.set(key, [...(map.get(key) ?? []), entry]);
  return map;
}

const BY_FOLDER = index((signal) => signal.folders);
const BY_WORD = index((signal) => signal.words);
const BY_NAME = index((signal) => signal.names);
const BY_ENDING = index((signal) => signal.endings);
const BY_STEM = index((signal) => signal.stems);
const WITH_PATTERN = ENTRIES.filter((entry) => entry.signal.pattern);
const appliesTo = ({ families }: PathSignal, family: Family) => !families || families.includes(family);

/** Boundaries inside a file name: before a dot, after a dash or underscore, before a capital. */
const BOUNDARY = /[._-]|(?<=[a-z0-9])(?=[A-Z])/g;
/** A path longer than this says nothing more in its middle. */
const LONGEST_PATH = 400;

/**
 * The conventions that a path follows, each at most once, at the first part that follows it. A convention that
 * names families counts only for files of those. Linear in the length of the path, which is cut at 400 characters.
 */
export function findPathSignals(path: string, family: Family): readonly PathMatch[] {
  const cut = path.length > LONGEST_PATH ? path.slice(-LONGEST_PATH) : path;
  const parts = cut.split("/");
  const name = parts.pop() ?? "";
  const seen = new Map<PathSignal, PathMatch>();
  const note = (entries: readonly Entry[] | undefined, part: string) => {
    for (const { signal, counter } of entries ?? []) {
      if (seen.has(signal) || !appliesTo(signal, family)) continue;
      seen.set(signal, { signal, counter, part });
    }
  };
  for (const part of parts) {
    const folder = part.toLowerCase();
    note(BY_FOLDER.get(folder), `${part}/`);
    for (const word of folder.split(/[-_.]/)) note(BY_WORD.get(word), `${part}/`);
  }
  const lower = name.toLowerCase();
  note(BY_NAME.get(lower), name);
  for (const at of boundaries(name)) {
    note(BY_ENDING.get(lower.slice(at)), name);
  }
  note(BY_STEM.get(lastWord(name)), name);
  for (const entry of WITH_PATTERN) {
    const { signal } = entry;
    if (!seen.has(signal) && appliesTo(signal, family) && signal.pattern?.test(cut)) note([entry], shortPath(parts, name));
  }
  return [...seen.values()];
}

/** What kind of file the strongest counter-signal takes it for; null when none speaks against. */
export function kindOf(matches: readonly PathMatch[]): FileKind | null {
  let kind: FileKind | null = null;
  let lowest = 0;
  for (const { signal } of matches) {
    if (signal.kind && signal.weight < lowest) {
      lowest = signal.weight;
      kind = signal.kind;
    }
  }
  return kind;
}

function boundaries(name: string): readonly number[] {
  return [...name.matchAll(BOUNDARY)].slice(-6).map((match) => match.index);
}

function lastWord(name: string): string {
  const dot = name.indexOf(".", 1);
  const first = dot < 0 ? name : name.slice(0, dot);
  const inner =
    dot < 0
      ? ""
      : (name
          .slice(dot + 1)
          .split(".")
          .at(-2) ?? "");
  const words = (inner || first).split(/[-_]|(?<=[a-z0-9])(?=[A-Z])/);
  return (words.at(-1) ?? "").toLowerCase();
}

function shortPath(parts: readonly string[], name: string): string {
  return [...parts.slice(-2), name].join("/");
}
