import packageJson from "../../package.json" with { type: "json" };
import { HOMEPAGE, rulePageOf } from "../render/rule-page.ts";
import type { SarifTool } from "../render/sarif.ts";
import type { TerminalOptions } from "../render/write-terminal.ts";

const WIDEST = 120;

/** How stdout wants its text: colour and width of a terminal, neither for a pipe or a file. */
export function terminalOptions(): TerminalOptions {
  const isTerminal = process.stdout.isTTY === true;
  // no-color.org: any value that is not empty; FORCE_COLOR as in supports-color.
  const isForced = process.env.FORCE_COLOR !== undefined && process.env.FORCE_COLOR !== "0";
  const colour = process.env.NO_COLOR ? false : isForced || isTerminal;
  return { colour, columns: isTerminal ? Math.min(process.stdout.columns || 80, WIDEST) : 80 };
}

/** What SARIF says about us. */
export const SARIF_TOOL: SarifTool = {
  name: packageJson.name,
  version: packageJson.version,
  informationUri: HOMEPAGE,
  helpUri: (rule) => rulePageOf(rule) ?? HOMEPAGE,
};
