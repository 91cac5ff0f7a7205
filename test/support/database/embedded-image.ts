import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pino from "pino";
import { openDatabase } from "../../../src/database/open-database.ts";
import { createQueue } from "../../../src/queue/create-queue.ts";

const ROOT = join(import.meta.dirname, "../../..");
const CACHE = join(ROOT, "node_modules/.cache/enforcer-tests");

/** Everything that decides what an empty, migrated database looks like. */
async function hashSources(): Promise<string> {
  const folder = join(ROOT, "src/database/migrations");
  const migrations = (await readdir(folder)).toSorted().map((name) => join(folder, name));
  const packages = ["@electric-sql/pglite", "pg-boss"].map((name) => join(ROOT, "node_modules", name, "package.json"));
  const hash = createHash("sha256");
  for (const path of [...migrations, ...packages, join(ROOT, "src/queue/start-boss.ts")]) hash.update(await readFile(path));
  return hash.digest("hex").slice(0, 16);
}

async function dumpMigrated(): Promise<Blob> {
  const log = pino({ level: "silent" });
  const database = await openDatabase({ memory: true }, log);
  const queue = await createQueue({ database, log, concurrency: 1 });
  await queue.stop({ timeoutMs: 1_000 });
  if (database.source.kind !== "embedded") throw new Error("a database in memory is embedded");
  const dump = await database.source.pglite.dumpDataDir("none");
  await database.close();
  return dump;
}

/**
 * A dump of a migrated, empty embedded database: creating one takes seconds, loading this half of one.
 * Made once and kept until a migration or a version changes.
 */
export async function loadEmbeddedImage(): Promise<Blob> {
  const path = join(CACHE, `embedded-${await hashSources()}.tar`);
  const kept = await readFile(path).catch(() => null);
  if (kept) return new Blob([kept]);
  const dump = await dumpMigrated();
  await mkdir(CACHE, { recursive: true });
  // Written aside and renamed, because test files run side by side.
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, Buffer.from(await dump.arrayBuffer()));
  await rename(aside, path);
  return dump;
}
