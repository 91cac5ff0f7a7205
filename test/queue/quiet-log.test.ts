import pino from "pino";
import { expect, it } from "vitest";
import { createQuietLog } from "../../src/queue/quiet-log.ts";

it("says the same error once in ten seconds, and then how many it kept back", () => {
  const lines: { msg: string; keptBack?: number }[] = [];
  let now = 0;
  const logError = createQuietLog(pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) }), () => now);
  const refused = (worker: number) => ({ message: `connect ECONNREFUSED (Queue: jobs, Worker: ${worker})` });
  logError(refused(1), "the queue reported an error");
  logError(refused(2), "the queue reported an error");
  logError(new Error("another"), "the queue reported an error");
  now = 9_999;
  logError(refused(1), "the queue reported an error");
  now = 10_000;
  logError(refused(1), "the queue reported an error");
  logError(refused(1), "the queue reported an error");
  expect(lines.map((line) => line.keptBack ?? 0)).toEqual([0, 0, 2]);
});
