import pino from "pino";
import { afterEach, expect, it } from "vitest";
import { type DatabaseOptions, openDatabase } from "../../src/database/open-database.ts";
import { createQueue } from "../../src/queue/create-queue.ts";
import { buildJob } from "../support/database/build-job.ts";
import { type Child, startChild } from "../support/database/start-child.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";
import { waitUntil } from "../support/wait-until.ts";

const log = pino({ level: "silent" });

describeOnBothDatabases("a process killed in the middle of a job", (databases) => {
  const children: Child[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) await child.kill();
  });
  const start = (...args: Parameters<typeof startChild>) => {
    const child = startChild(...args);
    children.push(child);
    return child;
  };

  async function enqueue(options: DatabaseOptions, ...deliveryIds: string[]): Promise<void> {
    const database = await openDatabase(options, log);
    const queue = await createQueue({ database, log, concurrency: 1 });
    for (const [index, deliveryId] of deliveryIds.entries()) await queue.enqueue(buildJob(index + 1, { deliveryId }));
    await queue.stop({ timeoutMs: 1_000 });
    await database.close();
  }

  async function loadDepth(options: DatabaseOptions) {
    const database = await openDatabase(options, log);
    const queue = await createQueue({ database, log, concurrency: 1 });
    const depth = await queue.depth();
    await queue.stop({ timeoutMs: 1_000 });
    await database.close();
    return depth;
  }

  it("loses no job: the next process runs it again, once, within 20 seconds", { timeout: 120_000 }, async () => {
    const options = await databases.lasting();
    await enqueue(options, "first", "second");
    const doomed = start(options, ["--work", "--hold"]);
    await doomed.waitForLine("started first 1");
    await doomed.waitForLine("started second 1");
    await doomed.kill();

    const next = start(options, ["--work"]);
    await next.waitForLine("ready");
    const readyAt = performance.now();
    await next.waitForLine("done first");
    await next.waitForLine("done second");
    const seconds = (performance.now() - readyAt) / 1_000;
    expect(seconds).toBeLessThan(databases.kind === "PGlite" ? 3 : 20);

    // Long enough for a second supervision and a retry to run it twice, if it were to.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    const runs = next.lines.filter((line) => line.startsWith("started")).toSorted();
    expect(runs).toEqual(["started first 2", "started second 2"]);
    await next.kill();
    expect(await loadDepth(options)).toEqual({ waiting: 0, running: 0, dead: 0 });
  });

  if (databases.kind === "PostgreSQL") {
    it("is replaced by another process that was running all along", { timeout: 120_000 }, async () => {
      const options = await databases.lasting();
      await enqueue(options);
      const doomed = start(options, ["--work", "--hold"]);
      await doomed.waitForLine("ready");
      await enqueue(options, "only");
      await doomed.waitForLine("started only 1");
      const other = start(options, ["--work"]);
      await other.waitForLine("ready");
      // Longer than a heartbeat and a supervision: while the first lives, the job is its own.
      await new Promise((resolve) => setTimeout(resolve, 14_000));
      expect(other.lines).toEqual(["ready"]);
      await doomed.kill();
      const killedAt = performance.now();
      await waitUntil(() => other.lines.includes("done only"), 30_000);
      expect((performance.now() - killedAt) / 1_000).toBeLessThan(25);
    });
  }
});
