import { setTimeout as delay } from "node:timers/promises";
import type { PostgresServer } from "../../test/support/database/postgres-server.ts";
import type { AppProcess } from "./app-process.ts";
import { pick } from "./random.ts";

/** After which shares of the deliveries. */
const RESTARTS_OF_THE_DATABASE = [1 / 3, 2 / 3];

/** What is done to the processes and to their database. */
export interface Harm {
  /** Processes killed so far. */
  kills(): number;
  /** The share of the storm that is over, from 0 to 1. */
  tell(share: number): void;
  /** Ends it. Every process runs then. */
  end(): Promise<void>;
}

/** Kills a random process every few seconds and starts it again, and restarts the database as the storm goes on. */
export function startHarm(
  processes: readonly AppProcess[],
  server: PostgresServer | null,
  killEveryMs: number,
  random: () => number,
): Harm {
  const stop = new AbortController();
  const state = { kills: 0, progress: 0 };
  const killing = (async () => {
    for (;;) {
      await delay(killEveryMs * (0.5 + random()), undefined, { signal: stop.signal }).catch(() => {});
      if (stop.signal.aborted) return;
      const victim = pick(processes, random);
      await victim.kill();
      state.kills += 1;
      await delay(200 + random() * 800);
      // The database may be away just now: its supervisor tries until it is back.
      await startUntilUp(victim);
    }
  })();
  const restarting = (async () => {
    if (!server) return;
    for (const due of RESTARTS_OF_THE_DATABASE) {
      while (!stop.signal.aborted && state.progress < due) await delay(250);
      if (stop.signal.aborted) return;
      await server.pause();
      await delay(2_000);
      await server.resume();
    }
  })();
  return {
    kills: () => state.kills,
    tell(share: number) {
      state.progress = share;
    },
    async end() {
      stop.abort();
      await Promise.all([killing, restarting]);
    },
  };
}

async function startUntilUp(each: AppProcess): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await each.start();
    } catch (error) {
      if (attempt === 10) throw error;
      await delay(500);
    }
  }
}
