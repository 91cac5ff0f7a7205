import type { ts } from "ts-morph";

/**
 * What a file is for. Rules about servers say nothing about the others.
 * `script` is command line, build, seed, migration and configuration code that runs beside the server.
 */
export type FileRole = "server" | "script" | "browser" | "test" | "generated";

/** A local name that an import (or a top-level `require`) brought in. */
export interface ImportedName {
  /** The module specifier as written: "axios", "./clients/ledger.ts". A leading "node:" is removed. */
  readonly from: string;
  /** "default", "*" (namespace), or the exported name. */
  readonly name: string;
}

/** A declaration found in another file of the same repository. */
export interface ForeignDeclaration {
  readonly file: SourceFacts;
  /** A variable, function or class declaration, or the expression of `export default`. */
  readonly node: ts.Node;
}

/** What is known beyond the file: the other files at hand and the manifests. */
export interface RepositoryFacts {
  /** The export `name` ("default" allowed) of the local module that `from` imports by `specifier`; null when it is not at hand. */
  readonly exportOf: (from: string, specifier: string, name: string) => ForeignDeclaration | null;
  /** true when the module that `from` imports by `specifier` is a file at hand. */
  readonly isAtHand: (from: string, specifier: string) => boolean;
  /** Names of the packages in all manifests at hand; empty when there is none. */
  readonly dependencies: ReadonlySet<string>;
  /** The lowest major version that those manifests ask for of each package; absent where none says a number. */
  readonly majors?: ReadonlyMap<string, number>;
}

/** Every name that a file writes: identifiers, names of properties (quoted ones too) and modules of its imports, `require("x")` and `import("x")` too; not those in comments and other texts. */
export interface Names {
  readonly has: (name: string) => boolean;
  readonly keys: () => Iterable<string>;
}

/** What is known about a file before any rule runs. Parents are set on every node. */
export interface SourceFacts {
  readonly path: string;
  readonly text: string;
  readonly sourceFile: ts.SourceFile;
  readonly role: FileRole;
  /** true when only the patch's hunks are known: the absence of something proves nothing. */
  readonly partial: boolean;
  /** Local name -> where it was imported from. */
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** Every node of this kind in source order; kinds from `NumericLiteral` upward. */
  readonly nodes: (kind: ts.SyntaxKind) => readonly ts.Node[];
  /** Every call whose last name is this one, in source order. */
  readonly callsNamed: (name: string) => readonly ts.CallExpression[];
  /** Every `new` whose last name is this one, in source order. */
  readonly newsNamed: (name: string) => readonly ts.NewExpression[];
  /** Calls by their last name; "" holds those whose name is computed. */
  readonly callsByName: () => ReadonlyMap<string, readonly ts.CallExpression[]>;
  /** Every `new` by its last name. */
  readonly newsByName: () => ReadonlyMap<string, readonly ts.NewExpression[]>;
  readonly names: Names;
  readonly repository: RepositoryFacts;
  /** What `perFile` remembers. */
  readonly answers: unknown[];
  /** The file as it was before the change, read when first asked: null when it cannot be read. Absent where there was none, or nothing is known of it. */
  readonly before?: () => SourceFacts | null;
}
