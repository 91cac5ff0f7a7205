import type { Logger } from "pino";

const QUIET_MS = 10_000;

/** The message of an error, or of the copy of one that pg-boss hands out, without the worker it names. The rest holds a whole connection. */
function messageOf(error: unknown): string {
  const message = typeof error === "object" && error !== null && "message" in error ? error.message : error;
  return String(message).replace(/ \(Queue: [^)]*\)$/, "");
}

/**
 * Logs an error, but the same message at most once in ten seconds, with how many were kept back: when the database
 * is away, every worker says so every second. `now` is the clock in milliseconds.
 */
export function createQuietLog(log: Logger, now: () => number = Date.now): (error: unknown, message: string) => void {
  const seen = new Map<string, { at: number; keptBack: number }>();
  return (error, message) => {
    const text = messageOf(error);
    const last = seen.get(text);
    if (last && now() - last.at < QUIET_MS) {
      last.keptBack++;
      return;
    }
    // Messages that carry an id would fill it.
    if (seen.size > 100) seen.clear();
    seen.set(text, { at: now(), keptBack: 0 });
    log.error({ reason: text, ...(last?.keptBack && { keptBack: last.keptBack }) }, message);
  };
}
