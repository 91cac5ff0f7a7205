import type { Log, ReportingDescriptor, Result, Run, Suppression } from "sarif";
import type { NotRead } from "../model/changed-file.ts";
import type { Finding } from "../model/finding.ts";
import type { Review } from "../model/review.ts";
import { cleanLine } from "./neutralise.ts";
import { acceptedTitle } from "./check-title.ts";
import { acceptedBy } from "./severity.ts";

/** What the report says about us. */
export interface SarifTool {
  readonly name: string;
  readonly version: string;
  /** Web address of the tool. */
  readonly informationUri: string;
  /** Web address of a rule's page. */
  readonly helpUri: (rule: string) => string;
}

/** What SARIF is made from: a review, or what reading code alone gave. */
export type SarifInput = Pick<Review, "findings" | "notRead"> & Partial<Pick<Review, "shortfalls" | "acceptance">>;

const LEVELS = { blocking: "error", advisory: "warning", undetermined: "note" } as const;

/**
 * Findings as SARIF 2.1.0 (OASIS), in one run: rules with their help pages, levels, fingerprints that
 * survive moved lines, and accepted or silenced findings as suppressions. What was not read is a
 * notification of the run.
 */
export function renderSarif(inputs: readonly SarifInput[], tool: SarifTool): Log {
  const findings = inputs.flatMap((input) => input.findings);
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()].toSorted((left, right) =>
    left.rule < right.rule ? -1 : 1,
  );
  const ruleIndex = new Map(rules.map((finding, index) => [finding.rule, index]));
  const run: Run = {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        informationUri: tool.informationUri,
        rules: rules.map((finding) => ruleOf(finding, tool)),
      },
    },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { SRCROOT: { description: { text: "The root of the repository" } } },
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: inputs.flatMap((input) => input.notRead.map(notification)) }],
    results: inputs.flatMap((input) => input.findings.map((finding) => resultOf(finding, ruleIndex.get(finding.rule) ?? 0, input))),
  };
  return {
    version: "2.1.0",
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    runs: [run],
  };
}

function ruleOf(finding: Finding, tool: SarifTool): ReportingDescriptor {
  return {
    id: finding.rule,
    name: finding.rule.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: finding.rule.replaceAll("-", " ") },
    ...(finding.why === "" ? {} : { fullDescription: { text: cleanLine(finding.why) } }),
    ...(finding.fix === "" ? {} : { help: { text: cleanLine(finding.fix) } }),
    helpUri: tool.helpUri(finding.rule),
    defaultConfiguration: { level: LEVELS[finding.severity] },
    properties: { tags: [finding.requirement] },
  };
}

function resultOf(finding: Finding, ruleIndex: number, input: SarifInput): Result {
  const startLine = Math.max(1, finding.line);
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: LEVELS[finding.severity],
    message: {
      text: [finding.message, finding.why, finding.fix]
        .map(cleanLine)
        .filter((part) => part !== "")
        .join("\n"),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: pathUri(finding.path), uriBaseId: "SRCROOT" },
          region: { startLine, endLine: Math.max(startLine, finding.endLine) },
        },
      },
    ],
    partialFingerprints: { "backendReliability/v1": finding.fingerprint },
    suppressions: suppressionsOf(finding, input),
    properties: { severity: finding.severity, requirement: finding.requirement },
  };
}

function suppressionsOf(finding: Finding, input: SarifInput): Suppression[] {
  const signer = acceptedBy(finding, { shortfalls: input.shortfalls ?? [] });
  return [
    ...(finding.suppressed === undefined
      ? []
      : [{ kind: "inSource" as const, status: "accepted" as const, justification: cleanLine(finding.suppressed) }]),
    ...(signer === null
      ? []
      : [
          {
            kind: "external" as const,
            status: "accepted" as const,
            justification: input.acceptance ? acceptedTitle(input.acceptance) : `Accepted by ${cleanLine(signer)}`,
          },
        ]),
  ];
}

function notification(file: NotRead) {
  return {
    level: file.undetermined ? ("warning" as const) : ("note" as const),
    message: { text: `${cleanLine(file.path)}: ${cleanLine(file.reason)}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: pathUri(file.path), uriBaseId: "SRCROOT" } } }],
  };
}

/** A path as a relative URI reference: every segment percent-encoded, lone surrogates replaced first. */
function pathUri(path: string): string {
  return path
    .toWellFormed()
    .split("/")
    .map((segment) => encodeURIComponent(segment))
    .join("/");
}
