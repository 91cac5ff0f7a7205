import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "../telemetry/logger.ts";

/** GitHub never delivers more (docs, webhooks/webhook-events-and-payloads). */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

/** A signed delivery as it came, its signature proved. */
export interface Delivery {
  readonly id: string;
  readonly name: string;
  readonly payload: object;
}

/** How deliveries are proved and taken. */
export interface Webhooks {
  readonly verify: (body: string, signature: string) => Promise<boolean>;
  /** Resolves when the delivery is durable; rejects when it cannot be, and GitHub may deliver it again. */
  readonly receive: (delivery: Delivery) => Promise<void>;
}

/**
 * Where GitHub delivers: `/api/github/webhooks`, and `/`, which Probot's set-up page registers. A delivery is
 * answered 202 when it is durable, 400 or 401 when it is not one of GitHub's, 413 over 25 MB, and 503 when it
 * could not be saved. Log lines hold neither payload nor signature.
 */
export function webhookRoutes(webhooks: Webhooks, log: Logger): Hono {
  const routes = new Hono();
  const limit = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => context.json({ error: "the body is over 25 MB" }, 413) });
  for (const path of ["/api/github/webhooks", "/"])
    routes.post(path, limit, async (context) => {
      const id = context.req.header("x-github-delivery") ?? "";
      const name = context.req.header("x-github-event") ?? "";
      const signature = context.req.header("x-hub-signature-256") ?? "";
      const line = log.child({ deliveryId: id.slice(0, 64), event: name.slice(0, 64) });
      if (id === "" || name === "") return context.json({ error: "expected the headers X-GitHub-Delivery and X-GitHub-Event" }, 400);
      const body = await context.req.text();
      if (!/^sha256=[0-9a-f]{64}$/.test(signature) || !(await webhooks.verify(body, signature))) {
        line.warn("delivery refused: its signature is not that of the webhook secret");
        return context.json({ error: "the signature does not match" }, 401);
      }
      const payload = parseObject(body);
      if (!payload) return context.json({ error: "expected a JSON object" }, 400);
      try {
        await webhooks.receive({ id, name, payload });
        return context.json({ accepted: true }, 202);
      } catch (error) {
        line.error({ reason: reasonOf(error) }, "delivery could not be saved");
        return context.json({ error: "could not be saved; deliver it again" }, 503);
      }
    });
  return routes;
}

/** The messages alone: what Probot throws carries the delivery, payload and all. */
function reasonOf(error: unknown): string {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.map((each) => (each instanceof Error ? each.message : String(each)).slice(0, 500)).join("; ");
}

function parseObject(body: string): object | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
