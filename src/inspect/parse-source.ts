import { ts } from "ts-morph";
import { forEachChild, isCallExpression, isIdentifier, isNewExpression, isStringLiteralLike } from "../rubrics/syntax/guards.ts";
import { calleeName } from "../rubrics/syntax/origin.ts";
import type { FileRole, Names, RepositoryFacts, SourceFacts } from "../rubrics/syntax/source-facts.ts";
import { importsOf } from "./read-imports.ts";

const NO_NODES: readonly ts.Node[] = [];
const NO_CALLS: readonly ts.CallExpression[] = [];
const NO_NEWS: readonly ts.NewExpression[] = [];
const { CallExpression, Count, Identifier, ImportKeyword, LastToken, NewExpression, NumericLiteral, SourceFile } = ts.SyntaxKind;
/** One place for each kind; copied for each file, which is much cheaper than made anew. */
const NO_KINDS: readonly undefined[] = Array.from<undefined>({ length: Count });

/** A parsed file and the first place where the parser had to guess. */
export interface ParsedSource {
  readonly facts: SourceFacts;
  /** null when the whole text is well-formed. */
  readonly syntaxError: { readonly line: number; readonly message: string } | null;
}

/**
 * Parses one file and walks it once: parents are set and nodes kept by kind, so that no rule walks the tree again.
 * Throws RangeError on nesting deeper than the stack.
 */
export function parseSource(
  path: string,
  text: string,
  role: FileRole,
  partial: boolean,
  repository: RepositoryFacts,
  before?: () => SourceFacts | null,
): ParsedSource {
  const sourceFile = ts.createSourceFile(
    path,
    text,
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false,
    scriptKind(path),
  );
  countLinesAsGit(sourceFile);
  const kinds = indexByKind(sourceFile);
  const callsByName = indexByName(kinds[CallExpression] ?? NO_NODES, isCallExpression);
  const newsByName = indexByName(kinds[NewExpression] ?? NO_NODES, isNewExpression);
  const facts: SourceFacts = {
    path,
    text,
    sourceFile,
    role,
    partial,
    imports: importsOf(sourceFile),
    nodes: (kind) => kinds[kind] ?? (kind === Identifier ? (kinds[Identifier] = identifiersIn(sourceFile)) : NO_NODES),
    callsByName,
    newsByName,
    callsNamed: (name) => callsByName().get(name) ?? NO_CALLS,
    newsNamed: (name) => newsByName().get(name) ?? NO_NEWS,
    names: namesIn(sourceFile, kinds),
    repository,
    answers: [],
    ...(before ? { before } : {}),
  };
  return { facts, syntaxError: partial ? null : firstSyntaxError(sourceFile) };
}

/**
 * Lines end at a line feed alone, as in a patch. TypeScript would also count a lone carriage return and U+2028, and its
 * numbers would then miss the lines that a change wrote.
 */
function countLinesAsGit(sourceFile: ts.SourceFile): void {
  const { text } = sourceFile;
  if (!text.includes("\r") && !text.includes("\u2028") && !text.includes("\u2029")) return;
  const starts = [0];
  for (let at = sourceFile.text.indexOf("\n"); at >= 0; at = sourceFile.text.indexOf("\n", at + 1)) starts.push(at + 1);
  (sourceFile as ts.SourceFile & { lineMap?: readonly number[] }).lineMap = starts; // the cache that the public line functions read, undeclared
}

/** Plain .js may hold JSX; .ts may hold none. */
function scriptKind(path: string): ts.ScriptKind {
  if (/\.tsx$/i.test(path)) return ts.ScriptKind.TSX;
  return /\.[cm]?jsx?$/i.test(path) ? ts.ScriptKind.JSX : ts.ScriptKind.TS;
}

function indexByKind(sourceFile: ts.SourceFile): (ts.Node[] | undefined)[] {
  const kinds: (ts.Node[] | undefined)[] = NO_KINDS.slice();
  let parent: ts.Node = sourceFile;
  kinds[SourceFile] = [sourceFile];
  const visit = (node: ts.Node): void => {
    (node as { parent: ts.Node }).parent = parent; // the one place that sets parents: cheaper here than in the parser
    const { kind } = node;
    if (kind >= NumericLiteral && kind !== Identifier) {
      const list = kinds[kind];
      if (list) list.push(node);
      else kinds[kind] = [node];
    }
    if (kind <= LastToken) return;
    const outer = parent;
    parent = node;
    forEachChild(node, visit);
    parent = outer;
  };
  forEachChild(sourceFile, visit);
  return kinds;
}

/** A third of all nodes, and few rules ask for them: they are collected when first asked. */
function identifiersIn(sourceFile: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === Identifier) found.push(node);
    else forEachChild(node, visit);
  };
  forEachChild(sourceFile, visit);
  return found;
}

/** Calls or `new` by their last name, indexed when first asked. */
function indexByName<T extends ts.CallExpression | ts.NewExpression>(
  nodes: readonly ts.Node[],
  isOne: (node: ts.Node) => node is T,
): () => ReadonlyMap<string, readonly T[]> {
  let byName: Map<string, T[]> | null = null;
  return () => {
    if (byName) return byName;
    byName = new Map();
    for (const node of nodes) {
      if (!isOne(node)) continue;
      const key = calleeName(node);
      const list = byName.get(key);
      if (list) list.push(node);
      else byName.set(key, [node]);
    }
    return byName;
  };
}

/** The parser keeps one copy of each name on the tree without declaring it; modules that are loaded by a call are added. */
function namesIn(sourceFile: ts.SourceFile, kinds: readonly (readonly ts.Node[] | undefined)[]): Names {
  const { identifiers } = sourceFile as ts.SourceFile & { readonly identifiers: Map<string, string> };
  for (const keyword of kinds[ImportKeyword] ?? NO_NODES) addModule(keyword.parent, identifiers);
  if (identifiers.has("require"))
    for (const call of kinds[CallExpression] ?? NO_NODES)
      if (isCallExpression(call) && isIdentifier(call.expression) && call.expression.text === "require") addModule(call, identifiers);
  return identifiers;
}

function addModule(load: ts.Node, names: Map<string, string>): void {
  const from = isCallExpression(load) ? load.arguments[0] : undefined;
  if (from && isStringLiteralLike(from)) names.set(from.text, from.text);
}

function firstSyntaxError(sourceFile: ts.SourceFile): ParsedSource["syntaxError"] {
  // The parser keeps its diagnostics on the tree without declaring them; a program would be needed for the public way.
  const { parseDiagnostics } = sourceFile as ts.SourceFile & { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
  const first = parseDiagnostics?.[0];
  if (!first) return null;
  const line = ts.getLineAndCharacterOfPosition(sourceFile, first.start).line + 1;
  return { line, message: ts.flattenDiagnosticMessageText(first.messageText, " ") };
}
