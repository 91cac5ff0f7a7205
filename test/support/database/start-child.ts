import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { DatabaseOptions } from "../../../src/database/open-database.ts";
import { waitUntil } from "../wait-until.ts";

/** A process that has opened a database, or failed to. */
export interface Child {
  /** The lines it has written so far. */
  readonly lines: readonly string[];
  readonly errors: () => string;
  readonly exitCode: () => number | null;
  waitForLine(line: string, timeoutMs?: number): Promise<void>;
  waitForExit(timeoutMs?: number): Promise<void>;
  /** Ends it at once, as a lack of memory or of power would (SIGKILL), and waits until it is gone. */
  kill(): Promise<void>;
}

function argumentsOf(options: DatabaseOptions): string[] {
  if ("url" in options) return ["--url", options.url];
  if ("dataDir" in options) return ["--data-dir", options.dataDir];
  throw new Error("a database in memory belongs to one process");
}

function observe(child: ChildProcess): Child {
  const lines: string[] = [];
  let output = "";
  let errors = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    const parts = (output + chunk.toString()).split("\n");
    output = parts.pop() ?? "";
    lines.push(...parts);
  });
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  return {
    lines,
    errors: () => errors,
    exitCode: () => child.exitCode,
    async waitForLine(line, timeoutMs = 40_000) {
      await waitUntil(() => lines.includes(line) || hasExited(), timeoutMs);
      if (!lines.includes(line)) throw new Error(`the process ended without "${line}": ${errors}`);
    },
    waitForExit: (timeoutMs = 40_000) => waitUntil(hasExited, timeoutMs),
    async kill() {
      if (hasExited()) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

/** Starts a process that opens the database and its queue, and, with `work`, does jobs; with `hold`, without ever ending one. */
export function startChild(options: DatabaseOptions, mode: readonly ("--work" | "--hold")[] = []): Child {
  const script = join(import.meta.dirname, "open-in-child.ts");
  return observe(spawn(process.execPath, [script, ...argumentsOf(options), ...mode], { stdio: ["ignore", "pipe", "pipe"] }));
}
