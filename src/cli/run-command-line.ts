import { BadInput } from "../fetch/bad-input.ts";
import { buildProgram } from "./build-program.ts";
import type { ExitCode } from "./exit-code.ts";
import { reportFailure } from "./report-failure.ts";
import { endQuietlyOnClosedPipe } from "./write-out.ts";

/**
 * Runs the command line on the process's own streams. The exit code is set, not forced: what was written is
 * flushed before the process ends by itself.
 */
export async function runCommandLine(): Promise<void> {
  endQuietlyOnClosedPipe();
  const fail = (error: unknown): ExitCode => (process.exitCode = reportFailure(error));
  process.on("uncaughtException", (error) => process.exit(fail(error)));
  try {
    if (process.argv.length <= 2) throw new BadInput("expected a command: review, plan or inspect; --help says more");
    await buildProgram().parseAsync();
  } catch (error) {
    fail(error);
  }
}
