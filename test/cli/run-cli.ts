import { spawn } from "node:child_process";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

/** What a run of the command line left behind. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a run is started. */
export interface CliOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The bin, as the package installs it. */
export const CLI = join(import.meta.dirname, "../../src/cli/main.ts");

/** The environment of a run: that of the tests, without what would change the output. */
export function cliEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const quiet = Object.entries(process.env).filter(([name]) => !/^(?:GITHUB_|NO_COLOR|FORCE_COLOR|NODE_OPTIONS|VITEST)/.test(name));
  return { ...Object.fromEntries(quiet), ...extra };
}

/** Runs the real command as a child process. */
export async function runCli(args: readonly string[], { input = "", cwd, env }: CliOptions = {}): Promise<CliRun> {
  const child = spawn(process.execPath, [CLI, ...args], { env: cliEnvironment(env), ...(cwd !== undefined && { cwd }) });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  const [stdout, stderr, code] = await Promise.all([buffer(child.stdout), buffer(child.stderr), ended]);
  return { code, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8") };
}
