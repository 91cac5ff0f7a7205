import Bottleneck from "bottleneck";
import type { RequestPriority } from "./request-priority.ts";

/** Requests of one installation under way at once; GitHub allows a hundred of all its clients together. */
const CONCURRENT = 10;
/** Bottleneck's scale: 0 goes first. */
const PRIORITY: Readonly<Record<RequestPriority, number>> = { people: 4, backfill: 8 };
/** An installation that asks nothing is forgotten. */
const FORGET_AFTER_MS = 5 * 60_000;

export interface PaceOptions {
  /** Pause between two writes. */
  readonly writePauseMs: number;
  /** Pause between two comments, which notify people. */
  readonly notifyingWritePauseMs: number;
}

/** Spaces the requests of each installation, the most urgent first. */
export interface Pace {
  run<Value>(installation: string, turn: Turn, request: () => Promise<Value>): Promise<Value>;
}

export interface Turn {
  readonly priority: RequestPriority;
  readonly kind: "read" | "write" | "notify";
}

export function createPace({ writePauseMs, notifyingWritePauseMs }: PaceOptions): Pace {
  const all = new Bottleneck.Group({ maxConcurrent: CONCURRENT, timeout: FORGET_AFTER_MS });
  const writes = new Bottleneck.Group({ maxConcurrent: 1, minTime: writePauseMs, timeout: FORGET_AFTER_MS });
  const notifications = new Bottleneck.Group({ maxConcurrent: 1, minTime: notifyingWritePauseMs, timeout: FORGET_AFTER_MS });
  return {
    async run(installation, turn, request) {
      const options = { priority: PRIORITY[turn.priority] };
      const nothing = async () => {};
      if (turn.kind !== "read") await writes.key(installation).schedule(options, nothing);
      if (turn.kind === "notify") await notifications.key(installation).schedule(options, nothing);
      return all.key(installation).schedule(options, request);
    },
  };
}
