import { sql } from "kysely";
import type { ShownShortfallStore } from "../model/ports.ts";
import type { Database } from "./database.ts";
import { storableJson } from "./storable-text.ts";

/** What checks said was short, and when, in the database. The clock is the database's. */
export function createShownShortfallStore(database: Database): ShownShortfallStore {
  return {
    saveShown: ({ repo, number }, fingerprints) =>
      database.transact(async (trx) => {
        const written = storableJson([...new Set(fingerprints)].toSorted());
        const newest = await trx
          .selectFrom("shown_shortfalls")
          .where("repo", "=", repo)
          .where("number", "=", number)
          .orderBy("id", "desc")
          .limit(1)
          .select("fingerprints")
          .executeTakeFirst();
        if (newest && JSON.stringify(newest.fingerprints) === written) return;
        await trx.insertInto("shown_shortfalls").values({ repo, number, fingerprints: written }).execute();
      }),

    async loadShown(repo, number, at) {
      const row = await database.db
        .selectFrom("shown_shortfalls")
        .where("repo", "=", repo)
        .where("number", "=", number)
        // GitHub's times are whole seconds, rounded down.
        .where(sql<boolean>`date_trunc('second', shown_at) <= ${at}::timestamptz`)
        .orderBy("id", "desc")
        .limit(1)
        .select("fingerprints")
        .executeTakeFirst();
      return row ? (row.fingerprints as readonly string[]) : null; // written by saveShown alone
    },
  };
}
