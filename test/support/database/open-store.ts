import pino from "pino";
import type { Database } from "../../../src/database/database.ts";
import { openDatabase } from "../../../src/database/open-database.ts";
import { type Queue, createQueue } from "../../../src/queue/create-queue.ts";
import type { TestDatabases } from "./test-databases.ts";

/** A fresh database with a queue on it that nobody works. */
export async function openStore(databases: TestDatabases): Promise<{ database: Database; queue: Queue; close: () => Promise<void> }> {
  const log = pino({ level: "silent" });
  const database = await openDatabase(await databases.migrated(), log);
  const queue = await createQueue({ database, log, concurrency: 2, retry: { tries: 1 } });
  const close = async () => {
    await queue.stop({ timeoutMs: 1_000 });
    await database.close();
  };
  return { database, queue, close };
}
