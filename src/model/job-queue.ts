import type { Job } from "./job.ts";

/** Durable jobs. */
export interface JobQueue {
  /** Resolves when the job is on disk. A waiting job for the same pull request and kind takes its place. */
  enqueue(job: Job): Promise<void>;
}

/** Webhook deliveries, so that the same one twice is once. */
export interface DeliveryStore {
  /**
   * Puts the delivery and its job (null: it asks for none) on disk in one transaction, before GitHub gets its answer.
   * "duplicate", and nothing enqueued, when this delivery was recorded before and its job has not failed for good.
   */
  recordDelivery(deliveryId: string, event: string, job: Job | null): Promise<"accepted" | "duplicate">;
  /** Forgets deliveries received before this instant (ISO 8601). Returns how many. */
  deleteDeliveriesBefore(instant: string): Promise<number>;
}
