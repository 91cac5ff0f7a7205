import type { Rubric } from "../rubrics/rubric.ts";
import type { Block } from "./block.ts";
import { LIST_LEVEL, OUTSIDE, type Place } from "./heading-place.ts";
import { matchSections, sectionNamed } from "./match-section.ts";
import { prefixOf } from "./plan-items.ts";
import type { ReadItem } from "./read-item.ts";
import { readTodos } from "./read-todos.ts";

/** Adds the todos of a block to the items, and returns the place that holds what follows. */
export function pushTodos(
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

/** A description that is nothing but TodoWrite JSON. */
export function wholeAsTodos(body: string, rubric: Rubric): readonly ReadItem[] {
  if (!/^(?:TodoWrite ?\(? ?)?[[{]/u.test(body.trimStart().slice(0, 20))) return [];
  const todos = readTodos(body);
  if (todos === null) return [];
  const items: ReadItem[] = [];
  pushTodos(todos, { kind: "fence", line: 0, language: "json", lines: body.split("\n"), hiddenBy: null }, OUTSIDE, rubric, items);
  return items;
}
