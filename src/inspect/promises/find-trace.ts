import type { PlanItem } from "../../model/plan-item.ts";
import type { Manifest } from "../../model/pull-request.ts";
import type { RequirementId } from "../../model/requirement-id.ts";
import type { Change } from "../read-change.ts";

/** Where something that an item names stands in the change; `path` alone for a manifest. */
export interface Trace {
  readonly path: string;
  readonly line?: number;
}

/** Words by which code shows that it speaks about a requirement, for items that name no tool. */
const WORDS: Partial<Record<RequirementId, RegExp>> = {
  "circuit-breaker": /breaker/i,
  "retry-backoff": /retr(?:y|ies)|backoff|attempts/i,
  timeouts: /timeout|AbortSignal|deadline/i,
  "graceful-degradation": /fallback|degrad|allSettled|stale/i,
  "health-checks": /health|readiness|liveness|readyz/i,
  "error-handling": /\bcatch\b|errorHandler|onError/i,
  "correlation-ids": /correlation|request-?id|trace-?id/i,
  "structured-logging": /logger|\blog\.\w+\(/i,
  "error-responses": /status\(|statusCode|HttpException|reply\.code/i,
  "error-metrics": /counter|metrics?|captureException/i,
  "input-validation": /schema|validat|\.parse\(|\.safeParse\(/i,
  transactions: /transaction|BEGIN\b/i,
  idempotency: /idempoten|dedup/i,
  "data-retention": /retention|purge|deletedAt|deleted_at|expire/i,
  "audit-trail": /audit/i,
  authentication: /auth|jwt|session|bearer/i,
  authorization: /role|permission|authori[sz]|guard|ownerId|tenant/i,
  "input-sanitization": /saniti[sz]|escape|parameteri[sz]|\$1/i,
  encryption: /encrypt|cipher|bcrypt|argon|tls|https/i,
  "rate-limiting": /rate-?limit|throttl/i,
  "log-levels": /\.(?:info|warn|error|debug)\(/i,
  "key-metrics": /histogram|counter|gauge|metrics?/i,
  "distributed-tracing": /trace|span|opentelemetry|otel/i,
  "dashboards-alerts": /alert|dashboard|grafana|pagerduty|slo\b/i,
  runbook: /runbook|playbook/i,
};

/** The text that the change added, line by line, in every file that is not prose. */
export interface AddedText {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  /** Lower case letters and digits alone, to look for tool names in. */
  readonly letters: string;
}

const IMPORT = /^\s*(?:import\b|export\b[^=]*\bfrom\b|(?:const|let|var)\b[^=]*=\s*require\()/;

/** Lines looked at: the first of a change that is larger. */
const MOST_LINES = 20_000;

/** Added lines of all files but Markdown and text: a plan repeated in prose proves nothing. */
export function addedText(changes: readonly Change[]): readonly AddedText[] {
  const lines = changes.flatMap((change) => {
    const isProse = /\.(?:md|mdx|txt|rst|adoc)$/i.test(change.file.path) && !/runbook|playbook/i.test(change.file.path);
    if (change.head === null || isProse) return [];
    const text = change.head.split("\n");
    const numbers = change.wholeFile ? text.map((_, i) => i + 1) : [...change.added];
    return numbers.slice(0, MOST_LINES).map((line) => ({ path: change.file.path, line, text: (text[line - 1] ?? "").slice(0, 1000) }));
  });
  return lines.slice(0, MOST_LINES).map((line) => ({ ...line, letters: normal(line.text) }));
}

/** The first place where an item's tool (or, without one, its requirement's words) stands in added lines or a manifest; null when there is none. */
export function findTrace(item: PlanItem, added: readonly AddedText[], manifests: readonly Manifest[]): Trace | null {
  const tools = item.tools.map(normal).filter((tool) => tool.length > 1);
  for (const tool of tools) {
    const named = added.filter((a) => a.letters.includes(tool));
    // Where it is used says more than where it is imported.
    const line = named.find(({ text }) => !IMPORT.test(text)) ?? named[0];
    if (line) return { path: line.path, line: line.line };
    const manifest = manifests.find((m) => normal(m.text).includes(tool));
    if (manifest) return { path: manifest.path };
  }
  const words = item.requirement === null ? undefined : WORDS[item.requirement];
  if (!words || (tools.length > 0 && !isGeneric(item))) return null;
  const line = added.find((a) => words.test(a.text) || words.test(a.path));
  return line ? { path: line.path, line: line.line } : null;
}

/** Tools that leave no name in code: services around the process. */
function isGeneric(item: PlanItem): boolean {
  return (
    item.requirement === "dashboards-alerts" ||
    item.requirement === "runbook" ||
    item.requirement === "error-responses" ||
    item.requirement === "error-handling"
  );
}

function normal(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
