import { type Command, InvalidArgumentError, Option } from "commander";
import { BadInput } from "../fetch/bad-input.ts";
import type { ChosenPolicy } from "../fetch/from-json.ts";
import { parseInstant } from "../fetch/parse-instant.ts";
import { DEFAULT_POLICY } from "../model/policy.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { backendReliabilityRules } from "../rubrics/backend-reliability/rules.ts";
import { readText } from "./read-text.ts";

const FORMATS = ["text", "json", "markdown", "sarif"] as const;

/** How a result is written. */
export type Format = (typeof FORMATS)[number];

/** What the caller wrote for the options that every command has. */
export interface SettingOptions {
  readonly policy?: string;
  readonly now?: string;
  readonly format?: Format;
}

/** The options that every command has, read. */
export interface Settings {
  /** ISO 8601 UTC: `--now`, else the clock at the start. */
  readonly now: string;
  /** true when `--now` was given. */
  readonly fixedNow: boolean;
  /** null when `--policy` was not given. */
  readonly policy: ChosenPolicy | null;
  readonly format: Format;
}

/** A policy over 64 KB is refused (product description, section 10). */
const MAX_POLICY_BYTES = 65_536;

/** Ids of every rule; a policy that names another has a mistake. */
export const KNOWN_RULES: readonly string[] = backendReliabilityRules.map(({ id }) => id);

/** The policy of a repository that has none. */
export const NO_POLICY: ChosenPolicy = { policy: DEFAULT_POLICY, origin: "default", problems: [] };

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

async function loadPolicy(path: string): Promise<ChosenPolicy> {
  const { policy, problems } = parsePolicy(await readText(path, "--policy", MAX_POLICY_BYTES), path, KNOWN_RULES);
  const [problem] = problems;
  if (problem) throw new BadInput(`--policy ${problem.path}:${problem.line}:${problem.column}: ${problem.message}`);
  return { policy, origin: path, problems: [] };
}

/**
 * Reads the options that every command has. `implied` is the format of a command that writes lines for
 * programs; another one asked for beside it is refused. Throws BadInput.
 */
export async function readSettings(options: SettingOptions, implied?: "json"): Promise<Settings> {
  if (implied && options.format !== undefined && options.format !== implied)
    throw new BadInput(`--format ${options.format}: expected json, which a line for each record implies`);
  return {
    now: options.now ?? new Date().toISOString(),
    fixedNow: options.now !== undefined,
    policy: options.policy === undefined ? null : await loadPolicy(options.policy),
    format: implied ?? options.format ?? "text",
  };
}
