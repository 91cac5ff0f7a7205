import type { Family } from "./languages.ts";

/** What a file is, when its path says that it is no backend code; the "not backend" sentence names these. */
export type FileKind =
  | "docs"
  | "tests"
  | "CI"
  | "translations"
  | "styles"
  | "stories"
  | "generated code"
  | "vendored code"
  | "dependencies"
  | "configuration"
  | "mobile code"
  | "desktop code"
  | "front-end code"
  | "types"
  | "assets"
  | "tools"
  | "client libraries"
  | "examples";

/**
 * A convention of paths. It speaks when the path has one of `folders` (a whole segment), one of `words`
 * (a folder or a word of its name: "admin-ui"), a file called one of `names`, a file name ending with
 * one of `endings` (cut at a dot, dash, underscore or capital), a file whose name without extension
 * ends in one of `stems`, or matches `pattern`. All but `pattern` are lower case; so is what they meet.
 */
export interface PathSignal {
  readonly says: string;
  /** Log-odds; at or below `DISMISSED` the code in the file is not looked at. */
  readonly weight: number;
  readonly kind?: FileKind;
  readonly families?: readonly Family[];
  readonly folders?: readonly string[];
  readonly words?: readonly string[];
  readonly names?: readonly string[];
  readonly endings?: readonly string[];
  readonly stems?: readonly string[];
  readonly pattern?: RegExp;
}

/** A weight that settles the file whatever its code says: a test imports the server it tests. */
export const DISMISSED = -8;
