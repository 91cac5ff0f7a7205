import type { Inspection } from "../model/inspection.ts";
import { type Block, type Mark, mark, prose, strong } from "./document.ts";
import { findingList, findingsSummary } from "./finding-blocks.ts";
import { LIMITS } from "./limits.ts";
import { notReadBlocks, notReadDetails } from "./not-read-blocks.ts";
import { isBlocking } from "./severity.ts";
import { writeMarkdown } from "./write-markdown.ts";
import { type TerminalOptions, writeTerminal } from "./write-terminal.ts";

/** What `inspect PATH` gives: code read alone. */
export type InspectionReport = Pick<Inspection, "findings" | "notRead">;

/** Findings of code read alone, for a terminal. */
export function renderInspectionTerminal(report: InspectionReport, options: TerminalOptions): string {
  return writeTerminal(inspectionBlocks(report), options);
}

/** Findings of code read alone, as Markdown. */
export function renderInspectionMarkdown(report: InspectionReport): string {
  return `${writeMarkdown(inspectionBlocks(report), LIMITS.checkTextBytes)}\n`;
}

function inspectionBlocks({ findings, notRead }: InspectionReport): readonly Block[] {
  const blocking = findings.some(isBlocking);
  const sign: Mark = blocking ? "✗" : findings.length > 0 || notRead.length > 0 ? "·" : "✓";
  const summary = findings.length === 0 ? "No findings." : `${findingsSummary(findings)}.`;
  return [
    { kind: "paragraph", line: [mark(sign), prose(" "), strong(summary)] },
    ...findingList(findings, { shortfalls: [] }),
    ...notReadBlocks(notRead),
    ...notReadDetails(notRead),
  ];
}
