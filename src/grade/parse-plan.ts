import type { SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { LIST_LEVEL, OUTSIDE, pathAt, type Place } from "./heading-place.ts";
import { matchSections, sectionNamed } from "./match-section.ts";
import { exampleItems, itemOf, rowItem } from "./plan-items.ts";
import { LABEL_LEVEL } from "./block.ts";
import { readBlocks } from "./read-blocks.ts";
import type { ReadItem } from "./read-item.ts";
import { readTodos } from "./read-todos.ts";
import { pushTodos, wholeAsTodos } from "./todo-items.ts";

/**
 * Reads a description into candidate items with their sections. Headings of any level, bold and plain labels, list items that
 * only name a section, prefixes, tables and TodoWrite JSON are understood. Linear in the text; never throws.
 */
export function parsePlan(body: string, rubric: Rubric): readonly ReadItem[] {
  const items: ReadItem[] = [];
  let path: readonly Place[] = [];
  for (const block of readBlocks(body)) {
    const place = path.at(-1) ?? OUTSIDE;
    if (block.kind === "heading") {
      path = pathAt(block.text, block.level, path, rubric);
    } else if (block.kind === "paragraph") {
      const named = labelled(block.text, rubric);
      if (named)
        path = [...path.filter(({ level }) => level < LABEL_LEVEL), { sections: named, level: LABEL_LEVEL, whyNot: null, context: "" }];
    } else if (block.kind === "item") {
      const named = block.hiddenBy === null && block.checked !== true ? sectionNamed(block.text, rubric) : null;
      if (named)
        path = [...path.filter(({ level }) => level < LIST_LEVEL), { sections: [named], level: LIST_LEVEL, whyNot: null, context: "" }];
      else items.push(itemOf(block, place, rubric));
    } else if (block.kind === "row") {
      const item = rowItem(block, place, rubric);
      if (item) items.push(item);
    } else {
      const todos = block.hiddenBy === null ? readTodos(block.lines.join("\n")) : null;
      if (todos === null) items.push(...exampleItems(block, place));
      else {
        const last = pushTodos(todos, block, place, rubric, items);
        if (place.sections.length === 0 && last !== place) path = [...path, last];
      }
    }
  }
  return items.length > 0 ? items : wholeAsTodos(body, rubric);
}

/** "Security:" or "Security" alone in a paragraph, or as its last line. */
function labelled(text: string, rubric: Rubric): readonly SectionId[] | null {
  const last = text.slice(text.lastIndexOf("\n") + 1).trim();
  if (last.length > 80 || /[.!?]$/u.test(last)) return null;
  const named = sectionNamed(last, rubric);
  if (named) return [named];
  return last.endsWith(":") && matchSections(last, rubric).length > 0 && last.split(/\s+/u).length <= 5
    ? matchSections(last, rubric)
    : null;
}
