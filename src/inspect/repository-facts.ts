import { ts } from "ts-morph";
import {
  canHaveModifiers,
  getModifiers,
  isClassDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isNamedExports,
  isStringLiteral,
  isVariableStatement,
} from "../rubrics/syntax/guards.ts";
import type { Manifest } from "../model/pull-request.ts";
import type { ForeignDeclaration, RepositoryFacts, SourceFacts } from "../rubrics/syntax/source-facts.ts";

const { DefaultKeyword, ExportKeyword } = ts.SyntaxKind;

const EXTENSIONS = ["", ".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", "/index.ts", "/index.js", "/index.tsx"];
const DEPTH = 4;
/** Answers kept; each holds a tree. */
const REMEMBERED = 2000;

/**
 * What the files at hand export to each other. `parse` gives the facts of a path, or null; it is only asked when a
 * rule follows an import.
 */
export function buildRepositoryFacts(
  paths: readonly string[],
  manifests: readonly Manifest[],
  parse: (path: string) => SourceFacts | null,
): RepositoryFacts {
  const known = new Set(paths);
  const packages = packagesOf(manifests);
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const name = lastSegments(stripExtension(path));
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  const located = new Map<string, string | null>();
  const locate = (from: string, specifier: string): string | null => {
    if (known.size < 2) return null; // a lone file imports none at hand
    const isRelative = specifier.startsWith(".");
    const key = isRelative ? join(from, specifier) : specifier;
    let path = located.get(key);
    if (path === undefined) {
      path = isRelative ? findCandidate(key, known) : findBySuffix(specifier, byName);
      located.set(key, path);
    }
    return path;
  };
  const exportOf = (from: string, specifier: string, name: string, depth = 0): ForeignDeclaration | null => {
    const path = depth > DEPTH ? null : locate(from, specifier);
    const file = path === null || path === from ? null : parse(path);
    return file ? findExport(file, name, (spec, exported) => exportOf(file.path, spec, exported, depth + 1)) : null;
  };
  const found = new Map<string, ForeignDeclaration | null>();
  const remembered = (from: string, specifier: string, name: string): ForeignDeclaration | null => {
    const path = locate(from, specifier);
    if (path === null || path === from) return null;
    const key = `${path}\n${name}`;
    const before = found.get(key);
    if (before !== undefined) return before;
    const declaration = exportOf(from, specifier, name);
    if (found.size >= REMEMBERED) found.clear();
    found.set(key, declaration);
    return declaration;
  };
  return {
    exportOf: remembered,
    isAtHand: (from, specifier) => locate(from, specifier) !== null,
    dependencies: new Set(packages.keys()),
    majors: new Map([...packages].flatMap(([name, major]) => (major === null ? [] : [[name, major] as const]))),
  };
}

function findCandidate(target: string, known: ReadonlySet<string>): string | null {
  const stem = target.replace(/\.[cm]?jsx?$/, "");
  for (const base of target === stem ? [target] : [target, stem])
    for (const extension of EXTENSIONS) if (known.has(base + extension)) return base + extension;
  return null;
}

/** `@/lib/x`, `~/lib/x`, `@acme/lib/x`: the one file whose path ends like it. */
function findBySuffix(specifier: string, byName: ReadonlyMap<string, readonly string[]>): string | null {
  const tail = specifier.replace(/^(?:@|~|#|src)?\//, "").replace(/\.[cm]?[jt]sx?$/, "");
  if (tail === specifier) return null;
  const hits = (byName.get(lastSegments(tail)) ?? []).filter((path) => {
    const stem = stripExtension(path);
    return stem === tail || stem.endsWith(`/${tail}`);
  });
  return hits.length === 1 ? (hits[0] ?? null) : null;
}

function stripExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "").replace(/\/index$/, "");
}

function lastSegments(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function join(from: string, specifier: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

type Forward = (specifier: string, name: string) => ForeignDeclaration | null;

function findExport(file: SourceFacts, name: string, forward: Forward): ForeignDeclaration | null {
  for (const statement of file.sourceFile.statements) {
    if (isExportDeclaration(statement)) {
      const found = throughExportList(file, statement, name, forward);
      if (found) return found;
    } else if (isExportAssignment(statement)) {
      if (name === "default") return { file, node: statement.expression };
    } else if (isExported(statement)) {
      const node = declared(statement, name);
      if (node) return { file, node };
    }
  }
  return null;
}

function throughExportList(file: SourceFacts, statement: ts.ExportDeclaration, name: string, forward: Forward): ForeignDeclaration | null {
  const from = statement.moduleSpecifier && isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : null;
  if (!statement.exportClause) return from !== null && name !== "default" ? forward(from, name) : null;
  if (!isNamedExports(statement.exportClause)) return null;
  const element = statement.exportClause.elements.find((e) => e.name.text === name);
  if (!element) return null;
  const local = (element.propertyName ?? element.name).text;
  if (from !== null) return forward(from, local);
  const imported = file.imports.get(local);
  if (imported) return forward(imported.from, imported.name);
  for (const other of file.sourceFile.statements) {
    const node = declared(other, local);
    if (node) return { file, node };
  }
  return null;
}

function declared(statement: ts.Statement, name: string): ts.Node | null {
  if (isVariableStatement(statement))
    return statement.declarationList.declarations.find((d) => isIdentifier(d.name) && d.name.text === name) ?? null;
  if (!isFunctionDeclaration(statement) && !isClassDeclaration(statement)) return null;
  const isDefault = getModifiers(statement)?.some((m) => m.kind === DefaultKeyword) ?? false;
  return statement.name?.text === name || (name === "default" && isDefault) ? statement : null;
}

function isExported(statement: ts.Statement): boolean {
  return canHaveModifiers(statement) && (getModifiers(statement)?.some((m) => m.kind === ExportKeyword) ?? false);
}

/** Package names of every readable manifest; an unreadable one adds nothing. */
/** Each package of the manifests with the lowest major version asked for; null where no range says a number. */
function packagesOf(manifests: readonly Manifest[]): ReadonlyMap<string, number | null> {
  const packages = new Map<string, number | null>();
  for (const manifest of manifests) {
    let parsed: unknown;
    try {
      parsed = JSON.parse(manifest.text);
    } catch {
      continue; // an unreadable manifest proves nothing
    }
    if (typeof parsed !== "object" || parsed === null) continue;
    for (const field of ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"]) {
      const block: unknown = Reflect.get(parsed, field);
      if (typeof block !== "object" || block === null) continue;
      for (const [name, range] of Object.entries(block)) packages.set(name, lower(packages.get(name), majorOf(range)));
    }
  }
  return packages;
}

/** "^5.1.0" and ">=5 <6" give 5; "latest", "workspace:*" and "catalog:" give null. */
function majorOf(range: unknown): number | null {
  const [, digits] = (typeof range === "string" && /^(?:[\^~=v\s]|>=)*(\d{1,6})\b/.exec(range)) || [];
  return digits === undefined ? null : Number(digits);
}

function lower(one: number | null | undefined, other: number | null): number | null {
  if (one === undefined || one === null) return other;
  return other === null ? one : Math.min(one, other);
}
