import type { PullRequest } from "../model/pull-request.ts";
import type { SourceFacts } from "../rubrics/syntax/source-facts.ts";
import { roleOf } from "./classify-file.ts";
import { parseSource, type ParsedSource } from "./parse-source.ts";
import type { Change } from "./read-change.ts";
import { buildRepositoryFacts } from "./repository-facts.ts";

/** Trees kept at once: enough for a pull request, bounded for a whole repository. */
const KEPT = 150;

/** Parses files of the change on demand, each side once, keeping a bounded number of trees. */
export interface SourceFiles {
  /** The head of an inspected file. Throws RangeError where nesting exceeds the stack. */
  readonly parseHead: (change: Change) => ParsedSource | null;
  /** The base of a path; null when it is unknown or cannot be parsed. */
  readonly parseBase: (path: string) => SourceFacts | null;
}

/** Opens the files of a change; nothing is parsed until asked. */
export function openSourceFiles(pullRequest: PullRequest, changes: readonly Change[]): SourceFiles {
  const heads = new Map<string, ParsedSource | null>();
  const bases = new Map<string, SourceFacts | null>();
  const byPath = uniquePaths(changes);
  const byBasePath = new Map(changes.map((change) => [change.file.previousPath ?? change.file.path, change]));
  const parseHead = (change: Change): ParsedSource | null => {
    const path = change.file.path;
    const kept = heads.get(path);
    if (kept !== undefined) {
      heads.delete(path); // what was asked for last is dropped last
      heads.set(path, kept);
      return kept;
    }
    if (heads.size >= KEPT) heads.delete(heads.keys().next().value ?? "");
    const before = change.base === null ? undefined : () => parseBase(change.file.previousPath ?? path);
    const parsed =
      change.head === null ? null : parseSource(belowRoot(change), change.head, change.role, change.partial, repository, before);
    heads.set(path, parsed);
    return parsed;
  };
  const repository = buildRepositoryFacts([...byPath.keys()], pullRequest.manifests, (path) => {
    const change = byPath.get(path);
    try {
      return change ? (parseHead(change)?.facts ?? null) : null;
    } catch {
      return null; // named when the file itself is inspected
    }
  });
  const parseBase = (path: string): SourceFacts | null => {
    const kept = bases.get(path);
    if (kept !== undefined) return kept;
    if (bases.size >= KEPT) bases.delete(bases.keys().next().value ?? "");
    const change = byBasePath.get(path);
    let parsed: SourceFacts | null = null;
    try {
      if (change && change.base !== null)
        parsed = parseSource(belowRoot(change), change.base, roleOf(belowRoot(change), change.base), change.partial, repository).facts;
    } catch {
      parsed = null; // an unreadable base proves nothing
    }
    bases.set(path, parsed);
    return parsed;
  };
  return { parseHead, parseBase };
}

/** The path that rules read: below the root of its codebase. */
function belowRoot(change: Change): string {
  return change.file.pathInCodebase ?? change.file.path;
}

/** Files by the path that imports between them mean; a path that two codebases share says nothing sure. */
function uniquePaths(changes: readonly Change[]): ReadonlyMap<string, Change> {
  const found = new Map<string, Change>();
  const shared = new Set<string>();
  for (const change of changes) {
    const path = belowRoot(change);
    if (found.has(path)) shared.add(path);
    found.set(path, change);
  }
  for (const path of shared) found.delete(path);
  return found;
}
