import { Hono } from "hono";

/** What readiness depends on. Each answers within two seconds and never rejects. */
export interface Readiness {
  readonly isDatabaseReady: () => Promise<boolean>;
  /** Age of the oldest job that could have started, in seconds; null when the queue cannot say. */
  readonly oldestWaitingSeconds: () => Promise<number | null>;
}

/** A job that waits longer than this without being started means that nothing works the queue. */
const MAX_WAITING_SECONDS = 300;

/** `/health`: the process answers. `/ready`: it can do its work, with the state of each thing it needs; 503 otherwise. */
export function statusRoutes(readiness: Readiness, version: string): Hono {
  const routes = new Hono();
  routes.get("/health", (context) => context.json({ status: "ok", version }));
  routes.get("/ready", async (context) => {
    const database = await readiness.isDatabaseReady();
    const waiting = database ? await readiness.oldestWaitingSeconds() : null;
    const queue = waiting !== null && waiting <= MAX_WAITING_SECONDS;
    const body = {
      status: database && queue ? "ready" : "not ready",
      database: database ? "ok" : "no answer",
      queue: queue ? "ok" : "stuck or unknown",
      oldestWaitingSeconds: waiting,
    };
    return context.json(body, database && queue ? 200 : 503);
  });
  return routes;
}
