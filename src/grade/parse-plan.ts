import type { SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { headingWords, matchSections, sectionNamed } from "./match-section.ts";
import type { Block, HiddenBy } from "./block.ts";
import { LABEL_LEVEL, readBlocks } from "./read-blocks.ts";
import { readTodos } from "./read-todos.ts";
import { recogniseRequirement } from "./recognise-requirement.ts";
import { rowText } from "./table-row.ts";

/** One line of a description that could be an item of the plan. */
export interface ReadItem {
  /** 1-based line in the description. */
  readonly line: number;
  readonly raw: string;
  /** The sections that its heading names; empty outside the plan. More than one when the heading joins two. */
  readonly sections: readonly SectionId[];
  readonly done: boolean;
  readonly checked: boolean | null;
  readonly indent: number;
  /** Why its place or form keeps it from counting; null when nothing does. */
  readonly whyNot: string | null;
  readonly id?: string;
  /** Words above the item that may name what it is about: a sub-heading, a label of a nested list. */
  readonly context: string;
}

interface Place {
  readonly sections: readonly SectionId[];
  readonly level: number;
  readonly whyNot: string | null;
  /** The sub-heading above, which may name what its items are about; "" without one. */
  readonly context: string;
}

const OUTSIDE: Place = { sections: [], level: 0, whyNot: "not under a section of the plan", context: "" };
const LIST_LEVEL = LABEL_LEVEL + 1;
const WHY_HIDDEN: Readonly<Record<HiddenBy, string>> = {
  comment: "inside an HTML comment",
  quote: "quoted",
  code: "inside a code block",
  collapsed: "in a collapsed block without a title",
  struck: "struck through",
  hidden: "hidden by HTML",
};
const PUT_OFF_HEADING =
  /^(?:.{0,30}\b)?(?:later|future(?: work)?|follow[\s-]?ups?|out of scope|not (?:included|in scope|doing|planned|done|covered)|won't do|deferred|postponed|backlog|nice to have|next steps|phase 2|non-goals?|n\/a|tbd|descoped|skipped)\b/iu;
const ASIDE_HEADING =
  /^(?:notes?|screenshots?|test(?:s|ing)?(?: plan| steps| instructions)?|how (?:to|was|has).{0,40}|references?|links?|related.{0,20}|changes?|changelog|summary|description|what.{0,30}|why.{0,30}|context|background|motivation|examples?|type of change|deploy(?:ment)?(?: notes)?|migration notes|reviewers?|questions?|open questions|risks?|alternatives.{0,20}|verdict|review|template|demo|appendix|glossary)$/u;

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
      if (todos === null) pushExample(block, place, items);
      else {
        const last = pushTodos(todos, block, place, rubric, items);
        if (place.sections.length === 0 && last !== place) path = [...path, last];
      }
    }
  }
  return items.length > 0 ? items : wholeAsTodos(body, rubric);
}

/** The headings that hold what follows, after one more heading; deeper headings without a section inherit. */
function pathAt(text: string, level: number, path: readonly Place[], rubric: Rubric): readonly Place[] {
  const words = headingWords(text);
  const sections = matchSections(text, rubric);
  const above = path.filter((place) => place.level < level);
  const holder = above.at(-1) ?? OUTSIDE;
  if (PUT_OFF_HEADING.test(words))
    return [
      ...above,
      { sections: sections.length > 0 ? sections : holder.sections, level, whyNot: "its heading puts it off", context: text },
    ];
  if (sections.length > 0) {
    const same = sections.some((section) => holder.sections.includes(section));
    return [
      ...above,
      same
        ? { ...holder, level, context: text }
        : { sections, level, whyNot: holder.whyNot === OUTSIDE.whyNot ? null : holder.whyNot, context: "" },
    ];
  }
  if (ASIDE_HEADING.test(words)) return [...above, { ...OUTSIDE, level }];
  const beside = path.find((place) => place.level === level && level >= LABEL_LEVEL);
  if (beside && beside.sections.length > 0 && holder.sections.length === 0) {
    const about = recogniseRequirement(text, rubric).requirement;
    const own = rubric.requirements.find((one) => one.id === about);
    if (own && beside.sections.some((section) => own.section === section || (own.alsoFits ?? []).includes(section)))
      return [...above, { ...beside, context: text }];
  }
  return [...above, { ...holder, level, context: text }];
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

function itemOf(block: Extract<Block, { kind: "item" }>, place: Place, rubric: Rubric): ReadItem {
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
function prefixOf(text: string, rubric: Rubric): { readonly sections: readonly SectionId[]; readonly rest: string } | null {
  const match =
    /^[\s*_]{0,4}(?:[[(【]([\p{L}\s&/-]{2,40})[\])】][\s*_:—–-]{0,5}|([\p{L}\s&/]{2,40}?)[*_]{0,2}\s?(?::|：|\s[—–-]\s|\s?>)[*_]{0,2}\s?)/u.exec(
      text,
    );
  const name = match?.[1] ?? match?.[2];
  if (!match || name === undefined) return null;
  const section = sectionNamed(name, rubric);
  return section ? { sections: [section], rest: text.slice(match[0].length) } : null;
}

function rowItem(block: Extract<Block, { kind: "row" }>, place: Place, rubric: Rubric): ReadItem | null {
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

function pushTodos(
  todos: readonly Todo[],
  block: Extract<Block, { kind: "fence" }>,
  place: Place,
  rubric: Rubric,
  items: ReadItem[],
): Place {
  let current = place;
  let from = 0;
  for (const todo of todos) {
    const needle = JSON.stringify(todo.content).slice(1, -1);
    const at = block.lines.findIndex((line, index) => index >= from && line.includes(needle));
    if (at >= 0) from = at;
    const grouped = todo.group === null ? [] : matchSections(todo.group, rubric);
    const named = sectionNamed(todo.content, rubric);
    if (named) {
      current = { sections: [named], level: LIST_LEVEL, whyNot: null, context: "" };
      continue;
    }
    const prefixed = grouped.length === 0 ? prefixOf(todo.content, rubric) : null;
    const sections = grouped.length > 0 ? grouped : (prefixed?.sections ?? current.sections);
    items.push({
      ...(todo.id === undefined ? {} : { id: todo.id }),
      line: block.line + 1 + Math.max(at, 0),
      raw: prefixed?.rest ?? todo.content,
      sections,
      done: todo.status === "done",
      checked: todo.status === "done",
      indent: 0,
      context: place.context,
      whyNot:
        todo.status === "cancelled"
          ? "cancelled"
          : sections.length > 0
            ? grouped.length > 0 || prefixed
              ? null
              : current.whyNot
            : OUTSIDE.whyNot,
    });
  }
  return place.sections.length > 0 ? place : current;
}

type Todo = NonNullable<ReturnType<typeof readTodos>>[number];

/** Lines of a code block that look like items are shown as not counted, so that nobody wonders. */
function pushExample(block: Extract<Block, { kind: "fence" }>, place: Place, items: ReadItem[]): void {
  if (!/^(?:|md|markdown|text|txt|plaintext)$/u.test(block.language)) return;
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
}

/** A description that is nothing but TodoWrite JSON. */
function wholeAsTodos(body: string, rubric: Rubric): readonly ReadItem[] {
  if (!/^(?:TodoWrite ?\(? ?)?[[{]/u.test(body.trimStart().slice(0, 20))) return [];
  const todos = readTodos(body);
  if (todos === null) return [];
  const items: ReadItem[] = [];
  pushTodos(todos, { kind: "fence", line: 0, language: "json", lines: body.split("\n"), hiddenBy: null }, OUTSIDE, rubric, items);
  return items;
}
