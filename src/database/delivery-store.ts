import type { Job } from "../model/job.ts";
import type { DeliveryStore } from "../model/job-queue.ts";
import type { Database, Queries, Transaction } from "./database.ts";
import type { TransactionalQueue } from "./transactional-queue.ts";

async function queueJobs(trx: Transaction, queue: TransactionalQueue, deliveryId: string, jobs: readonly Job[]): Promise<void> {
  for (const job of jobs) {
    const jobId = await queue.enqueueWithin(trx, job);
    await trx
      .insertInto("delivery_job")
      .values({ delivery_id: deliveryId, job_id: jobId, state: "queued" })
      .onConflict((conflict) => conflict.columns(["delivery_id", "job_id"]).doNothing())
      .execute();
  }
}

/** true when a job of a recorded delivery ended without success: a redelivery then asks for its jobs again. */
async function hasFailedJob(trx: Transaction, queue: TransactionalQueue, deliveryId: string): Promise<boolean> {
  const open = await trx
    .selectFrom("delivery_job")
    .where("delivery_id", "=", deliveryId)
    .where("state", "=", "queued")
    .select("job_id")
    .execute();
  for (const { job_id } of open) if (!(await queue.isUnfinishedWithin(trx, job_id))) return true;
  return false;
}

/** Records the delivery; when it is known already, locks it, so that two redeliveries at once are told apart. */
async function insertDelivery(trx: Transaction, deliveryId: string, event: string): Promise<"inserted" | "known"> {
  const inserted = await trx
    .insertInto("delivery")
    .values({ id: deliveryId, event })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (inserted) return "inserted";
  await trx.selectFrom("delivery").where("id", "=", deliveryId).select("id").forUpdate().execute();
  return "known";
}

/** Deliveries in the database, each recorded in one transaction with its jobs. */
export function createDeliveryStore(database: Database, queue: TransactionalQueue): DeliveryStore {
  return {
    recordDelivery: (deliveryId, event, job) =>
      database.transact(async (trx) => {
        if ((await insertDelivery(trx, deliveryId, event)) === "known") {
          if (!(await hasFailedJob(trx, queue, deliveryId))) return "duplicate";
          // What the earlier attempt queued is no longer of interest.
          await trx.deleteFrom("delivery_job").where("delivery_id", "=", deliveryId).execute();
          await trx
            .updateTable("delivery")
            .set((eb) => ({ attempts: eb("attempts", "+", 1), received_at: new Date() }))
            .where("id", "=", deliveryId)
            .execute();
        }
        await queueJobs(trx, queue, deliveryId, job === null ? [] : [job]);
        return "accepted";
      }),

    async deleteDeliveriesBefore(instant) {
      const { numDeletedRows } = await database.db.deleteFrom("delivery").where("received_at", "<", new Date(instant)).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

/** Marks the deliveries that a completed job answered. A later repeat of them is a duplicate. */
export async function saveDeliveriesDone(db: Queries, jobId: string): Promise<void> {
  await db.updateTable("delivery_job").set({ state: "done" }).where("job_id", "=", jobId).where("state", "=", "queued").execute();
}

/** Hands the deliveries of a job over to the newer job that will answer them in its place. */
export async function saveDeliveriesMoved(database: Database, fromJobId: string, toJobId: string): Promise<void> {
  await database.transact(async (trx) => {
    const moved = await trx
      .deleteFrom("delivery_job")
      .where("job_id", "=", fromJobId)
      .where("state", "=", "queued")
      .returning("delivery_id")
      .execute();
    if (moved.length === 0) return;
    await trx
      .insertInto("delivery_job")
      .values(moved.map(({ delivery_id }) => ({ delivery_id, job_id: toJobId, state: "queued" as const })))
      .onConflict((conflict) => conflict.columns(["delivery_id", "job_id"]).doNothing())
      .execute();
  });
}
