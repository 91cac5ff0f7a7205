import { AsyncLocalStorage } from "node:async_hooks";

/** Who waits for a request: people for a verdict, or nobody yet. */
export type RequestPriority = "people" | "backfill";

const priorities = new AsyncLocalStorage<RequestPriority>();

/** Everything asked of GitHub within this work waits behind what is more urgent. */
export function withPriority<Value>(priority: RequestPriority, work: () => Promise<Value>): Promise<Value> {
  return priorities.run(priority, work);
}

/** The priority of the work that asks; people wait where nothing was said. */
export function currentPriority(): RequestPriority {
  return priorities.getStore() ?? "people";
}
