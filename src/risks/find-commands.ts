import { closestMatch } from "leven";
import type { Heading, Paragraph, Root, RootContent } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { readFieldStart } from "./form-fields.ts";
import { maskMarkup } from "./mask-markup.ts";

/** What a comment asks for. `line` is the command's line in the comment, 1-based. */
export type RiskCommand = { readonly line: number } & (
  | {
      readonly kind: "accept-risk";
      /** The text that follows, up to the next command, without quotes and HTML; "" when the command stands alone. */
      readonly form: string;
    }
  /** `code` is "" when it was left out. */
  | { readonly kind: "sign"; readonly code: string }
  | { readonly kind: "withdraw" | "status" | "help" | "recheck" | "plan" | "reliability-help" }
  /** Looks like one of ours and is none; `text` is its line, at most 200 characters. */
  | { readonly kind: "unknown"; readonly text: string }
);

/** Characters of a comment that are read; a form takes hundreds. Parsing Markdown costs more than linear time, GitHub allows 65,536. */
const LONGEST_COMMENT = 20_000;
const MOST_LINES = 400;
const MOST_COMMANDS = 20;
const OURS = ["accept-risk", "reliability"] as const;
const SLASH_WORD = /^ {0,3}\/([a-z][a-z_-]{0,40})(?![\w/-])(.*)$/i;

const parser = unified().use(remarkParse).use(remarkGfm);

interface CommandLine {
  readonly line: number;
  readonly word: (typeof OURS)[number] | null;
  readonly rest: string;
  readonly text: string;
}

/** The command that a slash word is, or is a slip of: "acceptrisk" is nearly "accept-risk", and then unknown. */
function readSlashWord(line: number, text: string): CommandLine | null {
  const match = SLASH_WORD.exec(text.trimEnd());
  if (!match) return null;
  const typed = (match[1] ?? "").toLowerCase();
  const word = OURS.find((each) => each === typed) ?? null;
  if (!word && !closestMatch(typed, OURS, { maxDistance: 2 })) return null;
  const rest = (match[2] ?? "").trimStart();
  return { line, word, rest: rest.startsWith(":") ? rest.slice(1).trimStart() : rest, text: text.trim().slice(0, 200) };
}

/** Commands in a paragraph: they start a source line whose first character is plain text of that paragraph. */
function commandLinesOf(node: Paragraph | Heading, lines: readonly string[], lineStarts: readonly number[]): readonly CommandLine[] {
  const texts = node.children.filter((child) => child.type === "text");
  const found: CommandLine[] = [];
  for (let line = node.position?.start.line ?? 0; line <= (node.position?.end.line ?? -1); line++) {
    const source = lines[line - 1] ?? "";
    const command = readSlashWord(line, source);
    if (!command) continue;
    const offset = (lineStarts[line - 1] ?? 0) + source.indexOf("/");
    if (texts.some(({ position }) => (position?.start.offset ?? 0) <= offset && offset < (position?.end.offset ?? 0))) found.push(command);
  }
  return found;
}

function isSpokenByOthers(node: RootContent): boolean {
  return node.type === "blockquote" || node.type === "html";
}

/** Source lines from one line up to before another, without the lines of quotes and HTML blocks. */
function textBetween(root: Root, lines: readonly string[], from: number, before: number): string {
  const hidden = new Set<number>();
  for (const node of root.children.filter(isSpokenByOthers)) {
    for (let line = node.position?.start.line ?? 0; line <= (node.position?.end.line ?? -1); line++) hidden.add(line);
  }
  const kept: string[] = [];
  for (let line = from; line < before; line++) kept.push(hidden.has(line) ? "" : (lines[line - 1] ?? ""));
  return kept.join("\n").trim();
}

function readAcceptRisk(command: CommandLine, following: string): RiskCommand {
  const { line, rest, text } = command;
  const [first = "", ...others] = rest.split(/\s+/);
  const form = `${rest}\n${following}`.trim();
  const subcommand = first.toLowerCase().replace(/[.!,;]$/, "");
  if (subcommand === "withdraw" || subcommand === "status" || subcommand === "help") return { kind: subcommand, line };
  if (subcommand === "sign") {
    const code = (others[0] ?? "").replace(/^`+|[`.,;]+$/g, "").slice(0, 100);
    return others.length > 1 ? { kind: "unknown", text, line } : { kind: "sign", code, line };
  }
  const isForm = rest === "" || readFieldStart(rest) !== null || following.split("\n").some((each) => readFieldStart(each) !== null);
  return isForm ? { kind: "accept-risk", form, line } : { kind: "unknown", text, line };
}

function readReliability({ line, rest, text }: CommandLine): RiskCommand {
  switch (rest.toLowerCase().replace(/[.!]$/, "")) {
    case "recheck":
    case "re-check":
      return { kind: "recheck", line };
    case "plan":
      return { kind: "plan", line };
    case "help":
    case "":
      return { kind: "reliability-help", line };
    default:
      return { kind: "unknown", text, line };
  }
}

/**
 * Finds the commands of a comment, in order, at most 20. A command starts a line of plain text: what
 * stands in quotes, lists, code spans, code fences or HTML is none. Words that are nearly ours come
 * back as unknown, so that a slip is answered. Reads the first 20,000 characters and 400 lines. Never throws.
 */
export function findCommands(commentBody: string): readonly RiskCommand[] {
  const lines = commentBody.slice(0, LONGEST_COMMENT).replaceAll(/\r\n?/g, "\n").split("\n").slice(0, MOST_LINES);
  if (!lines.some((line, index) => readSlashWord(index + 1, line))) return [];
  const lineStarts: number[] = [];
  let start = 0;
  for (const line of lines) {
    lineStarts.push(start);
    start += line.length + 1;
  }
  const root = parser.parse(maskMarkup(lines.join("\n")));
  const commands = root.children
    .flatMap((node) => (node.type === "paragraph" || node.type === "heading" ? commandLinesOf(node, lines, lineStarts) : []))
    .slice(0, MOST_COMMANDS);
  return commands.map((command, index) => {
    if (command.word === null) return { kind: "unknown", text: command.text, line: command.line };
    if (command.word === "reliability") return readReliability(command);
    const before = commands[index + 1]?.line ?? lines.length + 1;
    return readAcceptRisk(command, textBetween(root, lines, command.line + 1, before));
  });
}

/** Whether a command can change what is accepted, so that its comment is read again at every review. */
export function isAboutRisk(command: RiskCommand): boolean {
  return command.kind === "accept-risk" || command.kind === "sign" || command.kind === "withdraw";
}
