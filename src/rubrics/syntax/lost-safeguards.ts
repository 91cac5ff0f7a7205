import { ts } from "ts-morph";
import {
  isBindingElement,
  isCallExpression,
  isFunctionDeclaration,
  isIdentifier,
  isImportClause,
  isImportSpecifier,
  isMethodDeclaration,
  isNewExpression,
  isNumericLiteral,
  isParameter,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLike,
  isTypeReferenceNode,
  isVariableDeclaration,
} from "./guards.ts";
import { formerOf } from "./former-file.ts";
import { enclosingFunction } from "./functions.ts";
import { isGuardedStillThere, lineOf, placeNow } from "./guarded-work.ts";
import { keptLinesOf } from "./kept-lines.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

const { Identifier, NumericLiteral, StringLiteral } = ts.SyntaxKind;

/** A word of the former file that stood for a safeguard and is gone, while what it guarded is still there. */
export interface LostSafeguard {
  /** As it was called: `assertOwner`, `403`. */
  readonly name: string;
  /** What stands in its place now, or right after it. */
  readonly at: ts.Node;
}

/**
 * Words that the change took away, once for each function: of those that `isWord` knows, the file has fewer than before; the line was rewritten
 * or removed; and what stood around it is still there. A word that was exchanged for another that `isWord` knows is not lost.
 */
export function lostSafeguards(file: SourceFacts, isWord: (node: ts.Node, file: SourceFacts) => boolean): readonly LostSafeguard[] {
  const former = formerOf(file);
  if (!former) return [];
  if (!fewerOf(file).some((node) => isWord(node, former))) return [];
  const before = wordsIn(former, isWord);
  const now = wordsIn(file, isWord);
  if (now.length >= before.length) return [];
  const lines = keptLinesOf(file);
  if (!lines) return [];
  const left = new Map<string, number>();
  for (const { text } of now) left.set(text, (left.get(text) ?? 0) + 1);
  for (const { text } of before) left.set(text, (left.get(text) ?? 0) - 1);
  const [linesBefore, linesNow] = [before.map(({ node }) => lineOf(node, former)), now.map(({ node }) => lineOf(node, file))];
  const isExchanged = (line: number): boolean => {
    const { after, before: until, from, to } = lines.around(line);
    return count(linesNow, after, until) >= count(linesBefore, from, to);
  };
  const found = new Map<ts.Node | null, LostSafeguard>();
  for (const word of before) {
    const line = lineOf(word.node, former);
    const fn = enclosingFunction(word.node);
    if (
      found.has(fn) ||
      (left.get(word.text) ?? 0) >= 0 ||
      lines.now(line) !== null ||
      isExchanged(line) ||
      !isGuardedStillThere(word.node, former, file, lines)
    )
      continue;
    const at = placeNow(line, lines, file);
    if (at) found.set(fn, { name: word.text, at });
  }
  return [...found.values()].slice(0, 5);
}

/** How many lines lie between two others. */
function count(lines: readonly number[], after: number, before: number): number {
  return lines.filter((line) => line > after && line < before).length;
}

type Word = { readonly node: ts.Identifier | ts.StringLiteral | ts.NumericLiteral; readonly text: string };

/** Words of the former file whose text the file now writes less often: most changes take away nothing that any rule knows. */
const fewerOf = perFile((file): readonly ts.Node[] => {
  const former = formerOf(file);
  if (!former) return [];
  const count = new Map<string, number>();
  for (const { text } of wordsIn(file, () => true)) count.set(text, (count.get(text) ?? 0) + 1);
  const words = wordsIn(former, () => true);
  for (const { text } of words) count.set(text, (count.get(text) ?? 0) - 1);
  return words.flatMap(({ node, text }) => ((count.get(text) ?? 0) < 0 && text.length <= LONGEST ? [node] : []));
});

/** Longer words are names of nothing. */
const LONGEST = 200;

/** Uses of known words: no imports, declarations or types. */
function wordsIn(file: SourceFacts, isWord: (node: ts.Node, file: SourceFacts) => boolean): readonly Word[] {
  return [Identifier, StringLiteral, NumericLiteral]
    .flatMap((kind) => file.nodes(kind))
    .flatMap((node): Word[] =>
      (isIdentifier(node) ? isUse(node) : isStringLiteralLike(node) || isNumericLiteral(node)) && isWord(node, file)
        ? [{ node: node as Word["node"], text: (node as Word["node"]).text }] // one of the three kinds asked for
        : [],
    );
}

function isUse(name: ts.Identifier): boolean {
  const up = name.parent;
  if (isImportSpecifier(up) || isImportClause(up) || isTypeReferenceNode(up) || isParameter(up) || isBindingElement(up)) return false;
  return !((isVariableDeclaration(up) || isFunctionDeclaration(up) || isMethodDeclaration(up)) && up.name === name);
}

/** true for the name of a call, of a decorator or of an option: `escape` of `escape(x)`, `text.escape()`, `@Escape()` and `{ escape: true }`. */
export function isCalled(word: ts.Node): boolean {
  const up = word.parent;
  const callee = isPropertyAccessExpression(up) && up.name === word ? up : word;
  if (isPropertyAssignment(up) && up.name === word) return true;
  return (isCallExpression(callee.parent) || isNewExpression(callee.parent)) && callee.parent.expression === callee;
}
