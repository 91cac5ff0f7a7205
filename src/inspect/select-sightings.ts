import type { Rule } from "../rubrics/rule.ts";
import type { Change } from "./read-change.ts";
import { runRules, type Sighting } from "./run-rules.ts";
import type { SourceFiles } from "./source-files.ts";

/** Lines that one annotation may span. */
const NEAR = 30;

/** A sighting that this change answers for, at the lines to annotate. */
export interface Selected {
  readonly sighting: Sighting;
  readonly line: number;
  readonly endLine: number;
  /** true when the change may not have touched it: its patch does not say. */
  readonly unsure?: true;
}

/**
 * Keeps what the change answers for: a sighting that touches added lines, or one that the base did not have
 * (a line that was taken away made it). The latter points at the next surviving line. Where the patch does not tell all that was
 * changed, the rest is kept too, as unsure.
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
    const found = facts ? new Set(runRules(rules, facts).sightings.flatMap(linesSaid)) : null;
    before.set(path, found);
    return found;
  };
  const isEdited = change.added.size > 0 || change.removedAt.length > 0;
  const ofChange = (sighting: Sighting): Selected[] => {
    const own = { sighting, line: sighting.line, endLine: sighting.endLine };
    if (change.wholeFile) return [own];
    const touched = sighting.spans.find((span) => touches(span, change.added));
    if (touched) return [touched === sighting.spans[0] ? own : joined(sighting, firstAdded(touched, change.added))];
    if (!isEdited) return [];
    const removedInside = change.removedAt.find((at) => sighting.spans.some(([from, to]) => at > from && at <= to));
    const from = change.origin.get(sighting.line);
    const base = from ? sightingsBefore(from.path) : null;
    if (!from || base === null) return removedInside === undefined ? [] : [joined(sighting, lastLine(removedInside, change))];
    if (base.has(`${sighting.rule.id}\n${from.line}`)) return [];
    return [removedInside === undefined ? atRemoval(sighting, change) : joined(sighting, lastLine(removedInside, change))];
  };
  return sightings.flatMap((sighting) => {
    const selected = ofChange(sighting);
    if (selected.length > 0 || change.unseen === null) return selected;
    return [{ sighting, line: sighting.line, endLine: sighting.endLine, unsure: true }];
  });
}

/** The line of a sighting and the other lines that it names, so that what was said once for a whole file is not news line by line. */
function linesSaid({ rule, line, spans }: Sighting): readonly string[] {
  return [line, ...spans.flatMap(([from, to]) => (from === to ? [from] : []))].map((at) => `${rule.id}\n${at}`);
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
  const line = lastLine(nearest, change);
  return { sighting, line, endLine: line };
}

/** From the problem to the line that the change touched; that line alone when the two are far apart. */
function joined(sighting: Sighting, touched: number): Selected {
  if (Math.abs(touched - sighting.line) > NEAR) return { sighting, line: touched, endLine: touched };
  return { sighting, line: Math.min(sighting.line, touched), endLine: Math.max(sighting.endLine, touched) };
}

/** The line that survives a removal, or the last one when the removal was at the end. */
function lastLine(line: number, change: Change): number {
  return Math.min(line, Math.max(1, (change.head ?? "").split("\n").length));
}

/** The first line of a span that the change wrote. */
function firstAdded([from, to]: readonly [number, number], added: ReadonlySet<number>): number {
  for (let line = from; line <= to; line++) if (added.has(line)) return line;
  return from;
}
