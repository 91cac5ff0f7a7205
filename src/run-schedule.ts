import type { RoundClaims } from "./database/round-store.ts";
import type { RoundName } from "./model/job.ts";
import type { Logger } from "./telemetry/logger.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How often it is looked whether a round is due. */
const LOOK_MS = 10_000;
/** A process that starts makes a round of recovery, unless there was one just now: several may start together. */
const START_PAUSE_MS = 60_000;

export interface ScheduleOptions {
  readonly rounds: RoundClaims;
  readonly now: () => Date;
  readonly log: Logger;
  /** How often missed deliveries and heads without a run are looked for. */
  readonly recoveryIntervalMs: number;
}

/**
 * Begins each kind of scheduled work when it is due, now and from now on. Several processes may run this: the database lets
 * one of them begin a round, and the queue does it. Returns what stops it.
 */
export async function runSchedule(options: ScheduleOptions): Promise<() => void> {
  const { recoveryIntervalMs } = options;
  await look(options, Math.min(START_PAUSE_MS, recoveryIntervalMs));
  const timer = setInterval(() => void look(options, recoveryIntervalMs), Math.min(LOOK_MS, recoveryIntervalMs / 2));
  return () => clearInterval(timer);
}

/** Never rejects: a database that is away now is asked again at the next look. */
async function look({ rounds, now, log }: ScheduleOptions, recoveryPauseMs: number): Promise<void> {
  const at = now();
  const before = (ms: number) => new Date(at.getTime() - ms).toISOString();
  const due: Readonly<Record<RoundName, string>> = {
    redeliver: before(recoveryPauseMs),
    sweep: before(recoveryPauseMs),
    discover: before(DAY_MS),
    forget: before(DAY_MS),
    // What runs out does so at midnight UTC.
    expiry: `${at.toISOString().slice(0, 10)}T00:00:00.000Z`,
  };
  try {
    for (const [round, notSince] of Object.entries(due)) await rounds.claimRound(round as RoundName, at.toISOString(), notSince); // a key of `due`
  } catch (error) {
    log.error({ err: error }, "scheduled work could not be begun");
  }
}
