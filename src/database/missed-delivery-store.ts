import { sql } from "kysely";
import type { MissedDeliveryStore } from "../model/recovery.ts";
import type { Database } from "./database.ts";

/** Deliveries that GitHub could not make, in the database. */
export function createMissedDeliveryStore({ db }: Database): MissedDeliveryStore {
  const saveState = async (guid: string, state: "asked" | "given-up", tries: number) => {
    await db
      .updateTable("missed_delivery")
      .set((eb) => ({ state, tries: eb("tries", "+", tries) }))
      .where("guid", "=", guid)
      .execute();
  };
  return {
    async saveFailures(failures, now, pauseMs) {
      for (const { guid, attemptId, event, failedAt } of failures)
        await db
          .insertInto("missed_delivery")
          .values({ guid, attempt_id: attemptId, event, failed_at: failedAt, state: "due", next_try_at: now })
          .onConflict((conflict) =>
            conflict
              .column("guid")
              .doUpdateSet({
                attempt_id: attemptId,
                state: "due",
                next_try_at: sql`${now}::timestamptz
                  + ${pauseMs}::float8 * interval '1 millisecond' * power(2, greatest(missed_delivery.tries - 1, 0))`,
              })
              .where(sql<boolean>`missed_delivery.attempt_id <> ${attemptId} and missed_delivery.state <> 'given-up'`),
          )
          .execute();
    },

    async findDue(now, limit) {
      const rows = await db
        .selectFrom("missed_delivery")
        .where("state", "=", "due")
        .where("next_try_at", "<=", new Date(now))
        .orderBy("failed_at")
        .limit(limit)
        .selectAll()
        .execute();
      return rows.map((row) => ({
        guid: row.guid,
        attemptId: row.attempt_id,
        event: row.event,
        failedAt: row.failed_at.toISOString(),
        tries: row.tries,
      }));
    },

    async countDue() {
      const { count } = await db
        .selectFrom("missed_delivery")
        .where("state", "=", "due")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    saveAsked: (guid) => saveState(guid, "asked", 1),
    saveGivenUp: (guid) => saveState(guid, "given-up", 0),

    async deleteMissedBefore(instant) {
      await db.deleteFrom("missed_delivery").where("failed_at", "<", new Date(instant)).execute();
    },
  };
}
