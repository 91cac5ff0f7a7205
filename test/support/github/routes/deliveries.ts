import type { Delivery } from "../hooks/delivery.ts";
import type { World } from "../model/world.ts";
import { notFound, Refusal } from "../refusal.ts";
import type { Schema } from "../views/schema.ts";
import { parameter } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";
import { requireApp } from "./app.ts";

/** The app's webhook: its address, what was delivered, and delivering again. */
export function routeDeliveries(api: Api, world: World): void {
  const own = (c: ApiContext) => {
    const app = requireApp(c);
    return world.hooks.deliveries.filter((delivery) => delivery.app === app);
  };
  const one = (c: ApiContext) => {
    const found = own(c).find((delivery) => delivery.id === Number(parameter(c, "id")));
    if (found === undefined) throw notFound();
    return found;
  };
  api.get("/app/hook/config", (c) => {
    const { webhookUrl } = requireApp(c);
    return c.json({ content_type: "json", insecure_ssl: "0", secret: "********", url: webhookUrl ?? "" });
  });
  api.get("/app/hook/deliveries", (c) => c.json(newestFirst(c, own(c)).map(itemView)));
  api.get("/app/hook/deliveries/:id{[0-9]+}", (c) => c.json(detailView(one(c))));
  api.post("/app/hook/deliveries/:id{[0-9]+}/attempts", (c) => {
    world.hooks.redeliver(one(c));
    return c.json({}, 202);
  });
}

/** A page of deliveries. Unlike other lists, GitHub pages this one by an opaque cursor: here the id of the last one shown. */
function newestFirst(c: ApiContext, deliveries: readonly Delivery[]): Delivery[] {
  const size = Math.min(100, Math.max(1, Math.trunc(Number(c.req.query("per_page"))) || 30));
  const cursor = c.req.query("cursor");
  const { status } = c.req.query();
  const isOfStatus = ({ statusCode }: Delivery) => status === undefined || isOk(statusCode) === (status === "success");
  const answered = deliveries.filter((delivery) => delivery.statusCode !== null && isOfStatus(delivery)).toReversed();
  const start = cursor === undefined ? 0 : answered.findIndex((delivery) => String(delivery.id) === cursor) + 1;
  if (cursor !== undefined && start === 0) throw new Refusal(400, "Invalid cursor");
  const shown = answered.slice(start, start + size);
  const last = shown.at(-1);
  if (last !== undefined && start + size < answered.length) {
    const url = new URL(c.req.url);
    url.searchParams.set("cursor", String(last.id));
    c.header("link", `<${url.href}>; rel="next"`);
  }
  return shown;
}

const isOk = (statusCode: number | null): boolean => statusCode !== null && statusCode >= 200 && statusCode < 300;

function itemView(delivery: Delivery): Schema<"hook-delivery-item"> {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: Math.round(delivery.durationSeconds * 100) / 100,
    status: delivery.status,
    status_code: delivery.statusCode ?? 0,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installation?.id ?? null,
    repository_id: delivery.repository?.id ?? null,
    throttled_at: null,
  };
}

function detailView(delivery: Delivery) {
  return {
    ...itemView(delivery),
    url: delivery.url,
    request: { headers: delivery.requestHeaders, payload: delivery.payload },
    response: { headers: delivery.responseHeaders, payload: delivery.responseBody },
  };
}
