import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import pino from "pino";
import { afterAll, beforeAll, describe } from "vitest";
import { type DatabaseOptions, openDatabase } from "../../../src/database/open-database.ts";
import { createQueue } from "../../../src/queue/create-queue.ts";
import { loadEmbeddedImage } from "./embedded-image.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

/** Fresh databases for the tests of a suite. */
export interface TestDatabases {
  readonly kind: "PGlite" | "PostgreSQL";
  /** A new, empty database, migrated already. The embedded one is in memory. */
  migrated(): Promise<DatabaseOptions>;
  /** A new database without rows that outlives the process that opens it. PostgreSQL's has no tables yet. */
  lasting(): Promise<DatabaseOptions>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

function embeddedDatabases(): TestDatabases {
  const directories: string[] = [];
  return {
    kind: "PGlite",
    start: async () => {},
    migrated: async () => ({ memory: true, image: await loadEmbeddedImage() }),
    async lasting() {
      const directory = await mkdtemp(join(tmpdir(), "enforcer-data-"));
      directories.push(directory);
      // Loading the dump is several times quicker than creating a database.
      const pglite = new PGlite(join(directory, "database"), { loadDataDir: await loadEmbeddedImage() });
      await pglite.close();
      return { dataDir: directory };
    },
    async stop() {
      for (const directory of directories) await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Runs one statement on the server's maintenance database. */
async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function postgresDatabases(): TestDatabases {
  const created: string[] = [];
  let server: PostgresServer | undefined;
  let template: Promise<string> | undefined;

  const createDatabase = async (from?: string) => {
    if (!server) throw new Error("start() comes first");
    const { url } = server;
    const name = `enforcer_test_${randomBytes(6).toString("hex")}`;
    await administer(url, `create database ${name} ${from ? `template ${from}` : ""}`);
    created.push(name);
    const address = new URL(url);
    address.pathname = `/${name}`;
    return { name, url: address.href };
  };
  const migrate = async () => {
    const { name, url } = await createDatabase();
    const log = pino({ level: "silent" });
    const database = await openDatabase({ url }, log);
    await (await createQueue({ database, log, concurrency: 1 })).stop({ timeoutMs: 1_000 });
    await database.close();
    return name;
  };
  return {
    kind: "PostgreSQL",
    async start() {
      const url = process.env["TEST_DATABASE_URL"];
      const stays = async () => {};
      server = url ? { url, pause: stays, resume: stays, stop: stays } : await startPostgres();
    },
    async migrated() {
      const { url } = await createDatabase(await (template ??= migrate()));
      return { url };
    },
    async lasting() {
      const { url } = await createDatabase();
      return { url };
    },
    async stop() {
      if (!server) return;
      for (const name of created) await administer(server.url, `drop database if exists ${name} with (force)`);
      await server.stop();
    },
  };
}

/**
 * Runs a suite twice: on the embedded database, and on a PostgreSQL server of its own, or on the one that
 * TEST_DATABASE_URL names (its user must be allowed to create databases).
 */
export function describeOnBothDatabases(name: string, suite: (databases: TestDatabases) => void): void {
  for (const databases of [embeddedDatabases(), postgresDatabases()]) {
    describe(`${name} on ${databases.kind}`, () => {
      beforeAll(() => databases.start());
      afterAll(() => databases.stop());
      suite(databases);
    });
  }
}
