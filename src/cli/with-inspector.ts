import { createInspector, type WorkerInspector } from "../analysis/create-inspector.ts";
import type { Inspector } from "../model/inspector.ts";

/** Larger than the server's: a folder may hold a whole codebase, and nobody else waits. One file has no more time than there. */
const LIMITS = { deadlineMs: 600_000, fileDeadlineMs: 12_000, memoryMb: 2048 };

let warmed: WorkerInspector | null = null;

/** Starts the worker, so that it loads while the command itself is loaded. The next `withInspector` uses it. */
export function warmInspector(): void {
  warmed ??= createInspector(LIMITS);
  warmed.warm();
}

/**
 * Runs work with the one inspector of this process, and closes it. It reads in a worker, as the server's does: only a thread that can be
 * stopped can be held to a deadline, and the code comes from a stranger here too.
 */
export async function withInspector<T>(work: (inspector: Inspector) => Promise<T>): Promise<T> {
  const inspector = warmed ?? createInspector(LIMITS);
  warmed = null;
  try {
    return await work(inspector);
  } finally {
    await inspector.close();
  }
}
