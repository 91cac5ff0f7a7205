import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTraces } from "../../src/telemetry/traces.ts";
import { startLocalApp } from "../support/app/start-local-app.ts";
import { buildJob } from "../support/database/build-job.ts";
import { readStoryFiles } from "../support/demo/story-files.ts";

const attribute = z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }) });
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: z.array(attribute),
  status: z.object({ code: z.number().optional(), message: z.string().optional() }),
});
const request = z.object({
  resourceSpans: z.array(
    z.object({ resource: z.object({ attributes: z.array(attribute) }), scopeSpans: z.array(z.object({ spans: z.array(span) })) }),
  ),
});

// A collector that takes OTLP over HTTP.
const bodies: string[] = [];
const collector = createServer((asked, answer) => {
  const chunks: Buffer[] = [];
  asked.on("data", (chunk: Buffer) => chunks.push(chunk));
  asked.on("end", () => {
    if (asked.method === "POST" && asked.url === "/v1/traces") bodies.push(Buffer.concat(chunks).toString("utf8"));
    answer.setHeader("content-type", "application/json").end("{}");
  });
});
let endpoint = "";

beforeAll(async () => {
  collector.listen(0, "127.0.0.1");
  await once(collector, "listening");
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`; // a TCP server that listens
});
afterAll(() => collector.close());

function received() {
  const spans = bodies
    .splice(0)
    .flatMap((body) => request.parse(JSON.parse(body)).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  return spans.map(({ attributes, ...rest }) => ({
    ...rest,
    attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue])),
  }));
}

describe("traces", () => {
  test("follow a pull request from its delivery through its job and every stage, and name nobody", async () => {
    const app = await startLocalApp({ variables: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
    app.github.createOrganization("acme", { ana: "member" }, "write");
    app.github.installApp("acme");
    await app.github.createRepository({ repo: "acme/traced", files: readStoryFiles("carrier-quotes", "base") });
    const ana = app.github.as("ana");
    const head = await ana.push("acme/traced", {
      branch: "change",
      changes: readStoryFiles("carrier-quotes", "careless"),
      message: "Change",
    });
    await ana.openPullRequest({ repo: "acme/traced", head: "change", title: "Rates", body: null });
    await app.completedRun("acme/traced", head);
    await app.idle();
    const opened = app.github.deliveries().find(({ event, action }) => event === "pull_request" && action === "opened");
    await app.stop();

    expect(bodies.join("")).not.toMatch(/acme|carrier|"ana"/);
    const spans = received().filter(({ attributes }) => attributes["delivery.id"] === opened?.guid);
    const delivery = spans.find(({ name }) => name === "delivery");
    const job = spans.find(({ name }) => name === "job review");
    expect(delivery?.attributes["delivery.event"]).toBe("pull_request");
    expect(job?.parentSpanId).toBe(delivery?.spanId);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    const stages = spans.filter(({ parentSpanId }) => parentSpanId === job?.spanId).map(({ name }) => name);
    expect(stages).toEqual(["fetch", "signatures", "detect", "grade", "inspect", "judge", "publish"]);
  });

  test("show what failed, by the error's name alone, and give back what the work gives", async () => {
    const traces = createTraces(endpoint);
    const job = buildJob(1);
    const work = async () => {
      expect(traces.stages.time("detect", () => 7)).toBe(7);
      throw new RangeError("a secret in a message");
    };
    await expect(traces.job(job, work)).rejects.toThrow("a secret in a message");
    expect(() => traces.delivery("d-2", "push", () => JSON.parse("no"))).toThrow(SyntaxError);
    expect(traces.stages.time("judge", () => "outside of a job")).toBe("outside of a job");
    await traces.close();
    expect(bodies.join("")).not.toContain("a secret");
    expect(received().map(({ name, status }) => [name, status.code ?? 0, status.message])).toEqual([
      ["detect", 0, undefined],
      ["job review", 2, "RangeError"],
      ["delivery", 2, "SyntaxError"],
    ]);
  });

  test("of two jobs at once are kept apart", async () => {
    const traces = createTraces(endpoint);
    const [one, two] = [buildJob(1, { deliveryId: "one" }), buildJob(2, { deliveryId: "two" })];
    const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([one, two].map((job) => traces.job(job, async () => (await pause(), traces.stages.time("fetch", pause)))));
    await traces.close();
    const spans = received();
    for (const id of ["one", "two"]) {
      const own = spans.filter(({ attributes }) => attributes["delivery.id"] === id);
      expect(own.map(({ name }) => name)).toEqual(["fetch", "job review"]);
      expect(own[0]?.parentSpanId).toBe(own[1]?.spanId);
      expect(own[0]?.traceId).toBe(own[1]?.traceId);
    }
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(2);
  });

  test("cost nothing but spans where no collector answers", async () => {
    const traces = createTraces("http://127.0.0.1:1");
    expect(await traces.job(buildJob(1), async () => "done")).toBe("done");
    await traces.close();
  });

  test("are off where no endpoint is set", async () => {
    const traces = createTraces(null);
    expect(traces.delivery("d", "push", () => 1) + traces.job(buildJob(1), () => traces.stages.time("fetch", () => 2))).toBe(3);
    await traces.close();
    expect(bodies).toEqual([]);
  });
});
