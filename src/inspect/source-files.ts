import type { PullRequest } from "../model/pull-request.ts";
import type { SourceFacts } from "../rubrics/syntax/source-facts.ts";
import { roleOf } from "./classify-file.ts";
import { parseSource, type ParsedSource } from "./parse-source.ts";
import type { Change } from "./read-change.ts";
import { buildRepositoryFacts } from "./repository-facts.ts";

/** Trees kept at once: enough for a pull request, bounded for a whole repository. */
const KEPT = 400;

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
  const byPath = new Map(changes.map((change) => [change.file.path, change]));
  const byBasePath = new Map(changes.map((change) => [change.file.previousPath ?? change.file.path, change]));
  const parseHead = (change: Change): ParsedSource | null => {
    const path = change.file.path;
    const kept = heads.get(path);
    if (kept !== undefined) return kept;
    if (heads.size >= KEPT) heads.delete(heads.keys().next().value ?? "");
    const parsed = change.head === null ? null : parseSource(path, change.head, change.role, change.partial, repository);
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
        parsed = parseSource(path, change.base, roleOf(change.file.pathInCodebase ?? path, change.base), change.partial, repository).facts;
    } catch {
      parsed = null; // an unreadable base proves nothing
    }
    bases.set(path, parsed);
    return parsed;
  };
  return { parseHead, parseBase };
}
