import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { createDeliveryStore } from "../../src/database/delivery-store.ts";
import type { DeliveryStore } from "../../src/model/job-queue.ts";
import type { Queue } from "../../src/queue/create-queue.ts";
import { buildJob } from "../support/database/build-job.ts";
import { deleteJobs } from "../support/database/delete-jobs.ts";
import { openStore } from "../support/database/open-store.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";
import { waitUntil } from "../support/wait-until.ts";

describeOnBothDatabases("delivery store", (databases) => {
  let database: Database;
  let queue: Queue;
  let deliveries: DeliveryStore;
  let close: () => Promise<void>;
  /** What the next run of a job does. */
  let outcome: "succeed" | "fail" | "hold" = "succeed";
  let runs: string[] = [];
  let release: (error?: Error) => void = () => {};

  beforeAll(async () => {
    ({ database, queue, close } = await openStore(databases));
    deliveries = createDeliveryStore(database, queue);
  });
  afterAll(() => close());
  beforeEach(async () => {
    await deleteJobs(database);
    await database.db.deleteFrom("delivery").execute();
    runs = [];
    outcome = "succeed";
  });
  const waiting = async () => (await queue.depth()).waiting;

  it("queues the job of a new delivery", async () => {
    expect(await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1))).toBe("accepted");
    expect(await waiting()).toBe(1);
  });

  it("queues nothing for the same delivery again", async () => {
    await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1));
    expect(await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(2))).toBe("duplicate");
    expect(await waiting()).toBe(1);
  });

  it("accepts one of two copies that arrive at the same moment", async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, () => deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1))),
    );
    expect(results.toSorted()).toEqual(["accepted", ...Array.from({ length: 5 }, () => "duplicate")]);
    expect(await waiting()).toBe(1);
  });

  it("remembers a delivery that asks for no job", async () => {
    expect(await deliveries.recordDelivery("guid-1", "label.created", null)).toBe("accepted");
    expect(await deliveries.recordDelivery("guid-1", "label.created", buildJob(1))).toBe("duplicate");
    expect(await waiting()).toBe(0);
  });

  it("records neither delivery nor job when one of them cannot be saved", async () => {
    const failing = createDeliveryStore(database, {
      ...queue,
      enqueueWithin: async (trx, job) => {
        await queue.enqueueWithin(trx, job);
        throw new Error("the disk is full");
      },
    });
    await expect(failing.recordDelivery("guid-1", "pull_request.opened", buildJob(1))).rejects.toThrow("the disk is full");
    expect(await waiting()).toBe(0);
    expect(await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1))).toBe("accepted");
  });

  it("forgets deliveries older than asked, with their jobs' links, and no others", async () => {
    await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1));
    expect(await deliveries.deleteDeliveriesBefore(new Date(Date.now() - 60_000).toISOString())).toBe(0);
    expect(await deliveries.deleteDeliveriesBefore(new Date(Date.now() + 60_000).toISOString())).toBe(1);
    expect(await database.db.selectFrom("delivery_job").selectAll().execute()).toEqual([]);
  });

  describe("once jobs run", () => {
    beforeAll(() =>
      queue.work(async (job) => {
        runs.push(job.deliveryId);
        if (outcome === "fail") throw new Error("GitHub answered 502");
        if (outcome === "hold") await new Promise<void>((resolve, reject) => (release = (error) => (error ? reject(error) : resolve())));
      }),
    );
    const idle = () =>
      waitUntil(async () => {
        const { waiting, running } = await queue.depth();
        return waiting + running === 0;
      });

    it("ignores a repeat of a delivery whose job was done", async () => {
      await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1));
      await idle();
      expect(await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1))).toBe("duplicate");
      // pg-boss forgets completed jobs after a while; that must not look like a failure.
      await deleteJobs(database);
      expect(await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1))).toBe("duplicate");
      expect(runs).toHaveLength(1);
    });

    it("accepts a repeat of a delivery whose job was given up, and runs it again", async () => {
      outcome = "fail";
      await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1));
      await waitUntil(async () => (await queue.depth()).dead === 1);
      outcome = "succeed";
      expect(await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1))).toBe("accepted");
      await waitUntil(() => runs.length === 2);
      await idle();
      expect(await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1))).toBe("duplicate");
    });

    it("accepts one of several repeats that arrive at the same moment after a failure", async () => {
      outcome = "fail";
      await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1));
      await waitUntil(async () => (await queue.depth()).dead === 1);
      outcome = "hold";
      const repeats = Array.from({ length: 4 }, () => deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1)));
      expect((await Promise.all(repeats)).filter((result) => result === "accepted")).toHaveLength(1);
      await waitUntil(() => runs.length === 2);
      release();
      await idle();
    });

    it("ignores a repeat while the job runs", async () => {
      outcome = "hold";
      await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1));
      await waitUntil(() => runs.length === 1);
      expect(await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1))).toBe("duplicate");
      release();
      await idle();
    });

    it("counts a delivery as done only with its own run, when it came while an earlier one ran", async () => {
      outcome = "hold";
      await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1));
      await waitUntil(() => runs.length === 1);
      await deliveries.recordDelivery("guid-2", "pull_request.synchronize", buildJob(1, { deliveryId: "guid-2" }));
      outcome = "fail";
      release();
      await waitUntil(async () => (await queue.depth()).dead === 1);
      expect(await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1))).toBe("duplicate");
      outcome = "succeed";
      expect(await deliveries.recordDelivery("guid-2", "pull_request.synchronize", buildJob(1))).toBe("accepted");
      await idle();
    });

    it("counts deliveries that coalesced into one run as done with it", async () => {
      outcome = "hold";
      await deliveries.recordDelivery("guid-0", "pull_request.opened", buildJob(1));
      await waitUntil(() => runs.length === 1);
      await deliveries.recordDelivery("guid-1", "pull_request.edited", buildJob(1));
      await deliveries.recordDelivery("guid-2", "pull_request.edited", buildJob(1));
      outcome = "succeed";
      release();
      await waitUntil(() => runs.length === 2);
      await idle();
      for (const guid of ["guid-1", "guid-2"]) {
        expect(await deliveries.recordDelivery(guid, "pull_request.edited", buildJob(1))).toBe("duplicate");
      }
    });

    it("hands the deliveries of a failed run over to the newer job that waits", async () => {
      outcome = "hold";
      await deliveries.recordDelivery("guid-1", "pull_request.opened", buildJob(1));
      await waitUntil(() => runs.length === 1);
      await deliveries.recordDelivery("guid-2", "pull_request.synchronize", buildJob(1, { deliveryId: "guid-2" }));
      outcome = "succeed";
      release(new Error("GitHub answered 502"));
      await waitUntil(() => runs.length === 2);
      await idle();
      const open = await database.db.selectFrom("delivery_job").where("state", "=", "queued").selectAll().execute();
      expect(open).toEqual([]);
      expect((await queue.depth()).dead).toBe(0);
    });
  });
});
