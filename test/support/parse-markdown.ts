import type { Nodes, Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";

/** Markdown as a tree, with GitHub's extensions. */
export function parseMarkdown(markdown: string): Root {
  return unified().use(remarkParse).use(remarkGfm).parse(markdown);
}

/** A node and everything below it, in reading order. */
export function findNodes(node: Nodes): readonly Nodes[] {
  return "children" in node ? [node, ...node.children.flatMap((child) => findNodes(child))] : [node];
}

/** What GitHub links in plain text after Markdown is done: mentions, references, addresses, emoji codes. */
export const LINKED_IN_TEXT = /@[A-Za-z0-9]|#\d|gh-\d|https?:\/\/|www\.\S|:[\w+-]+:/i;

/**
 * The outline of a tree: blocks nested as they are, without inline content, so that two texts with the
 * same structure and other words have the same outline. HTML and links are kept with what they say.
 */
export function outlineOf(node: Nodes): unknown {
  switch (node.type) {
    case "html":
      return ["html", node.value];
    case "code":
      return ["code", node.lang ?? ""];
    case "paragraph":
    case "heading":
    case "tableCell":
      return [node.type, findNodes(node).flatMap((inner) => outlineOfInline(inner))];
    default:
      return "children" in node ? [node.type, node.children.map((child) => outlineOf(child))] : [node.type];
  }
}

function outlineOfInline(node: Nodes): readonly unknown[] {
  if (node.type === "link") return [["link", node.url]];
  return ["html", "image", "linkReference", "imageReference", "footnoteReference", "delete", "break"].includes(node.type)
    ? [node.type]
    : [];
}
