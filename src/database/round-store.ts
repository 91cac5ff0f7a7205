import type { RoundJob, RoundName } from "../model/job.ts";
import type { RoundStore } from "../model/recovery.ts";
import type { Database } from "./database.ts";
import type { TransactionalQueue } from "./transactional-queue.ts";

/** Begins rounds of scheduled work, each once whatever the number of processes. */
export interface RoundClaims {
  /**
   * Begins a round that did not begin at or after `notSince`, and queues its job, all or nothing. Returns false when
   * another process began it. Instants are ISO 8601.
   */
  claimRound(round: RoundName, at: string, notSince: string): Promise<boolean>;
}

/** Rounds in the database. */
export function createRoundStore(database: Database, queue: TransactionalQueue): RoundStore & RoundClaims {
  return {
    claimRound: (round, at, notSince) =>
      database.transact(async (trx) => {
        const first = await trx
          .insertInto("round")
          .values({ name: round, started_at: at })
          .onConflict((conflict) => conflict.column("name").doNothing())
          .returning("name")
          .executeTakeFirst();
        const claimed =
          first ??
          (await trx
            .updateTable("round")
            .set({ started_at: at })
            .where("name", "=", round)
            .where("started_at", "<", new Date(notSince))
            .returning("name")
            .executeTakeFirst());
        if (!claimed) return false;
        const { done_at: doneAt } = await trx.selectFrom("round").where("name", "=", round).select("done_at").executeTakeFirstOrThrow();
        const job: RoundJob = {
          kind: "round",
          round,
          startedAt: at,
          previousAt: doneAt?.toISOString() ?? null,
          deliveryId: `${round}-${at}`,
          cause: "schedule",
          backfill: true,
        };
        await queue.enqueueWithin(trx, job);
        return true;
      }),

    async saveRoundDone(round, startedAt) {
      await database.db.updateTable("round").set({ done_at: startedAt }).where("name", "=", round).execute();
    },
  };
}
