import { matchesGlob } from "node:path/posix";
import type { NotRead } from "../model/changed-file.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Inspection } from "../model/inspection.ts";
import type { Operation } from "../model/operation.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { Policy } from "../model/policy.ts";
import type { PullRequest } from "../model/pull-request.ts";
import type { Rule } from "../rubrics/rule.ts";
import { languageOf } from "./classify-file.ts";
import { findSuppressions, type Suppression } from "./find-suppressions.ts";
import { findOperations } from "./find-operations.ts";
import { fingerprintAll } from "./fingerprint-findings.ts";
import { notReadLanguages, unreadable } from "./name-unread-files.ts";
import { judgePromises } from "./promises/judge-promises.ts";
import { readPromises } from "./promises/read-promise.ts";
import { observeCode, type Observation } from "./promises/observe-code.ts";
import { observeSettings } from "./promises/observe-settings.ts";
import { readChanges, type Change } from "./read-change.ts";
import { runRules, type RuleFailure, type Sighting } from "./run-rules.ts";
import { sayOnce } from "./say-once.ts";
import { selectSightings, type Selected } from "./select-sightings.ts";
import { openSourceFiles, type SourceFiles } from "./source-files.ts";

/** One finding before it has its fingerprint. */
interface Draft {
  readonly order: number;
  readonly sighting: Sighting;
  readonly finding: Omit<Finding, "fingerprint">;
}

/**
 * Reads the changed code and says what breaks which requirement. Pure: the same pull request gives the same bytes.
 * Never throws on hostile code; a rule that fails becomes one undetermined finding that names it.
 * `beforeFile` is told each path before it is read, so that a caller with a deadline knows where it ran out.
 */
export function inspectPullRequest(
  pullRequest: PullRequest,
  items: readonly PlanItem[],
  rules: readonly Rule[],
  beforeFile: (path: string) => void = () => {},
): Inspection {
  const active = activeRules(rules, pullRequest.policy);
  const changes = readChanges(
    pullRequest.files.filter((file) => !isExcluded(file.path, pullRequest.policy)),
    pullRequest.manifests,
  );
  const files = openSourceFiles(pullRequest, changes);
  const isPromised = items.some((item) => item.counted && readPromises(item).length > 0);
  const notRead: NotRead[] = [...notReadLanguages(changes)];
  const drafts: Draft[] = [];
  const failures = new Map<Rule, { path: string; count: number; error: unknown }>();
  const operations: Operation[] = [];
  const observations: Observation[] = [];
  for (const change of changes) {
    if (change.file.status === "removed") continue;
    if (languageOf(change.file.path).kind !== "inspected") {
      operations.push(...findOperations(change, null));
      if (isPromised) observations.push(...observeSettings(change));
      continue;
    }
    beforeFile(change.file.path);
    const read = inspectFile(change, active, files, pullRequest.policy, isPromised);
    notRead.push(...read.notRead);
    drafts.push(...read.drafts);
    operations.push(...read.operations);
    observations.push(...read.observations);
    for (const { rule, error } of read.failures) {
      const known = failures.get(rule);
      failures.set(rule, known ? { ...known, count: known.count + 1 } : { path: change.file.path, count: 1, error });
    }
  }
  const findings = [...fingerprinted(drafts), ...[...failures].map(([rule, at]) => failureFinding(rule, at))];
  return { findings, notRead, operations, items: judgePromises(items, observations, changes, pullRequest.manifests) };
}

/** The same list where no rule is off: what is known about the list is kept by its identity. */
function activeRules(rules: readonly Rule[], { rules: settings }: Policy): readonly Rule[] {
  const off = Object.keys(settings).filter((id) => settings[id] === "off");
  return off.length > 0 ? rules.filter(({ id }) => !off.includes(id)) : rules;
}

function isExcluded(path: string, policy: Policy): boolean {
  return policy.paths.exclude.some((glob) => matchesGlob(path, glob));
}

const NO_SUPPRESSIONS: ReadonlyMap<number, readonly Suppression[]> = new Map();

interface FileReading {
  readonly drafts: readonly Draft[];
  readonly notRead: readonly NotRead[];
  readonly failures: readonly RuleFailure[];
  readonly operations: readonly Operation[];
  readonly observations: readonly Observation[];
}

function inspectFile(change: Change, rules: readonly Rule[], files: SourceFiles, policy: Policy, isPromised: boolean): FileReading {
  const nothing: FileReading = { drafts: [], notRead: [], failures: [], operations: [], observations: [] };
  const path = change.file.path;
  const isBackend = ["server", "script"].includes(change.role);
  if (change.head === null) {
    const isPureRename = change.file.patch === undefined && (change.file.additions ?? 1) + (change.file.deletions ?? 1) === 0;
    return isPureRename || !isBackend ? nothing : { ...nothing, notRead: [unreadable(path, "neither its text nor its changes are known")] };
  }
  if (!isBackend && !rules.some((rule) => rule.roles?.includes(change.role))) return nothing;
  try {
    const parsed = files.parseHead(change);
    if (!parsed) return nothing;
    const { sightings, failures } = runRules(rules, parsed.facts);
    const operations = isBackend ? findOperations(change, parsed.facts) : [];
    const observations = isBackend && isPromised ? observeCode(change, parsed.facts) : [];
    const selected = sightings.length === 0 ? [] : selectSightings(sightings, change, rules, files);
    const notRead =
      parsed.syntaxError && isBackend
        ? [unreadable(path, `line ${parsed.syntaxError.line} could not be parsed: ${parsed.syntaxError.message}`)]
        : [];
    const suppressions = selected.length === 0 ? NO_SUPPRESSIONS : findSuppressions(change.head);
    const drafts = sayOnce(selected.flatMap((s) => draft(s, change, rules, policy, suppressions)));
    return { drafts, notRead, failures, operations, observations };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ...nothing, notRead: [unreadable(path, "it is nested too deeply to be parsed")] };
  }
}

/** A finding, or none where it would only be advice on a file that may not be its author's to repair, or that only shows how something is used. */
function draft(
  { sighting, line, endLine, unsure }: Selected,
  change: Change,
  rules: readonly Rule[],
  policy: Policy,
  suppressions: ReadonlyMap<number, readonly Suppression[]>,
): readonly Draft[] {
  const { rule, problem } = sighting;
  const stated = settingOf(policy, rule) ?? problem.severity ?? rule.severity;
  if ((change.doubt !== null || change.adviceAtMost) && stated === "advisory") return [];
  const doubt = change.doubt ?? (unsure ? change.unseen : null);
  const severity = severityIn(change, stated, doubt);
  const suppression = suppressions.get(sighting.line)?.find((s) => s.rule === rule.id);
  const isSilenced = suppression !== undefined && (severity !== "blocking" || policy.suppressBlocking);
  const order = rules.indexOf(rule);
  const finding = {
    rule: rule.id,
    requirement: rule.requirement,
    severity,
    path: change.file.path,
    line,
    endLine,
    message:
      severity === "undetermined"
        ? `${withoutStop(problem.message)}; but ${doubt}, so it could not be told whether this counts`
        : problem.message,
    why: rule.why,
    fix: problem.fix ?? rule.fix,
    ...(isSilenced ? { suppressed: suppression.reason } : {}),
  };
  return [{ order, sighting, finding }];
}

/** As the rule says it, except where it may not hold against the author, and where a file's findings are advice at most. */
function severityIn(change: Change, stated: Severity, doubt: string | null): Severity {
  if (stated !== "blocking") return stated;
  if (doubt !== null) return "undetermined";
  return change.adviceAtMost ? "advisory" : stated;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}

function settingOf(policy: Policy, rule: Rule): Severity | null {
  const setting = policy.rules[rule.id];
  return setting === "blocking" || setting === "advisory" ? setting : null;
}

function fingerprinted(drafts: readonly Draft[]): readonly Finding[] {
  const ordered = drafts.toSorted(
    (a, b) => a.order - b.order || compare(a.finding.path, b.finding.path) || a.finding.line - b.finding.line,
  );
  const prints = fingerprintAll(ordered.map(({ sighting }) => ({ rule: sighting.rule.id, text: sighting.text, within: sighting.within })));
  return ordered.map(({ finding }, i) => ({ ...finding, fingerprint: prints[i] ?? "" }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function failureFinding(rule: Rule, at: { path: string; count: number; error: unknown }): Finding {
  const others = at.count > 1 ? ` and ${at.count - 1} more` : "";
  const reason = at.error instanceof Error ? at.error.name : "error";
  return {
    rule: rule.id,
    requirement: rule.requirement,
    severity: "undetermined",
    path: at.path,
    line: 1,
    endLine: 1,
    message: `The rule \`${rule.id}\` failed on this file${others} (${reason}), so it could not tell.`,
    why: "A rule that fails has not looked, and not having looked is not a pass.",
    fix: "Report this as a fault of the reviewer; a re-check after its repair settles it.",
    fingerprint: fingerprintAll([{ rule: rule.id, text: "rule failed", within: at.path }])[0] ?? "",
  };
}
