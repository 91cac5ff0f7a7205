import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import type { Job } from "../../src/model/job.ts";
import { type Queue, type QueueOptions, createQueue } from "../../src/queue/create-queue.ts";
import { buildJob } from "../support/database/build-job.ts";
import { deleteJobs, loadJobRows } from "../support/database/delete-jobs.ts";
import { createHeldRunner } from "../support/database/held-runner.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";
import { waitUntil } from "../support/wait-until.ts";

const log = pino({ level: "silent" });

describeOnBothDatabases("queue", (databases) => {
  let database: Database;
  let queue: Queue;
  beforeAll(async () => {
    database = await openDatabase(await databases.migrated(), log);
  });
  afterAll(() => database.close());
  beforeEach(() => deleteJobs(database));
  afterEach(() => queue.stop({ timeoutMs: 1_000 }));
  const open = async (options: Partial<QueueOptions> = {}) => {
    queue = await createQueue({ database, log, concurrency: 4, ...options });
  };

  it("starts a job within 300 ms of its being queued (the median of twenty)", async () => {
    await open();
    let startedAt = 0;
    await queue.work(async () => {
      startedAt = performance.now();
    });
    const waits: number[] = [];
    for (let number = 1; number <= 20; number++) {
      const queuedAt = performance.now();
      startedAt = 0;
      await queue.enqueue(buildJob(number));
      await waitUntil(() => startedAt > 0);
      waits.push(startedAt - queuedAt);
    }
    expect(waits.toSorted((a, b) => a - b)[10]).toBeLessThan(300);
  });

  it("runs a burst of short jobs without pausing between them", async () => {
    await open({ concurrency: 2 });
    for (let number = 1; number <= 20; number++) await queue.enqueue(buildJob(number));
    const done: Job[] = [];
    const startedAt = performance.now();
    await queue.work(async (job) => {
      done.push(job);
    });
    await waitUntil(() => done.length === 20);
    // With the polling interval of a second between two jobs, ten rounds would take nine seconds.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it("does what somebody waits for before what nobody does, and a backfill never takes the place of a waiting job", async () => {
    await open({ concurrency: 1 });
    await queue.enqueue(buildJob(1, { deliveryId: "backfill-1", backfill: true }));
    await queue.enqueue(buildJob(2, { deliveryId: "backfill-2", backfill: true }));
    await queue.enqueue(buildJob(3, { deliveryId: "urgent-3" }));
    await queue.enqueue(buildJob(3, { deliveryId: "backfill-3", backfill: true }));
    await queue.enqueue(buildJob(2, { deliveryId: "urgent-2" }));
    expect([await queue.isUnfinished(buildJob(1)), await queue.isUnfinished(buildJob(4))]).toEqual([true, false]);
    const done: string[] = [];
    await queue.work(async (job) => void done.push(job.deliveryId));
    await waitUntil(() => done.length === 3);
    expect(done).toEqual(["urgent-2", "urgent-3", "backfill-1"]);
  });

  it("runs one job for ten events that come before it starts, and the last event names it", async () => {
    await open();
    for (let event = 1; event <= 10; event++) await queue.enqueue(buildJob(1, { deliveryId: `delivery-${event}` }));
    expect(await queue.depth()).toEqual({ waiting: 1, running: 0, dead: 0 });
    const runner = createHeldRunner();
    await queue.work(runner.run);
    await waitUntil(() => runner.started.length > 0);
    runner.end(0);
    await waitUntil(async () => (await queue.depth()).running === 0);
    expect(runner.started.map((job) => job.deliveryId)).toEqual(["delivery-10"]);
  });

  it("queues one job when events arrive at the same moment", async () => {
    await open();
    await Promise.all(Array.from({ length: 20 }, (_, event) => queue.enqueue(buildJob(1, { deliveryId: `delivery-${event}` }))));
    expect((await queue.depth()).waiting).toBe(1);
  });

  it("runs exactly once more for events that come while it runs, never twice at a time", async () => {
    await open();
    const runner = createHeldRunner();
    await queue.work(runner.run);
    await queue.enqueue(buildJob(1, { deliveryId: "first" }));
    await waitUntil(() => runner.started.length === 1);
    for (const event of ["second", "third", "fourth"]) await queue.enqueue(buildJob(1, { deliveryId: event }));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await queue.depth()).toEqual({ waiting: 1, running: 1, dead: 0 });
    expect(runner.started).toHaveLength(1);
    runner.end(0);
    await waitUntil(() => runner.started.length === 2);
    runner.end(1);
    await waitUntil(async () => (await queue.depth()).running === 0);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(runner.started.map((job) => job.deliveryId)).toEqual(["first", "fourth"]);
  });

  it("keeps apart pull requests, kinds of job and kinds of reply", async () => {
    await open();
    const { headSha: _, ...reply } = { ...buildJob(1), kind: "reply" as const };
    await queue.enqueue(buildJob(1));
    await queue.enqueue(buildJob(2));
    await queue.enqueue({ ...reply, reply: "plan-skeleton" });
    await queue.enqueue({ ...reply, reply: "risk-form" });
    await queue.enqueue({ ...buildJob(1), repo: "ACME/api" });
    expect((await queue.depth()).waiting).toBe(4);
  });

  it("adds a job with a transaction's rows or not at all, and only through that transaction", async () => {
    await open();
    const undone = database.transact(async (trx) => {
      await queue.enqueueWithin(trx, buildJob(1));
      throw new Error("changed my mind");
    });
    await expect(undone).rejects.toThrow("changed my mind");
    expect((await queue.depth()).waiting).toBe(0);
    await database.transact((trx) => queue.enqueueWithin(trx, buildJob(1)));
    expect((await queue.depth()).waiting).toBe(1);
    await expect(database.transact(() => queue.enqueue(buildJob(2)))).rejects.toThrow("the queue was used inside a transaction");
  });

  it("runs as many jobs at a time as it was told, and no more", async () => {
    await open({ concurrency: 3 });
    for (let number = 1; number <= 5; number++) await queue.enqueue(buildJob(number));
    const runner = createHeldRunner();
    await queue.work(runner.run);
    await waitUntil(() => runner.started.length === 3);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(runner.started).toHaveLength(3);
    expect(await queue.depth()).toEqual({ waiting: 2, running: 3, dead: 0 });
    for (let job = 0; job < 5; job++) {
      await waitUntil(() => runner.started.length > job);
      runner.end(job);
    }
  });

  it("tells how long the oldest job has waited", async () => {
    await open();
    expect(await queue.oldestWaitingSeconds()).toBe(0);
    await queue.enqueue(buildJob(1));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const seconds = await queue.oldestWaitingSeconds();
    expect(seconds).toBeGreaterThan(1);
    expect(seconds).toBeLessThan(10);
  });

  describe("when a job fails", () => {
    const retry = { tries: 3, delaySeconds: 1 };

    it("tries it again after a pause, and is done when it succeeds", async () => {
      await open({ retry });
      const attempts: number[] = [];
      await queue.work(async () => {
        attempts.push(performance.now());
        if (attempts.length === 1) throw new Error("GitHub answered 502");
      });
      await queue.enqueue(buildJob(1));
      await waitUntil(() => attempts.length === 2, 10_000);
      await waitUntil(async () => (await queue.depth()).running === 0);
      expect(await queue.depth()).toEqual({ waiting: 0, running: 0, dead: 0 });
      const pauses = attempts.map((at, index) => at - (attempts[index - 1] ?? at));
      expect(pauses[1]).toBeGreaterThan(900);
    });

    it("gives it up after the last try, keeps it to be seen, and runs it again when asked", async () => {
      await open({ retry: { tries: 2, delaySeconds: 1 } });
      let attempts = 0;
      let broken = true;
      await queue.work(async () => {
        attempts++;
        if (broken) throw new Error("GitHub answered 502");
      });
      await queue.enqueue(buildJob(1, { deliveryId: "doomed" }));
      await waitUntil(async () => (await queue.depth()).dead === 1, 15_000);
      expect(attempts).toBe(2);
      const [dead] = await queue.findDeadJobs(10);
      expect(dead).toMatchObject({ reason: "GitHub answered 502", job: { number: 1, deliveryId: "doomed" } });
      await queue.enqueue(buildJob(2, { deliveryId: "later" }));
      await waitUntil(async () => (await queue.depth()).dead === 2, 15_000);
      expect((await queue.findDeadJobs(1)).map(({ job }) => job.deliveryId)).toEqual(["later"]);
      broken = false;
      expect(await queue.retryDeadJobs()).toBe(2);
      await waitUntil(() => attempts === 6);
      expect((await queue.depth()).dead).toBe(0);
    });

    it("leaves the work to a newer job that waits, instead of doing it twice", async () => {
      await open({ retry });
      const runner = createHeldRunner();
      await queue.work(runner.run);
      await queue.enqueue(buildJob(1, { deliveryId: "old" }));
      await waitUntil(() => runner.started.length === 1);
      await queue.enqueue(buildJob(1, { deliveryId: "new" }));
      runner.end(0, new Error("GitHub answered 502"));
      await waitUntil(() => runner.started.length === 2);
      runner.end(1);
      // Longer than the pause before a retry of the first.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(await queue.depth()).toEqual({ waiting: 0, running: 0, dead: 0 });
      expect(runner.started.map((job) => job.deliveryId)).toEqual(["old", "new"]);
    });

    it("starts it at once, with all its tries, when a new event asks for it during the pause", async () => {
      await open({ retry: { tries: 2, delaySeconds: 60 } });
      let attempts = 0;
      const seen: string[] = [];
      await queue.work(async (job) => {
        seen.push(job.deliveryId);
        attempts++;
        if (attempts <= 2) throw new Error("GitHub answered 502");
      });
      await queue.enqueue(buildJob(1, { deliveryId: "first" }));
      await waitUntil(async () => attempts === 1 && (await queue.depth()).running === 0);
      await queue.enqueue(buildJob(1, { deliveryId: "second" }));
      await waitUntil(() => attempts === 2);
      await waitUntil(async () => (await queue.depth()).running === 0);
      expect(await queue.depth()).toEqual({ waiting: 1, running: 0, dead: 0 });
      expect(seen).toEqual(["first", "second"]);
    });

    it("stores the error's message and nothing else of it", async () => {
      await open({ retry: { tries: 1, delaySeconds: 1 } });
      await queue.work(async () => {
        throw Object.assign(new Error("GitHub answered 401"), { request: { headers: { authorization: "token secret-1" } } });
      });
      await queue.enqueue(buildJob(1));
      await waitUntil(async () => (await queue.depth()).dead === 1);
      expect((await queue.findDeadJobs(1))[0]?.reason).toBe("GitHub answered 401");
      expect(JSON.stringify(await loadJobRows(database))).not.toContain("secret-1");
    });
  });
});
