import type { Rule } from "../rubrics/rule.ts";
import type { Change } from "./read-change.ts";
import { runRules, type Sighting } from "./run-rules.ts";
import type { SourceFiles } from "./source-files.ts";

/** A sighting that this change answers for, at the lines to annotate. */
export interface Selected {
  readonly sighting: Sighting;
  readonly line: number;
  readonly endLine: number;
}

/**
 * Keeps what the change answers for: a sighting that touches added lines, or one that the base did not have
 * (a line that was taken away made it). The latter points at the next surviving line.
 */
export function selectSightings(
  sightings: readonly Sighting[],
  change: Change,
  rules: readonly Rule[],
  files: SourceFiles,
): readonly Selected[] {
  const before = new Map<string, ReadonlySet<string> | null>();
  const sightingsBefore = (path: string): ReadonlySet<string> | null => {
    const known = before.get(path);
    if (known !== undefined) return known;
    const facts = files.parseBase(path);
    const found = facts ? new Set(runRules(rules, facts).sightings.map((s) => `${s.rule.id}\n${s.line}`)) : null;
    before.set(path, found);
    return found;
  };
  const isEdited = change.added.size > 0 || change.removedAt.length > 0;
  return sightings.flatMap((sighting): Selected[] => {
    const own = { sighting, line: sighting.line, endLine: sighting.endLine };
    if (change.wholeFile) return [own];
    const touched = sighting.spans.find((span) => touches(span, change.added));
    if (touched) return [touched === sighting.spans[0] ? own : { sighting, line: touched[0], endLine: touched[1] }];
    if (!isEdited) return [];
    const removedInside = change.removedAt.find((at) => sighting.spans.some(([from, to]) => at > from && at <= to));
    const from = change.origin.get(sighting.line);
    const base = from ? sightingsBefore(from.path) : null;
    if (!from || base === null) return removedInside === undefined ? [] : [own];
    if (base.has(`${sighting.rule.id}\n${from.line}`)) return [];
    return [removedInside === undefined ? atRemoval(sighting, change) : own];
  });
}

function touches([from, to]: readonly [number, number], added: ReadonlySet<number>): boolean {
  if (added.size === 0) return false;
  if (to - from > added.size) return [...added].some((line) => line >= from && line <= to);
  for (let line = from; line <= to; line++) if (added.has(line)) return true;
  return false;
}

/** The surviving line after the removal that is nearest to the sighting, or the sighting's own line when nothing was removed. */
function atRemoval(sighting: Sighting, change: Change): Selected {
  const nearest = change.removedAt.toSorted((a, b) => Math.abs(a - sighting.line) - Math.abs(b - sighting.line))[0];
  if (nearest === undefined) return { sighting, line: sighting.line, endLine: sighting.endLine };
  const last = Math.max(1, (change.head ?? "").split("\n").length);
  const line = Math.min(nearest, last);
  return { sighting, line, endLine: line };
}
