import type { Section } from "../rubrics/requirement.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { parsePlan } from "./parse-plan.ts";
import type { ReadItem } from "./read-item.ts";
import { recogniseRequirement } from "./recognise-requirement.ts";

/** An item under another rubric's heading serves this one only when its own requirement is meant this surely. */
const SURELY_SERVES = 6;
const CHARACTERS_READ = 4_000;

/**
 * Reads a description that holds the plans of two rubrics. Each heading belongs to one of them; an item under the other's
 * heading counts here only when it surely speaks about a requirement of this rubric and, where the rubric says so, its subject.
 * The order is the description's. Never throws.
 */
export function readPlan(body: string, rubric: Rubric, neighbour: Rubric | null): readonly ReadItem[] {
  if (!neighbour) return parsePlan(body, rubric);
  const read = parsePlan(body, joined(rubric, neighbour));
  const kept = new Map<ReadItem["sections"], ReadItem["sections"]>();
  const items: ReadItem[] = [];
  for (let index = 0; index < read.length;) {
    const group = groupAt(read, index);
    const [first] = group;
    if (!first) break;
    const own = ownSections(first.sections, rubric.sections, kept);
    items.push(
      ...(own.length > 0 || first.sections.length === 0
        ? group.map((item) => ({ ...item, sections: own }))
        : serve(group, rubric, neighbour)),
    );
    index += group.length;
  }
  return items;
}

/** Payments first: "Payment operations" is no heading of "operations", "Cardholder security" none of "Security". */
function joined(rubric: Rubric, neighbour: Rubric): Rubric {
  const [first, second] = rubric.id === "payment-operations" ? [rubric, neighbour] : [neighbour, rubric];
  return { ...rubric, sections: [...first.sections, ...second.sections], requirements: [...first.requirements, ...second.requirements] };
}

/** An item with the items nested below it. */
function groupAt(read: readonly ReadItem[], index: number): readonly ReadItem[] {
  const first = read[index];
  if (!first) return [];
  let end = index + 1;
  while (isBelow(read[end], first)) end += 1;
  return read.slice(index, end);
}

function isBelow(next: ReadItem | undefined, first: ReadItem): boolean {
  return next !== undefined && next.indent > first.indent && next.sections === first.sections;
}

/** The same array for the same heading: items of one heading are told by it. */
function ownSections(
  sections: ReadItem["sections"],
  own: readonly Section[],
  kept: Map<ReadItem["sections"], ReadItem["sections"]>,
): ReadItem["sections"] {
  const known = kept.get(sections);
  if (known) return known;
  const filtered = sections.filter((id) => own.some((section) => section.id === id));
  kept.set(sections, filtered);
  return filtered;
}

function serve(group: readonly ReadItem[], rubric: Rubric, neighbour: Rubric): readonly ReadItem[] {
  const text = group
    .map((item) => item.raw)
    .join("; ")
    .slice(0, CHARACTERS_READ);
  const { requirement, score } = recogniseRequirement(text, rubric);
  const served = rubric.requirements.find((one) => one.id === requirement);
  const isAbout = rubric.subject?.test(text.toLowerCase()) ?? true;
  if (!served || score < SURELY_SERVES || !isAbout) {
    const whyNot = `under a heading of ${neighbour.title}`;
    return group.map((item) => ({ ...item, sections: [], whyNot: item.whyNot ?? whyNot }));
  }
  const sections = [served.section];
  return group.map((item) => ({ ...item, sections }));
}
