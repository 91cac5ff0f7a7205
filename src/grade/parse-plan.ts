import type { Heading, List, ListItem, Root, RootContent } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import type { SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { matchSection } from "./match-section.ts";

/** One line of a description that could be an item of the plan. */
export interface ReadItem {
  /** 1-based line in the description. */
  readonly line: number;
  readonly raw: string;
  readonly section: SectionId | null;
  readonly done: boolean;
  /** Why its place or form keeps it from counting. */
  readonly whyNot?: string;
  readonly id?: string;
}

const processor = unified().use(remarkParse).use(remarkGfm);

/** Reads a description as Markdown into candidate items. Never throws on any text. */
export function parsePlan(body: string, rubric: Rubric): readonly ReadItem[] {
  const root: Root = processor.parse(body);
  const items: ReadItem[] = [];
  let section: SectionId | null = null;
  for (const node of root.children) {
    const label = labelOf(node, body);
    if (label !== null) section = matchSection(label, rubric);
    else if (node.type === "list") readList(node, section, body, items);
  }
  return items;
}

function labelOf(node: RootContent, body: string): string | null {
  if (node.type === "heading") return sourceOf(node, body);
  if (node.type === "paragraph" && node.children[0]?.type === "strong" && node.children.length === 1) return sourceOf(node, body);
  return null;
}

function sourceOf(node: Heading | RootContent | ListItem, body: string): string {
  return body.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

function readList(list: List, section: SectionId | null, body: string, items: ReadItem[]): void {
  for (const item of list.children) {
    const first = item.children[0];
    if (first?.type === "paragraph") {
      items.push({ line: item.position?.start.line ?? 1, raw: sourceOf(first, body), section, done: item.checked === true });
    }
    for (const child of item.children) if (child.type === "list") readList(child, section, body, items);
  }
}
