import pino from "pino";
import { afterEach, expect, it } from "vitest";
import { type DatabaseOptions, openDatabase } from "../../src/database/open-database.ts";
import { createQueue } from "../../src/queue/create-queue.ts";
import { buildJob } from "../support/database/build-job.ts";
import { type Child, startChild } from "../support/database/start-child.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";

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

  /** Waits until `child` did both jobs, and then long enough for a supervision and a retry to run them twice, if they were to. */
  async function expectBothRunOnce(child: Child, withinSeconds: number, since: number): Promise<void> {
    await child.waitForLine("done first");
    await child.waitForLine("done second");
    expect((performance.now() - since) / 1_000).toBeLessThan(withinSeconds);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    const runs = child.lines.filter((line) => line.startsWith("started")).toSorted();
    expect(runs).toEqual(["started first 2", "started second 2"]);
  }

  if (databases.kind === "PGlite") {
    it("loses no job: the next process runs each again, once, at its start", { timeout: 120_000 }, async () => {
      const options = await databases.lasting();
      await enqueue(options, "first", "second");
      const doomed = start(options, ["--work", "--hold"]);
      await doomed.waitForLine("started first 1");
      await doomed.waitForLine("started second 1");
      await doomed.kill();
      const next = start(options, ["--work"]);
      await next.waitForLine("ready");
      await expectBothRunOnce(next, 3, performance.now());
      await next.kill();
      expect(await loadDepth(options)).toEqual({ waiting: 0, running: 0, dead: 0 });
    });
  }

  if (databases.kind === "PostgreSQL") {
    it("keeps its jobs while it lives, and loses none: another process runs each again, once", { timeout: 120_000 }, async () => {
      const options = await databases.lasting();
      await enqueue(options, "first", "second");
      const doomed = start(options, ["--work", "--hold"]);
      await doomed.waitForLine("started first 1");
      await doomed.waitForLine("started second 1");
      const other = start(options, ["--work"]);
      await other.waitForLine("ready");
      // Longer than a heartbeat and a supervision.
      await new Promise((resolve) => setTimeout(resolve, 13_000));
      expect(other.lines).toEqual(["ready"]);
      await doomed.kill();
      await expectBothRunOnce(other, 20, performance.now());
      expect(await loadDepth(options)).toEqual({ waiting: 0, running: 0, dead: 0 });
    });
  }
});
