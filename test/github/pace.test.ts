import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createPace, type Turn } from "../../src/github/pace.ts";
import { waitUntil } from "../support/wait-until.ts";

const READ: Turn = { priority: "people", kind: "read" };

/** A request that ends when it is told to. */
function heldRequest(order: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const request = async () => {
    order.push(name);
    await ended;
  };
  return { request, end };
}

describe("the requests of an installation", () => {
  test("go ten at a time, those that people wait for before those that nobody waits for", async () => {
    const pace = createPace({ writePauseMs: 0, notifyingWritePauseMs: 0 });
    const order: string[] = [];
    const held = Array.from({ length: 10 }, (_, index) => heldRequest(order, `first ${index}`));
    const all = held.map(({ request }) => pace.run("1", READ, request));
    const later = (name: string, priority: Turn["priority"]) =>
      pace.run("1", { priority, kind: "read" }, async () => void order.push(name));
    all.push(later("backfill", "backfill"), later("people", "people"));
    // Another installation's turn is its own.
    await pace.run("2", READ, async () => void order.push("other installation"));
    await waitUntil(() => order.length === 11);
    // Both are in line by then.
    await delay(100);
    expect(order).toContain("other installation");
    expect(order).not.toContain("people");
    for (const { end } of held) end();
    await Promise.all(all);
    expect(order.slice(11)).toEqual(["people", "backfill"]);
  });

  test("are spaced where they write, and more where they notify people", async () => {
    const pace = createPace({ writePauseMs: 60, notifyingWritePauseMs: 150 });
    const measure = async (kind: Turn["kind"], installation: string) => {
      const startedAt = performance.now();
      for (let index = 0; index < 3; index++) await pace.run(installation, { priority: "people", kind }, async () => {});
      return performance.now() - startedAt;
    };
    expect(await measure("write", "1")).toBeGreaterThan(110);
    expect(await measure("notify", "2")).toBeGreaterThan(280);
  });
});
