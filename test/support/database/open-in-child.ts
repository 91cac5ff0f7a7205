import { parseArgs } from "node:util";
import pino from "pino";
import { type DatabaseOptions, openDatabase } from "../../../src/database/open-database.ts";
import type { Job } from "../../../src/model/job.ts";
import { createQueue } from "../../../src/queue/create-queue.ts";

// A process of its own, for tests that start several or kill one: node open-in-child.ts --url U | --data-dir D [--work] [--hold]
// Says on stdout, a line each: "ready", "started DELIVERY ATTEMPT", "done DELIVERY". Ends with 1 and the error on stderr.
const { values } = parseArgs({
  options: {
    url: { type: "string" },
    "data-dir": { type: "string" },
    work: { type: "boolean", default: false },
    hold: { type: "boolean", default: false },
  },
});

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const log = pino({ level: "silent" });
  const options: DatabaseOptions = values.url ? { url: values.url } : { dataDir: values["data-dir"] ?? "" };
  const database = await openDatabase(options, log);
  const queue = await createQueue({ database, log, concurrency: 2 });
  say("ready");
  if (!values.work) {
    await queue.stop({ timeoutMs: 1_000 });
    await database.close();
    return;
  }
  await queue.work(async (job: Job, _signal, { attempt }) => {
    say(`started ${job.deliveryId} ${attempt}`);
    if (values.hold) await new Promise(() => {});
    say(`done ${job.deliveryId}`);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
