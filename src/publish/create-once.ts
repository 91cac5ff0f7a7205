import { setTimeout as delay } from "node:timers/promises";
import { mayHaveWorked } from "../github/faults.ts";

/** GitHub's lists may lag a moment behind what was written. */
const LOOK_AFTER_MS = 500;

/**
 * Creates something once. Where the answer to the request was lost, it may be there all the same: it is looked for before
 * it is created again. Rejects when GitHub refuses, or fails twice.
 */
export async function createOnce<Made>(create: () => Promise<Made>, find: () => Promise<Made | null>): Promise<Made> {
  try {
    return await create();
  } catch (error) {
    if (!mayHaveWorked(error)) throw error;
    await delay(LOOK_AFTER_MS);
    return (await find()) ?? create();
  }
}
