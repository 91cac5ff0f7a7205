import { constants, setPriority } from "node:os";
import { run } from "probot";
import { readEnvironment } from "./environment.ts";
import { type RunningApp, startApp } from "./start-app.ts";
import { createLogger, type Logger } from "./telemetry/logger.ts";

/** What a stop takes beyond the time for running reviews: ending requests, threads and connections. */
const CLOSING_MS = 10_000;

/** Ends the process when it is asked to: in good order, and by force when that takes longer than it may. */
function endOnSignal(app: RunningApp, drainTimeoutMs: number, log: Logger): void {
  const end = (signal: string) => {
    log.info({ signal }, "stopping: running reviews may end");
    setTimeout(() => {
      log.fatal("the stop took too long; what ran goes back in line");
      process.exit(1);
    }, drainTimeoutMs + CLOSING_MS).unref();
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: error }, "the stop failed");
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", () => end("SIGTERM"));
  process.once("SIGINT", () => end("SIGINT"));
}

async function main(): Promise<void> {
  const reading = readEnvironment(process.env);
  if (reading.kind === "not-set-up") {
    // Probot's set-up page registers the app from app.yml and writes .env; then it wants a restart.
    await run(() => {}, { env: process.env });
    return;
  }
  if (reading.kind === "refused") {
    for (const mistake of reading.mistakes) process.stderr.write(`${mistake}\n`);
    process.exitCode = 1;
    return;
  }
  const { environment } = reading;
  const log = createLogger(environment.logLevel);
  // GitHub waits ten seconds for an answer, an author of a pull request minutes: where both share a machine, webhooks go first.
  if (environment.role === "worker") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  try {
    endOnSignal(await startApp(environment, log), environment.drainTimeoutMs, log);
  } catch (error) {
    log.fatal({ err: error }, "could not start");
    process.exit(1);
  }
}

if (import.meta.main) await main();
