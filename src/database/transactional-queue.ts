import type { Job } from "../model/job.ts";
import type { Transaction } from "./database.ts";

/** The part of the queue that a store needs, so that a row and its job are saved together or not at all. */
export interface TransactionalQueue {
  /** Adds a job within the transaction; it is there when that commits. Returns the id of the job that will do it. */
  enqueueWithin(trx: Transaction, job: Job): Promise<string>;
  /** Whether a job of this id waits or runs; false once it completed, was given up or was forgotten. */
  isUnfinishedWithin(trx: Transaction, jobId: string): Promise<boolean>;
}
