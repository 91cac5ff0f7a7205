import { type Command, InvalidArgumentError, Option } from "commander";
import { parseInstant } from "../fetch/parse-instant.ts";

const FORMATS = ["text", "json", "markdown", "sarif"] as const;

/** How a result is written. */
export type Format = (typeof FORMATS)[number];

/** What the caller wrote for the options that every command has. */
export interface SettingOptions {
  readonly policy?: string;
  /** ISO 8601 UTC. */
  readonly now?: string;
  readonly format?: Format;
}

function parseNow(text: string): string {
  const instant = parseInstant(text);
  if (instant === null) throw new InvalidArgumentError("Expected an instant such as 2026-01-31T12:00:00Z.");
  return instant;
}

/** Adds the options that every command has. */
export function addSettings(command: Command): Command {
  return command
    .option("--policy <file>", "policy file in place of the repository's own")
    .option("--now <instant>", "ISO 8601 instant that stands for now", parseNow)
    .addOption(new Option("--format <format>", "how the result is written (default: text)").choices(FORMATS));
}
