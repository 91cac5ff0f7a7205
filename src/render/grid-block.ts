import type { GridCell } from "../model/review.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { type Block, type Line, type Mark, mark, prose } from "./document.ts";

const MARKS: Readonly<Record<GridCell["state"], Mark>> = { met: "✓", vague: "·", missing: "–", contradicted: "✗" };

/** What the plan covers and what the diff shows, a column a section; nothing when the review has no grid for this rubric. */
export function gridBlocks(rubric: Rubric, cells: readonly GridCell[]): readonly Block[] {
  const byRequirement = new Map(cells.map((cell) => [cell.requirement, cell]));
  const columns = rubric.sections.map((section) => ({
    title: section.title,
    cells: rubric.requirements
      .filter((requirement) => requirement.section === section.id)
      .map((requirement) => cellLine(requirement.label, byRequirement.get(requirement.id))),
  }));
  if (!rubric.requirements.some((requirement) => byRequirement.has(requirement.id))) return [];
  return [
    { kind: "heading", line: [prose("What the plan covers, and what the diff shows")] },
    { kind: "grid", columns },
    {
      kind: "paragraph",
      line: [
        prose(
          "✓ planned, and nothing found against it  · planned, not specific  – not planned  ✗ missing in the code or contradicted by it; numbers are lines.",
        ),
      ],
    },
  ];
}

function cellLine(label: string, cell: GridCell | undefined): Line {
  if (!cell) return [prose(label)];
  const line: Line = [prose(`${label} `), mark(MARKS[cell.state])];
  const decided = cell.state === "vague" || cell.state === "contradicted";
  return decided && cell.line !== undefined ? [...line, prose(` ${cell.line}`)] : line;
}
