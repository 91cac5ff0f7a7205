import type { SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import type { Block } from "./block.ts";
import type { Place } from "./heading-place.ts";
import { sectionNamed } from "./match-section.ts";
import { type ReadItem, WHY_HIDDEN } from "./read-item.ts";
import { rowText } from "./table-row.ts";

/** A list item in its place; a prefix names its section where no heading does. */
export function itemOf(block: Extract<Block, { kind: "item" }>, place: Place, rubric: Rubric): ReadItem {
  const prefixed = place.sections.length === 0 ? prefixOf(block.text, rubric) : null;
  return {
    line: block.line,
    raw: prefixed?.rest ?? block.text,
    sections: prefixed?.sections ?? place.sections,
    done: block.checked === true,
    checked: block.checked,
    indent: block.indent,
    context: place.context,
    whyNot: block.hiddenBy ? WHY_HIDDEN[block.hiddenBy] : prefixed ? null : place.whyNot,
  };
}

/** "[Security] JWT ...", "Security: JWT ...", "(Security) JWT ...", "Security - JWT ...". */
export function prefixOf(text: string, rubric: Rubric): { readonly sections: readonly SectionId[]; readonly rest: string } | null {
  const match =
    /^[\s*_]{0,4}(?:[[(【]([\p{L}\s&/-]{2,40})[\])】][\s*_:—–-]{0,5}|([\p{L}\s&/]{2,40}?)[*_]{0,2}\s?(?::|：|\s[—–-]\s|\s?>)[*_]{0,2}\s?)/u.exec(
      text,
    );
  const name = match?.[1] ?? match?.[2];
  if (!match || name === undefined) return null;
  const section = sectionNamed(name, rubric);
  return section ? { sections: [section], rest: text.slice(match[0].length) } : null;
}

/** A row of a table in its place; null for an empty one. */
export function rowItem(block: Extract<Block, { kind: "row" }>, place: Place, rubric: Rubric): ReadItem | null {
  const row = rowText(block.cells, block.head, (cell) => sectionNamed(cell, rubric));
  if (row.text === "") return null;
  const sections = row.section ? [row.section] : place.sections;
  return {
    line: block.line,
    raw: row.text,
    sections,
    done: row.done,
    checked: row.done ? true : null,
    indent: 0,
    context: place.context,
    whyNot: block.hiddenBy ? WHY_HIDDEN[block.hiddenBy] : row.cancelled ? "cancelled" : row.section ? null : place.whyNot,
  };
}

/** Lines of a code block that look like items are shown as not counted, so that nobody wonders. */
export function exampleItems(block: Extract<Block, { kind: "fence" }>, place: Place): readonly ReadItem[] {
  if (!/^(?:|md|markdown|text|txt|plaintext)$/u.test(block.language)) return [];
  const items: ReadItem[] = [];
  for (const [index, line] of block.lines.entries()) {
    const match = /^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]?\]\s+)?(\S.{8,})$/u.exec(line);
    if (match?.[1]) {
      const why = block.hiddenBy === null ? "code" : block.hiddenBy;
      items.push({
        line: block.line + 1 + index,
        raw: match[1],
        sections: place.sections,
        done: false,
        checked: null,
        indent: 0,
        context: place.context,
        whyNot: WHY_HIDDEN[why],
      });
    }
  }
  return items;
}
