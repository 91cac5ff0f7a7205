import type { FileStatus, NotRead } from "../model/changed-file.ts";

const INSPECTED = /\.(?:[cm]?[jt]s|[jt]sx)$/i;

/**
 * A file of a pull request whose text was not read. The verdict cannot be a pass without it when it is
 * of an inspected language, still exists at the head, and not even a patch shows what changed.
 */
export function unreadFile(path: string, status: FileStatus, hasPatch: boolean, reason: string): NotRead {
  return { path, reason, undetermined: INSPECTED.test(path) && status !== "removed" && !hasPatch };
}
