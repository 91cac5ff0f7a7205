import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import type { Logger } from "pino";
import type { Database } from "./database.ts";
import { migrateToLatest } from "./migrate.ts";
import { type Connection, openEmbedded } from "./open-embedded.ts";
import { openPostgres } from "./open-postgres.ts";
import { createTransactionGuard } from "./transaction-guard.ts";

const READY_TIMEOUT_MS = 2_000;

/** Where to keep the rows. `image` is a dump of an embedded data directory that a database in memory begins with. */
export type DatabaseOptions = { readonly url: string } | { readonly dataDir: string } | { readonly memory: true; readonly image?: Blob };

function connect(options: DatabaseOptions, log: Logger): Promise<Connection> {
  if ("url" in options) return Promise.resolve(openPostgres(options.url, log));
  if ("dataDir" in options) return openEmbedded(options.dataDir);
  return openEmbedded(null, options.image);
}

function toDatabase({ raw, source, close }: Connection): Database {
  const guard = createTransactionGuard();
  const db = raw.withPlugin(guard.plugin);
  let closing: Promise<void> | undefined;
  return {
    db,
    source,
    transact(work) {
      guard.refuse("a second transaction was");
      return raw.transaction().execute((trx) => guard.run(() => work(trx)));
    },
    refuseInsideTransaction: guard.refuse,
    async isReady() {
      const answered = sql`select 1`.execute(raw).then(
        () => true,
        () => false,
      );
      return Promise.race([answered, delay(READY_TIMEOUT_MS, false, { ref: false })]);
    },
    close: () => (closing ??= close()),
  };
}

/**
 * Opens PostgreSQL (`url`), the embedded database in a directory (`dataDir`), or one in memory, and brings its tables
 * up to date. Throws `DataDirInUseError` when another process has the directory, and the driver's error when the server
 * cannot be reached or a migration fails; nothing is left open then.
 */
export async function openDatabase(options: DatabaseOptions, log: Logger): Promise<Database> {
  const connection = await connect(options, log);
  try {
    await migrateToLatest(connection.raw);
    return toDatabase(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
}
