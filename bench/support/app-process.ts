import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const START_TIMEOUT_MS = 90_000;

/** A real process of the app, which may be killed and is started again. */
export interface AppProcess {
  readonly name: string;
  readonly url: string;
  /** Process id of the one that runs now; null between two. */
  readonly pid: () => number | null;
  /** Starts it and waits until it answers /health. Rejects after 90 seconds. */
  start(): Promise<void>;
  /** Ends it at once, as a lack of memory would. */
  kill(): Promise<void>;
  /** Asks it to stop (SIGTERM) and waits. Returns its exit code. */
  stop(): Promise<number | null>;
}

/** A process with these variables that listens on `port` of loopback; its log is appended to a file. */
export function createAppProcess(name: string, port: number, variables: Readonly<Record<string, string>>, logPath: string): AppProcess {
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals) => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return running?.exitCode ?? null;
    running.kill(signal);
    await once(running, "exit");
    return running.exitCode;
  };
  return {
    name,
    url,
    pid: () => child?.pid ?? null,
    async start() {
      const log = openSync(logPath, "a");
      const { PATH = "" } = process.env;
      const env = { PATH, ...variables, HOST: "127.0.0.1", PORT: String(port) };
      const started = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", log, log] });
      closeSync(log);
      child = started;
      const until = Date.now() + START_TIMEOUT_MS;
      while (!(await isHealthy(url))) {
        if (child !== started) return;
        if (started.exitCode !== null) throw new Error(`${name} ended with ${started.exitCode} at its start: see ${logPath}`);
        if (Date.now() > until) throw new Error(`${name} did not answer within ${START_TIMEOUT_MS / 1000} s`);
        await delay(50);
      }
    },
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
  };
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.ok,
    () => false,
  );
}
