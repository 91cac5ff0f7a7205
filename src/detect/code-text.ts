import type { Language } from "./languages.ts";

interface Syntax {
  readonly line: readonly string[];
  readonly block: readonly (readonly [string, string])[];
  readonly quotes: readonly string[];
}

const SYNTAX: Readonly<Record<NonNullable<Language["comments"]>, Syntax>> = {
  c: { line: ["//"], block: [["/*", "*/"]], quotes: ['"', "'", "`"] },
  php: { line: ["//", "#"], block: [["/*", "*/"]], quotes: ['"', "'"] },
  hash: { line: ["#"], block: [], quotes: ['"', "'"] },
  sql: { line: ["--"], block: [["/*", "*/"]], quotes: ["'", '"'] },
};

/** Comments that a compiler, a database or a shell obeys; they count as code. */
const OBEYED =
  /^(?:\/\/go:|\/\/export |\/\/ \+build|\/\/nolint|\/\*[!+]|#!|#\[|# frozen_string_literal|# -\*-|#cgo|\/\/ @ts-|\/\/ eslint-|\/\* eslint-|# type:|# noqa|--\s*[+!])/;

/** What may stand before a comment; behind anything else, such as the backslash of `/\\//`, it may be no comment at all. */
const STANDS_FREE = /[\s;{}(),[\]]/;

/**
 * The text of a piece of code without comments, with white space kept only where it separates words or
 * operators, or lies in a string; so two texts that differ in comments and layout alone become equal.
 * Where line ends carry meaning they, and Python's indentation, are kept. Null when the text ends or
 * starts inside a comment or string, so that nothing can be said. Linear.
 */
export function codeText(text: string, language: Language): string | null {
  if (!language.comments) return null;
  const syntax = SYNTAX[language.comments];
  const out: string[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = (token: string) => text.startsWith(token, at);
    const block = syntax.block.find(([open]) => rest(open));
    const comment = syntax.line.find(rest);
    const character = text[at] ?? "";
    if ((block || comment) && !STANDS_FREE.test(text[at - 1] ?? "\n")) return null;
    if (block || comment) {
      const end = block ? text.indexOf(block[1], at + 2) : endOfLine(text, at);
      if (end < 0) return null;
      const stop = block ? end + block[1].length : end;
      if (OBEYED.test(text.slice(at, at + 40))) out.push(text.slice(at, stop));
      else out.push(" ");
      at = stop;
    } else if (syntax.block.some(([, close]) => rest(close))) {
      return null;
    } else if (syntax.quotes.includes(character)) {
      const end = endOfString(text, at, language);
      if (end === null) return null;
      out.push(text.slice(at, end));
      at = end;
    } else {
      out.push(character);
      at++;
    }
  }
  return layoutFree(out, language);
}

function endOfLine(text: string, at: number): number {
  // JavaScript ends a line comment at each of these (ECMA-262, LineTerminator); elsewhere they only end it sooner.
  const rest = text.slice(at).search(/[\n\r\u2028\u2029]/);
  return rest < 0 ? text.length : at + rest;
}

/** Just after the closing quote; a lone apostrophe (a Rust lifetime, a Scala symbol) ends at once. */
function endOfString(text: string, at: number, language: Language): number | null {
  const quote = text[at] ?? "";
  const triple = quote.repeat(3);
  if (text.startsWith(triple, at) && quote !== "`") {
    const close = text.indexOf(triple, at + 3);
    return close < 0 ? null : close + 3;
  }
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\") end++;
    else if (text[end] === quote) return end + 1;
    else if (text[end] === "\n" && quote !== "`" && language.comments !== "sql" && language.comments !== "php")
      return quote === "'" ? at + 1 : null;
  }
  return quote === "'" ? at + 1 : null;
}

/** Pieces are single characters of code or whole strings; white space between them is reduced. */
function layoutFree(pieces: readonly string[], language: Language): string {
  const out: string[] = [];
  let gap = "";
  let before = "";
  for (const piece of pieces) {
    if (/^\s+$/.test(piece)) {
      gap += piece;
      continue;
    }
    if (out.length === 0) {
      out.push(language.name === "Python" ? gap.slice(gap.lastIndexOf("\n") + 1) : "", piece);
      before = piece.at(-1) ?? "";
      gap = "";
      continue;
    }
    const broken = gap.includes("\n");
    if (broken && (language.lineBreaksMatter || endsStatement(out)))
      out.push(language.name === "Python" ? gap.slice(gap.lastIndexOf("\n")) : "\n");
    else if (gap && needsGap(before, piece)) out.push(" ");
    out.push(piece);
    before = piece.at(-1) ?? "";
    gap = "";
  }
  return out.join("");
}

function needsGap(before: string, piece: string): boolean {
  const after = piece[0] ?? "";
  return (/[\w$]/.test(before) && /[\w$]/.test(after)) || (before === after && /[-+<>=&|*/.:?]/.test(after));
}

/** JavaScript ends a statement at the line end after these words. */
function endsStatement(out: readonly string[]): boolean {
  return /\b(?:return|throw|yield|break|continue)$/.test(out.slice(-9).join(""));
}
