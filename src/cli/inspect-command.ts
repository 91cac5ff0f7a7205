import type { Command } from "commander";
import { addSettings, type SettingOptions } from "./setting-options.ts";
import { warmInspector } from "./with-inspector.ts";

/** `inspect`: the rules alone, over files and folders, every line as if it had just been written. */
export function addInspectCommand(program: Command): void {
  const command = program.command("inspect").description("inspect files and folders; every line counts as changed");
  addSettings(command.argument("<path...>", "files and folders")).action(async (paths: string[], options: SettingOptions) => {
    warmInspector();
    const { runInspect } = await import("./run-inspect.ts");
    process.exitCode = await runInspect(paths, options);
  });
}
