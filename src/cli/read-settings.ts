import { BadInput } from "../fetch/bad-input.ts";
import type { ChosenPolicy } from "../fetch/from-json.ts";
import { DEFAULT_POLICY } from "../model/policy.ts";
import { KNOWN_RULES } from "./known-rules.ts";
import { readText } from "./read-text.ts";
import type { Format, SettingOptions } from "./setting-options.ts";

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

/** The policy of a repository that has none. */
export const NO_POLICY: ChosenPolicy = { policy: DEFAULT_POLICY, origin: "default", problems: [] };

async function loadPolicy(path: string): Promise<ChosenPolicy> {
  const text = await readText(path, "--policy", MAX_POLICY_BYTES);
  const { parsePolicy } = await import("../policy/parse-policy.ts"); // loaded where it is needed: most runs name no policy
  const { policy, problems } = parsePolicy(text, path, KNOWN_RULES);
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
