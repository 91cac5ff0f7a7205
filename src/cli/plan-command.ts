import type { Command } from "commander";
import type { PlanOptions } from "./run-plan.ts";
import { addSettings } from "./setting-options.ts";

/** `plan`: a description, or plan items one by one, without a diff. */
export function addPlanCommand(program: Command): void {
  const command = program.command("plan").description("grade a description alone").argument("<file>", "the description; - reads stdin");
  addSettings(command)
    .option("--items", "FILE holds a plan item a line, as JSON; each is judged alone, a line on stdout")
    .action(async (path: string, options: PlanOptions) => {
      const { runPlan, runPlanItems } = await import("./run-plan.ts");
      process.exitCode = options.items ? await runPlanItems(path, options) : await runPlan(path, options);
    });
}
