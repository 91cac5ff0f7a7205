import { Command } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { addInspectCommand } from "./inspect-command.ts";
import { oneLine } from "./one-line.ts";
import { addPlanCommand } from "./plan-command.ts";
import { addReviewCommand } from "./review-command.ts";

const AFTER_HELP = `
Exit codes: 0 passed, not applicable, observed or risk accepted; 1 blocked; 2 bad usage or bad input; 3 undetermined.`;

/** The whole command line. Throws CommanderError where it would end the process, so that one place decides on the exit code. */
export function buildProgram(): Command {
  const program = new Command("backend-reliability-enforcer")
    .description("Holds backend pull requests to a reliability plan, and the diff to the plan.")
    .version(packageJson.version)
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: (text, write) => write(`${oneLine(text)}\n`) })
    .addHelpText("after", AFTER_HELP);
  addReviewCommand(program);
  addPlanCommand(program);
  addInspectCommand(program);
  return program;
}
