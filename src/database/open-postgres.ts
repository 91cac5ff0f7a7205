import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Logger } from "pino";
import type { Connection } from "./open-embedded.ts";
import type { Schema } from "./schema.ts";
import { VALUE_PARSERS } from "./value-parsers.ts";

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const POOL_SIZE = 10;

const getTypeParser: typeof pg.types.getTypeParser = (id, format) => {
  const parser = format === "binary" ? undefined : VALUE_PARSERS[id];
  return parser ?? pg.types.getTypeParser(id, format);
};

/** Opens a pool on a PostgreSQL server (15 or later). Does not connect yet; the first query throws when it cannot. */
export function openPostgres(url: string, log: Logger): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "backend-reliability-enforcer",
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    types: { getTypeParser },
  });
  // The error carries the whole client, so only its message is logged. Without a listener, a server restart while a connection is idle would end the process.
  pool.on("error", (error) => log.warn({ reason: error.message }, "an idle database connection was lost"));
  const raw = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { raw, source: { kind: "postgres", url }, close: () => raw.destroy() };
}
