import { readCodebases } from "../fetch/from-files.ts";
import { stepBack } from "../judge/step-back.ts";
import type { NotRead } from "../model/changed-file.ts";
import type { Finding } from "../model/finding.ts";
import { renderInspectionMarkdown, type InspectionReport, renderInspectionTerminal } from "../render/inspection-report.ts";
import { renderSarif } from "../render/sarif.ts";
import { isBlocking } from "../render/severity.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { SARIF_TOOL, terminalOptions } from "./output-style.ts";
import { startProgress } from "./progress.ts";
import { renderJson } from "./render-json.ts";
import { KNOWN_RULES } from "./known-rules.ts";
import { NO_POLICY, readSettings, type Settings } from "./read-settings.ts";
import type { Format, SettingOptions } from "./setting-options.ts";
import { withInspector } from "./with-inspector.ts";
import { writeOut } from "./write-out.ts";

/** Catalogue order, then path, then line, over all codebases as within one. */
function compareFindings(one: Finding, other: Finding): number {
  const order = KNOWN_RULES.indexOf(one.rule) - KNOWN_RULES.indexOf(other.rule);
  if (order !== 0) return order;
  return one.path === other.path ? one.line - other.line : one.path < other.path ? -1 : 1;
}

function inspectPaths(paths: readonly string[], settings: Settings): Promise<InspectionReport> {
  const findings: Finding[] = [];
  const notRead: NotRead[] = [];
  const progress = startProgress("Inspecting", "codebases");
  return withInspector(async (inspector) => {
    for await (const snapshot of readCodebases(paths, { now: settings.now, policy: settings.policy ?? NO_POLICY })) {
      const inspection = await inspector.inspect(snapshot, []);
      findings.push(...inspection.findings);
      notRead.push(...snapshot.notRead, ...inspection.notRead);
      progress.count();
    }
    progress.end();
    return { findings: stepBack(findings).toSorted(compareFindings), notRead };
  });
}

function renderInspection(report: InspectionReport, format: Format): string {
  switch (format) {
    case "json":
      return renderJson(report);
    case "markdown":
      return renderInspectionMarkdown(report);
    case "sarif":
      return renderJson(renderSarif([report], SARIF_TOOL));
    case "text":
      return renderInspectionTerminal(report, terminalOptions());
  }
}

function exitCodeOfReport({ findings, notRead }: InspectionReport): ExitCode {
  if (findings.some(isBlocking)) return EXIT.blocked;
  const isUnsure = findings.some(({ severity }) => severity === "undetermined") || notRead.some(({ undetermined }) => undetermined);
  return isUnsure ? EXIT.undetermined : EXIT.passed;
}

/** Inspects files and folders and writes what was found. Returns 1 only for blocking findings. Throws BadInput. */
export async function runInspect(paths: readonly string[], options: SettingOptions): Promise<ExitCode> {
  const settings = await readSettings(options);
  const report = await inspectPaths(paths, settings);
  await writeOut(renderInspection(report, settings.format));
  return exitCodeOfReport(report);
}
