import { describe, expect, test } from "vitest";
import type { RoundJob } from "../src/model/job.ts";
import type { FailedDelivery } from "../src/model/recovery.ts";
import { redeliverMissed } from "../src/redeliver-missed.ts";

const job: RoundJob = {
  kind: "round",
  round: "redeliver",
  startedAt: "2027-01-10T09:00:00.000Z",
  previousAt: null,
  deliveryId: "round",
  cause: "schedule",
};

function buildWorld(given: { tries?: number; outcome?: "asked" | "gone" } = {}) {
  const due = { guid: "g", attemptId: "7", event: "pull_request.opened", failedAt: "2027-01-10T08:00:00Z", tries: given.tries ?? 0 };
  const asked: string[] = [];
  const heard: [string, string][] = [];
  const saved: FailedDelivery[] = [];
  const since: string[] = [];
  const states: string[] = [];
  return {
    asked,
    heard,
    saved,
    since,
    states,
    ports: {
      deliveryLog: {
        fetchFailedDeliveries: async (instant: string) => {
          since.push(instant);
          return { failures: [due, { ...due, guid: "other", event: "check_run.completed" }], complete: true };
        },
        redeliver: async (attemptId: string) => {
          asked.push(attemptId);
          return given.outcome ?? "asked";
        },
      },
      missed: {
        saveFailures: async (failures: readonly FailedDelivery[]) => void saved.push(...failures),
        findDue: async () => [due],
        countDue: async () => 1,
        saveAsked: async (guid: string) => void states.push(`asked ${guid}`),
        saveGivenUp: async (guid: string) => void states.push(`given up ${guid}`),
        deleteMissedBefore: async () => {},
      },
      recoveryIntervalMs: 300_000,
      isActedOn: (event: string) => event.startsWith("pull_request"),
      onMissed: ({ guid }: FailedDelivery, outcome: string) => void heard.push([guid, outcome]),
    },
  };
}

describe("redelivery", () => {
  test("asks again for what failed and asks us for something, and notes it", async () => {
    const world = buildWorld();
    await redeliverMissed(job, world.ports);
    expect(world.saved.map(({ guid }) => guid)).toEqual(["g"]);
    expect([world.asked, world.states, world.heard]).toEqual([["7"], ["asked g"], [["g", "asked-again"]]]);
  });

  test("tries eight times, then gives up and says so", async () => {
    const last = buildWorld({ tries: 7 });
    await redeliverMissed(job, last.ports);
    expect(last.asked).toEqual(["7"]);
    const over = buildWorld({ tries: 8 });
    await redeliverMissed(job, over.ports);
    expect([over.asked, over.states, over.heard]).toEqual([[], ["given up g"], [["g", "given-up"]]]);
  });

  test("gives up what GitHub no longer has", async () => {
    const world = buildWorld({ outcome: "gone" });
    await redeliverMissed(job, world.ports);
    expect(world.heard).toEqual([["g", "given-up"]]);
  });

  test.each([
    ["three days back at first", null, "2027-01-07T09:00:00.000Z"],
    ["to a quarter of an hour before the last round that came to its end", "2027-01-10T08:55:00.000Z", "2027-01-10T08:40:00.000Z"],
    ["never more than three days", "2027-01-01T00:00:00.000Z", "2027-01-07T09:00:00.000Z"],
  ])("looks %s", async (_name, previousAt, since) => {
    const world = buildWorld();
    await redeliverMissed({ ...job, previousAt }, world.ports);
    expect(world.since).toEqual([since]);
  });
});
