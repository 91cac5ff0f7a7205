import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import { createPolicyStore } from "../../src/database/policy-store.ts";
import { startChild } from "../support/database/start-child.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";

const log = pino({ level: "silent" });
const POLICY = { text: "mode: observe", sha: "abc", at: "2027-01-10T09:00:00.000Z" };

describeOnBothDatabases("open database", (databases) => {
  describe("once open", () => {
    let database: Database;
    beforeAll(async () => {
      database = await openDatabase(await databases.migrated(), log);
    });
    afterAll(() => database.close());

    it.each([
      ["a large integer as a number", "9007199254740991::int8", 9_007_199_254_740_991],
      ["a count as a number", "count(*)", 1],
      ["a decimal as a number", "1.50::numeric(8,2)", 1.5],
      ["a date as the text of the day", "date '2027-03-31'", "2027-03-31"],
      ["an instant as a Date", "timestamptz '2027-03-31 12:00:00.123+02'", new Date("2027-03-31T10:00:00.123Z")],
      ["json as a value", `'{"b":1,"a":[null,"x"]}'::json`, { b: 1, a: [null, "x"] }],
      ["text as it is", "'a''b'::text", "a'b"],
      ["null as null", "null::int8", null],
    ])("reads %s", async (_what, expression, value) => {
      const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(database.db);
      expect(rows).toEqual([{ value }]);
    });

    it("refuses an integer that a number cannot hold, rather than reading another one", async () => {
      await expect(sql`select 9007199254740993::int8 as value`.execute(database.db)).rejects.toThrow("9007199254740993");
    });

    it("saves all of a transaction or nothing", async () => {
      const work = database.transact(async (trx) => {
        await trx.insertInto("person").values({ github_id: 1, login: "dana" }).execute();
        throw new Error("changed my mind");
      });
      await expect(work).rejects.toThrow("changed my mind");
      expect(await database.db.selectFrom("person").selectAll().execute()).toEqual([]);
    });

    it("refuses the outer handle inside a transaction, where it would wait for itself for ever", async () => {
      await expect(database.transact(() => database.db.selectFrom("person").selectAll().execute())).rejects.toThrow("(trx)");
      await expect(database.transact(() => sql`select 1`.execute(database.db))).rejects.toThrow("(trx)");
      await expect(database.transact(() => database.transact(async () => {}))).rejects.toThrow("(trx)");
      await expect(database.transact(async () => database.refuseInsideTransaction("the queue was"))).rejects.toThrow("the queue was");
    });

    it("lets the outer handle work while another transaction is open, and after it", async () => {
      let enter = () => {};
      let leave = () => {};
      const entered = new Promise<void>((resolve) => (enter = resolve));
      const left = new Promise<void>((resolve) => (leave = resolve));
      const transaction = database.transact(async () => {
        enter();
        await left;
      });
      await entered;
      const read = database.db.selectFrom("policy").selectAll().execute();
      leave();
      await transaction;
      expect(await read).toEqual([]);
    });

    it("lets work that a transaction left behind use the outer handle once that has ended", async () => {
      let end = () => {};
      const ended = new Promise<void>((resolve) => (end = resolve));
      const left = await database.transact(async () => ({
        read: (async () => {
          await ended;
          return database.db.selectFrom("policy").selectAll().execute();
        })(),
      }));
      end();
      expect(await left.read).toEqual([]);
    });

    it("is ready while it is open", async () => {
      expect(await database.isReady()).toBe(true);
    });
  });

  it("is not ready, and says so without throwing, once it is closed; closing twice is harmless", async () => {
    const database = await openDatabase(await databases.migrated(), log);
    await Promise.all([database.close(), database.close()]);
    expect(await database.isReady()).toBe(false);
  });

  it("keeps what was saved when it is opened again", { timeout: 60_000 }, async () => {
    const options = await databases.lasting();
    const first = await openDatabase(options, log);
    await createPolicyStore(first).savePolicy("acme/api", POLICY);
    await first.close();
    const second = await openDatabase(options, log);
    expect(await createPolicyStore(second).loadPolicy("acme/api")).toEqual(POLICY);
    await second.close();
  });

  it("refuses tables made by a newer version", { timeout: 60_000 }, async () => {
    const options = await databases.lasting();
    const newer = await openDatabase(options, log);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-of-tomorrow', '2027-01-10T09:00:00.000Z')`.execute(newer.db);
    await newer.close();
    await expect(openDatabase(options, log)).rejects.toThrow("9999-of-tomorrow");
    // What failed left nothing open: the directory can be locked again.
    await expect(openDatabase(options, log)).rejects.toThrow("9999-of-tomorrow");
  });

  if (databases.kind === "PostgreSQL") {
    it("lets five processes start at once on an empty database", { timeout: 60_000 }, async () => {
      const options = await databases.lasting();
      const children = Array.from({ length: 5 }, () => startChild(options));
      await Promise.all(children.map((child) => child.waitForExit()));
      expect(children.map((child) => [child.exitCode(), child.errors()])).toEqual(children.map(() => [0, ""]));
      const database = await openDatabase(options, log);
      const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(database.db);
      const files = readdirSync(new URL("../../src/database/migrations", import.meta.url)).toSorted();
      expect(rows.map(({ name }) => `${name}.ts`)).toEqual(files);
      await database.close();
    });
  }
});

describe("open database", () => {
  it("says what it could not reach", async () => {
    await expect(openDatabase({ url: "postgres://nobody@127.0.0.1:1/none" }, log)).rejects.toThrow("127.0.0.1:1");
  });

  describe("in a directory that is in use", () => {
    let directory = "";
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), "enforcer-data-"));
    });
    afterAll(() => rm(directory, { recursive: true, force: true }));

    it("refuses a second process with one line that names it, and lets it in once the first was killed", { timeout: 60_000 }, async () => {
      const first = startChild({ dataDir: directory }, ["--work"]);
      await first.waitForLine("ready");
      const second = startChild({ dataDir: directory });
      await second.waitForExit();
      expect(second.exitCode()).toBe(1);
      expect(second.errors()).toContain(`the data directory ${directory} is in use by another process`);
      expect(second.errors().trim().split("\n")).toHaveLength(1);
      await expect(openDatabase({ dataDir: join(directory, "..", directory.split("/").at(-1) ?? "") }, log)).rejects.toThrow("is in use");
      await first.kill();
      const third = startChild({ dataDir: directory });
      await third.waitForExit();
      expect(third.exitCode()).toBe(0);
    });
  });
});
