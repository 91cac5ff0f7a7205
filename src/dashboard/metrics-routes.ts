import { Hono } from "hono";
import type { Metrics } from "../telemetry/metrics.ts";

/** `/metrics` for Prometheus. It names no person, repository or commit. */
export function metricsRoutes(metrics: Pick<Metrics, "render">): Hono {
  const routes = new Hono();
  routes.get("/metrics", async (context) => {
    const { text, contentType } = await metrics.render();
    return context.body(text, 200, { "content-type": contentType });
  });
  return routes;
}
