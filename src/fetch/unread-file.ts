import { roleOf } from "../inspect/classify-file.ts";
import type { FileStatus, NotRead } from "../model/changed-file.ts";
import { isInspectedPath } from "../model/inspected-path.ts";

/**
 * A file whose text was not read. The verdict cannot be a pass without it when it is backend code of an
 * inspected language as far as its path tells, still exists, and not even a patch shows what changed.
 */
export function unreadFile(path: string, status: FileStatus, hasPatch: boolean, reason: string): NotRead {
  const isBackendCode = isInspectedPath(path) && ["server", "script"].includes(roleOf(path, ""));
  return { path, reason, undetermined: isBackendCode && status !== "removed" && !hasPatch };
}
