import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, expect, test } from "vitest";
import { limitRequests } from "../../src/dashboard/limit-requests.ts";

let at = 0;
const site = new Hono();
site.use("/limited", limitRequests({ mostAMinute: 3, now: () => at }));
site.get("/limited", (context) => context.text("answered"));
const server = createServer(getRequestListener(site.fetch));
afterEach(() => server.close());

test("an address gets its share of a minute, then 429 with the time to wait, and its share again", async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  // Another name in a header makes nobody another caller.
  const ask = (name: string) => fetch(`http://127.0.0.1:${port}/limited`, { headers: { "x-forwarded-for": name } });
  const statuses = async (count: number) => {
    const answers: number[] = [];
    for (let index = 0; index < count; index++) answers.push((await ask(`10.0.0.${index}`)).status);
    return answers;
  };
  expect(await statuses(5)).toEqual([200, 200, 200, 429, 429]);
  at = 45_000;
  const refused = await ask("10.0.0.9");
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "15"]);
  at = 60_000;
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
});
