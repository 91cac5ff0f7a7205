import { Hono } from "hono";

/** What readiness depends on. Each answers within two seconds and never rejects. */
export interface Readiness {
  readonly isDatabaseReady: () => Promise<boolean>;
  /** Age of the oldest job that could have started, in seconds; null when the queue cannot say. */
  readonly oldestWaitingSeconds: () => Promise<number | null>;
  /** How GitHub stood when it was last asked. */
  readonly githubState: () => "ok" | "away" | "key refused";
}

const GITHUB = {
  ok: "ok",
  away: "no answer: verdicts wait",
  "key refused": "does not take the app's private key: verdicts wait",
} as const;

/** A job that waits longer than this without being started means that nothing works the queue. */
const MAX_WAITING_SECONDS = 300;

/**
 * `/health`: the process answers. `/ready`: it can take work, with the state of each thing it needs; 503 otherwise. Without
 * GitHub it still takes webhooks, whose verdicts wait: that is 200 and "degraded".
 */
export function statusRoutes(readiness: Readiness, version: string): Hono {
  const routes = new Hono();
  routes.get("/health", (context) => context.json({ status: "ok", version }));
  routes.get("/ready", async (context) => {
    const database = await readiness.isDatabaseReady();
    const waiting = database ? await readiness.oldestWaitingSeconds() : null;
    const queue = waiting !== null && waiting <= MAX_WAITING_SECONDS;
    const github = readiness.githubState();
    const body = {
      status: !(database && queue) ? "not ready" : github === "ok" ? "ready" : "degraded",
      database: database ? "ok" : "no answer",
      queue: queue ? "ok" : "stuck or unknown",
      github: GITHUB[github],
      oldestWaitingSeconds: waiting,
    };
    return context.json(body, database && queue ? 200 : 503);
  });
  return routes;
}
