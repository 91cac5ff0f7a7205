import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import { type DataDirLock, lockDataDir } from "./data-dir-lock.ts";
import type { DatabaseSource } from "./database.ts";
import type { Schema } from "./schema.ts";
import { VALUE_PARSERS } from "./value-parsers.ts";

/** A connection before migration: the raw handle, where it leads, and how to end it. */
export interface Connection {
  readonly raw: Kysely<Schema>;
  readonly source: DatabaseSource;
  close(): Promise<void>;
}

const UNLOCKED: DataDirLock = { release: async () => {} };

/**
 * Opens the embedded PostgreSQL (PGlite) in a directory, which is created and locked, or in memory when `dataDir` is
 * null. `image` is a dump of a data directory to begin with.
 * Throws `DataDirInUseError` when another process has the directory, and what the file system says when it is unusable.
 */
export async function openEmbedded(dataDir: string | null, image?: Blob): Promise<Connection> {
  if (dataDir !== null) await mkdir(dataDir, { recursive: true });
  const lock = dataDir === null ? UNLOCKED : await lockDataDir(dataDir);
  try {
    const options: PGliteOptions = { parsers: { ...VALUE_PARSERS }, ...(image && { loadDataDir: image }) };
    // A subdirectory, because the lock file of some systems stands beside it and PGlite wants an empty directory.
    const pglite = dataDir === null ? new PGlite(options) : new PGlite(join(dataDir, "database"), options);
    await pglite.waitReady;
    return {
      raw: new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) }),
      source: { kind: "embedded", pglite },
      async close() {
        if (!pglite.closed) await pglite.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
