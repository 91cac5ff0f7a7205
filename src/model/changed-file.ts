/** How a file changed, in the words of GitHub's "List pull requests files". */
export type FileStatus = "added" | "modified" | "removed" | "renamed" | "copied" | "changed";

/** One file of a pull request. Paths are relative to the repository, with forward slashes. */
export interface ChangedFile {
  readonly path: string;
  /** The path below the root of its codebase, when `path` says more than that (`inspect PATH`); what a file is for is read from it. */
  readonly pathInCodebase?: string;
  readonly previousPath?: string;
  readonly status: FileStatus;
  readonly additions?: number;
  readonly deletions?: number;
  /** GitHub's per-file patch: hunks only, may be cut short. Absent for binary and very large files. */
  readonly patch?: string;
  /** The whole text at the head. Absent when it was not read; rules then see the patch's lines. */
  readonly content?: string;
}

/** A file, or a group of files, that was not read or not inspected, and why, as a reader may see it. */
export interface NotRead {
  readonly path: string;
  readonly reason: string;
  /**
   * true when the verdict cannot be a pass without it (a backend file of an inspected language that
   * could not be read or parsed); false when it is only named (a language that is not inspected).
   */
  readonly undetermined: boolean;
}
