import { CommanderError } from "commander";
import { BadInput } from "../fetch/bad-input.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { oneLine } from "./one-line.ts";

/**
 * Says on stderr, in one line, why there is no result, and returns the exit code: 2 when the input is wrong,
 * 3 when the fault is ours or GitHub's, for then nothing was found out. Help that was asked for is no failure.
 */
export function reportFailure(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    // Commander has written its own line by now.
    return error.code === "commander.helpDisplayed" || error.code === "commander.version" ? EXIT.passed : EXIT.badInput;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`error: ${oneLine(error instanceof BadInput ? message : `could not look: ${message}`)}\n`);
  return error instanceof BadInput ? EXIT.badInput : EXIT.undetermined;
}
