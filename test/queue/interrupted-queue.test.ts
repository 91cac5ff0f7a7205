import { sql } from "kysely";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import { type Queue, type QueueOptions, createQueue } from "../../src/queue/create-queue.ts";
import { buildJob } from "../support/database/build-job.ts";
import { deleteJobs } from "../support/database/delete-jobs.ts";
import { createHeldRunner } from "../support/database/held-runner.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";
import { waitUntil } from "../support/wait-until.ts";

const log = pino({ level: "silent" });

describeOnBothDatabases("an interrupted queue", (databases) => {
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

  if (databases.kind === "PostgreSQL") {
    it("goes on after the database dropped every connection, and takes jobs at once again", async () => {
      await open();
      const done: string[] = [];
      await queue.work(async (job) => {
        done.push(job.deliveryId);
      });
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
        database.db,
      );
      // A connection of the pool may learn only now that it is gone; whoever enqueues is told, and tries again.
      const enqueue = () => queue.enqueue(buildJob(1, { deliveryId: "after" }));
      await waitUntil(() =>
        enqueue().then(
          () => true,
          () => false,
        ),
      );
      await waitUntil(() => done.includes("after"));
      expect(await database.isReady()).toBe(true);
    });
  }

  describe("when it stops", () => {
    it("waits for the running job, takes no new one, and leaves that for the next process", async () => {
      await open({ concurrency: 1 });
      const runner = createHeldRunner();
      await queue.work(runner.run);
      await queue.enqueue(buildJob(1));
      await waitUntil(() => runner.started.length === 1);
      await queue.enqueue(buildJob(2));
      let stopped = false;
      const stopping = queue.stop({ timeoutMs: 10_000 }).then(() => (stopped = true));
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(stopped).toBe(false);
      runner.end(0);
      await stopping;
      expect(runner.started).toHaveLength(1);
      await open();
      expect(await queue.depth()).toEqual({ waiting: 1, running: 0, dead: 0 });
    });

    it("aborts a job that outlasts the timeout, and that job runs again", async () => {
      await open();
      let aborted = false;
      await queue.work(
        (_job, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener("abort", () => {
              aborted = true;
              reject(new Error("aborted"));
            });
          }),
      );
      await queue.enqueue(buildJob(1));
      await waitUntil(async () => (await queue.depth()).running === 1);
      await queue.stop({ timeoutMs: 1_000 });
      expect(aborted).toBe(true);
      await open();
      const again: number[] = [];
      await queue.work(async (_job, _signal, { attempt }) => {
        again.push(attempt);
      });
      // Not after the pause of at least five seconds that follows a failure.
      await waitUntil(() => again.length === 1, 4_000);
      expect(again).toEqual([2]);
    });

    it("leaves an interrupted job to the newer one that waits for the same work", async () => {
      await open();
      await queue.work(() => new Promise(() => {}));
      await queue.enqueue(buildJob(1, { deliveryId: "interrupted" }));
      await waitUntil(async () => (await queue.depth()).running === 1);
      await queue.enqueue(buildJob(1, { deliveryId: "newer" }));
      await queue.stop({ timeoutMs: 1_000 });
      await open();
      expect((await queue.depth()).waiting).toBe(2);
      const seen: string[] = [];
      await queue.work(async (job) => {
        seen.push(job.deliveryId);
      });
      await waitUntil(async () => {
        const { waiting, running } = await queue.depth();
        return waiting + running === 0;
      });
      expect(seen).toEqual(["newer"]);
    });
  });
});
