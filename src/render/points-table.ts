import type { Box, Grade } from "../model/grade.ts";
import { type Block, type Mark, mark, prose, strong } from "./document.ts";
import { pointLabel } from "./labels.ts";

/** The points of a grade as a heading and a table, one row a point. */
export function pointBlocks(grade: Grade): readonly Block[] {
  const rows = grade.boxes.map((box) => [[mark(markOf(box))], [prose(pointLabel(box.id))], [prose(box.detail)]]);
  return [
    { kind: "heading", line: [prose(`Points: ${grade.points} of ${grade.outOf}, ${grade.passing} needed`)] },
    { kind: "table", header: ["", "point", "what was found"], rows },
    ...musts(grade),
  ];
}

/** A grade can miss no more than the sum and still fail for one point: say so, or the score looks wrong. */
function musts(grade: Grade): readonly Block[] {
  const missed = grade.boxes.filter((box) => box.mustEarn && box.earned !== true);
  if (missed.length === 0 || grade.points < grade.passing) return [];
  const labels = missed.map((box) => strong(pointLabel(box.id))).flatMap((label, index) => (index === 0 ? [label] : [prose(", "), label]));
  return [{ kind: "paragraph", line: [prose("The sum suffices, but no slack covers this point: "), ...labels, prose(".")] }];
}

function markOf(box: Box): Mark {
  return box.earned === null ? "–" : box.earned ? "✓" : "✗";
}
