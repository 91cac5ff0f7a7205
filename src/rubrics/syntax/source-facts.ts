import type { ts } from "ts-morph";

/** What is known about a file before any rule runs. */
export interface SourceFacts {
  readonly path: string;
  readonly text: string;
  readonly sourceFile: ts.SourceFile;
  /** Local name -> where it was imported from and under which name ("default", "*", or the export). */
  readonly imports: ReadonlyMap<string, { readonly from: string; readonly name: string }>;
}
