/**
 * Takes the power out of text that others wrote. Whatever a pull request says may be echoed in a check
 * run, a comment or a terminal; none of it may ping a person, link an issue, load an image, move a
 * cursor, reorder letters or speak to a workflow runner.
 */

/** Longest stretch of input that is looked at; the rest of a longer text is never echoed. */
const LONGEST_INPUT = 20_000;

/** ECMA-48 sequences, 7 and 8 bit: strings (OSC, DCS, APC, PM, SOS), control sequences, then every other escape. */
const ESCAPE_SEQUENCES =
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[ -/]*[0-~]?/g;

/** Controls, bidi marks, zero-width and other characters that a reader cannot see; line breaks are left for later. */
const INVISIBLE = /[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]--[\t\n\v\f\r\x85]]/gv;

/**
 * One line of visible characters: no escape sequences, controls, bidi or zero-width characters, no line
 * breaks, and no `::command` or `##[command]` for a workflow runner. Lone surrogates become U+FFFD.
 * Idempotent.
 */
export function cleanLine(text: string): string {
  return text
    .slice(0, LONGEST_INPUT)
    .toWellFormed()
    .replace(ESCAPE_SEQUENCES, "")
    .replace(INVISIBLE, "")
    .replace(/[\s\x85]+/g, " ")
    .trim()
    .replace(/(?<=^|\s):{2,}/g, (colons) => [...colons].join(" "))
    .replaceAll("##[", "# #[");
}

/**
 * `cleanLine`, cut to `longest` characters with an ellipsis; never in the middle of a surrogate pair. No
 * more than twice as much of the text is read, so that a huge one costs no more than a long one.
 */
export function excerpt(text: string, longest: number): string {
  const read = text.slice(0, 2 * longest + 50);
  const line = cleanLine(read);
  if (line.length <= longest && read.length === text.length) return line;
  return `${line
    .slice(0, Math.max(0, longest - 1))
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd()}…`;
}

/**
 * A Markdown code span that shows exactly this text: as many backticks as it takes. GitHub links no
 * mention, reference or address inside one. With `inTable`, pipes are shown as the look-alike U+2223,
 * because GitHub splits cells before it sees the code span. "" gives "".
 */
export function codeSpan(text: string, { inTable = false } = {}): string {
  const line = cleanLine(inTable ? text.replaceAll("|", "\u2223") : text);
  if (line === "") return "";
  const longestRun = (line.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
  const fence = "`".repeat(longestRun + 1);
  const pad = /^`|`$/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/**
 * Text as Markdown that reads as it was written: nothing in it is markup, HTML, a link, a mention, a
 * reference, an emoji code or the start of a block.
 */
export function plainMarkdown(text: string): string {
  return escapeBlockStart(escapeInline(cleanLine(text)));
}

/** Text between HTML tags of ours, where GitHub reads no Markdown. */
export function plainHtml(text: string): string {
  return cleanLine(text).replace(HTML_ACTIVE, (active) => ENTITIES[active] ?? active + APART);
}

/**
 * Like `plainMarkdown`, but what stands between matching backticks stays a code span, and a few words
 * between double asterisks stay strong. For sentences of ours that quote names from code.
 */
export function proseMarkdown(text: string, { inTable = false } = {}): string {
  const line = cleanLine(text);
  const runs = [...line.matchAll(/`+/g)];
  const closers = closersOf(runs.map((run) => run[0].length));
  let written = "";
  let from = 0;
  for (const [opener, run] of runs.entries()) {
    const closer = runs[closers[opener] ?? -1];
    if (run.index < from || !closer) continue;
    written += escapeAroundStrong(line.slice(from, run.index));
    written += codeSpan(line.slice(run.index + run[0].length, closer.index), { inTable });
    from = closer.index + closer[0].length;
  }
  return escapeBlockStart(written + escapeAroundStrong(line.slice(from)));
}

/** A few words between double asterisks: "**Observability**". Bounded, so that many asterisks cost no more. */
const STRONG = /(?<![\p{L}\p{N}*])\*\*([\p{L}\p{N}](?:[^*]{0,60}[\p{L}\p{N}])?)\*\*(?![\p{L}\p{N}*])/u;

/** The stretches of a sentence: those with an odd index were between double asterisks. */
export function splitStrong(line: string): readonly string[] {
  return line.split(STRONG);
}

function escapeAroundStrong(line: string): string {
  return splitStrong(line)
    .map((part, index) => (index % 2 === 0 ? escapeInline(part) : `**${escapeInline(part)}**`))
    .join("");
}

/** For each run of backticks the next one of the same length, as CommonMark pairs them; found from the end in one pass. */
function closersOf(lengths: readonly number[]): readonly (number | undefined)[] {
  const next = new Map<number, number>();
  const closers: (number | undefined)[] = [];
  for (let index = lengths.length - 1; index >= 0; index--) {
    const length = lengths[index] ?? 0;
    closers[index] = next.get(length);
    next.set(length, index);
  }
  return closers;
}

/** A zero-width space, written so that a reader of the source sees it: it parts what GitHub would link. */
const APART = "&#8203;";

/** Where GitHub sees a mention, a reference, an address or an emoji code in plain text; the match stays, and `APART` follows it. */
const LINKED = String.raw`@(?=\S)|#(?=\d)|gh-(?=\d)|:(?=\/\/)|www(?=\.)|:(?=[\w+-]+:)`;

const MARKDOWN_ACTIVE = new RegExp(String.raw`[\\\x60*_[\]<>|~&$]|${LINKED}`, "gi");

const HTML_ACTIVE = new RegExp(`[&<>]|${LINKED}`, "gi");

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escapeInline(line: string): string {
  return line.replace(MARKDOWN_ACTIVE, (active) => (/^[\w@#:]/.test(active) && active !== "_" ? active + APART : `\\${active}`));
}

function escapeBlockStart(markdown: string): string {
  return markdown.replace(/^[#+=-]/, "\\$&").replace(/^(\d+)([.)])/, "$1\\$2");
}
