import type { Job } from "../../../src/model/job.ts";

/** A runner that notes every job it is given and ends each when it is told to. */
export function createHeldRunner() {
  const started: Job[] = [];
  const ends: ((error?: Error) => void)[] = [];
  return {
    started,
    run: (job: Job) =>
      new Promise<void>((resolve, reject) => {
        started.push(job);
        ends.push((error) => (error ? reject(error) : resolve()));
      }),
    end: (index: number, error?: Error) => ends[index]?.(error),
  };
}
