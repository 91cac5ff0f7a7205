import { expect, test } from "vitest";
import { inspectPullRequest } from "../../../src/inspect/inspect-pull-request.ts";
import type { PlanItem } from "../../../src/model/plan-item.ts";
import type { RequirementId } from "../../../src/model/requirement-id.ts";
import { buildPullRequest } from "../../support/build-pull-request.ts";

function promiseIn(text: string, requirement: RequirementId, files: Readonly<Record<string, string>>) {
  const item: PlanItem = {
    line: 1,
    section: null,
    text,
    requirement,
    done: true,
    counted: true,
    numbers: [],
    tools: [],
    outcome: null,
    specific: true,
    missing: [],
    unsure: [],
  };
  const changed = Object.entries(files).map(([path, content]) => ({ path, status: "added" as const, content }));
  return inspectPullRequest(buildPullRequest(changed), [item], []).items[0]?.promise;
}

const LEDGER = "Calls to the ledger time out after 4s";
const LOGS = "CloudWatch logs of the gateway are kept 30 days";
const group = (days: number) => `resource "aws_cloudwatch_log_group" "gateway" {\n  name = "/gateway"\n  retention_in_days = ${days}\n}\n`;

test.each<[string, string, RequirementId, Readonly<Record<string, string>>, string, number?]>([
  ["an environment file", LEDGER, "timeouts", { ".env.example": "PORT=80\nLEDGER_TIMEOUT_MS=45_000\n" }, "contradicted", 2],
  ["an environment file that keeps it", LEDGER, "timeouts", { ".env.example": "export LEDGER_TIMEOUT_SECONDS='4'\n" }, "kept", 1],
  [
    "Compose, as a map",
    LEDGER,
    "timeouts",
    { "compose.yaml": 'services:\n  api:\n    environment:\n      LEDGER_TIMEOUT_MS: "9000"\n' },
    "contradicted",
    4,
  ],
  [
    "Compose, as a list",
    LEDGER,
    "timeouts",
    { "compose.yaml": "services:\n  api:\n    environment:\n      - LEDGER_TIMEOUT_MS=9000\n" },
    "contradicted",
    4,
  ],
  [
    "Kubernetes",
    LEDGER,
    "timeouts",
    { "k8s/api.yaml": 'spec:\n  containers:\n    - env:\n        - name: LEDGER_TIMEOUT_MS\n          value: "9000"\n' },
    "contradicted",
    5,
  ],
  ["YAML", LEDGER, "timeouts", { "config/app.yml": "ledger:\n  # timeoutMs: 9000\n  timeoutMs: 4000 # once 9000\n" }, "kept", 3],
  ["JSON", LEDGER, "timeouts", { "config/default.json": '{\n  "ledger": { "timeoutMs": 9000 }\n}\n' }, "contradicted", 2],
  ["Terraform", LOGS, "data-retention", { "infra/logs.tf": group(365) }, "contradicted", 3],
  ["Terraform that keeps it", LOGS, "data-retention", { "infra/logs.tf": group(30) }, "kept", 3],
  [
    "a rate",
    "Public API: 60 requests per minute",
    "rate-limiting",
    { "config/api.json": '{ "maxRequestsPerMinute": 600 }' },
    "contradicted",
    1,
  ],
])("%s: %s", (_name, text, requirement, files, state, line) => {
  const promise = promiseIn(text, requirement, files);
  expect(promise).toMatchObject(line === undefined ? { state } : { state, line });
});

test.each<[string, string, RequirementId, Readonly<Record<string, string>>]>([
  ["a name without a unit", LEDGER, "timeouts", { ".env.example": "LEDGER_TIMEOUT=40\n" }],
  ["the wait for a connection", LEDGER, "timeouts", { ".env.example": "LEDGER_CONNECT_TIMEOUT_MS=9000\n" }],
  ["another service", LEDGER, "timeouts", { ".env.example": "SEARCH_TIMEOUT_MS=9000\n" }],
  [
    "settings of tests",
    LEDGER,
    "timeouts",
    { ".env.test": "LEDGER_TIMEOUT_MS=9000\n", "config/test.json": '{ "ledger": { "timeoutMs": 9000 } }' },
  ],
  ["a workflow that builds", LEDGER, "timeouts", { ".github/workflows/ci.yml": "env:\n  LEDGER_TIMEOUT_MS: 90000\n" }],
  ["a probe", LEDGER, "timeouts", { "k8s/ledger.yaml": "ledger:\n  readinessProbe:\n    timeoutSeconds: 10\n" }],
  ["a server's own wait", LEDGER, "timeouts", { "config/app.yml": "server:\n  requestTimeoutMs: 60000\n" }],
  ["what the documentation shows", LEDGER, "timeouts", { "docs/ledger.json": '{ "ledger": { "timeoutMs": 9000 } }' }],
  [
    "a name of its own in the promised service",
    LEDGER,
    "timeouts",
    { "compose.yaml": "services:\n  ledger:\n    environment:\n      OUTBOX_TIMEOUT_MS: 60000\n" },
  ],
  [
    "the second of two waits of one database",
    "pg statement_timeout: 5s for requests, 120s for reports",
    "timeouts",
    {
      "src/db.ts":
        'import { Pool } from "pg";\nexport const pool = new Pool({ statement_timeout: 5_000 });\nexport const reports = new Pool({ statement_timeout: 120_000 });\n',
    },
  ],
  ["copies of a database", "Uploads are deleted after 30 days", "data-retention", { "infra/db.tf": "backup_retention_days = 7\n" }],
  ["another environment", LOGS, "data-retention", { "infra/prod.tf": group(30), "infra/staging.tf": group(3) }],
])("%s is not held against an item", (_name, text, requirement, files) => {
  expect(promiseIn(text, requirement, files)?.state).not.toBe("contradicted");
});

const axios = (name: string, ms: string) =>
  `import axios from "axios";\nexport const ${name} = axios.create({ baseURL: "https://${name}.example.com", timeout: ${ms} });\n`;
const sign = (name: string, expiresIn: string) =>
  `import jwt from "jsonwebtoken";\nexport const ${name} = (u: string) => jwt.sign({ u }, key, { expiresIn: "${expiresIn}" });\n`;
const limit = (name: string, most: number) =>
  `import rateLimit from "express-rate-limit";\nexport const ${name} = rateLimit({ windowMs: 60_000, limit: ${most} });\n`;
const retry = (times: number) => `import pRetry from "p-retry";\nexport const go = () => pRetry(work, { retries: ${times} });\n`;

test.each<[string, string, RequirementId, string, "contradicted" | "kept" | "neither"]>([
  ["a number with a comma", "Timeout of 1,500 ms on calls to search", "timeouts", axios("search", "1500"), "kept"],
  ["a range", "axios timeout 2-5s by provider", "timeouts", axios("search", "3000"), "kept"],
  ["above a range", "axios timeout 2-5s by provider", "timeouts", axios("search", "60_000"), "contradicted"],
  ["what another service was promised", "Calls to the tax office take at most 3s", "timeouts", axios("search", "10_000"), "neither"],
  ["what every call was promised", "Every outbound call times out after 3s", "timeouts", axios("search", "10_000"), "contradicted"],
  ["roughly so much", "Calls to search take roughly 2s", "timeouts", axios("search", "2200"), "neither"],
  ["fewer than the most", "p-retry with up to 6 attempts", "retry-backoff", retry(2), "kept"],
  ["more than the most", "p-retry with up to 3 attempts", "retry-backoff", retry(9), "contradicted"],
  [
    "longer than the least",
    "Invoices are kept for at least 10 years",
    "data-retention",
    "export const INVOICE_RETENTION_YEARS = 11;\n",
    "kept",
  ],
  [
    "shorter than the least",
    "Invoices are kept for at least 10 years",
    "data-retention",
    "export const INVOICE_RETENTION_YEARS = 2;\n",
    "contradicted",
  ],
  [
    "the second of two tokens",
    "JWT access tokens live 15 min, refresh tokens 30 days",
    "authentication",
    sign("refreshToken", "30d"),
    "kept",
  ],
  ["a token of another kind", "JWT access tokens expire after 15 min", "authentication", sign("emailVerification", "24h"), "neither"],
  ["words before the unit", "5 login attempts per minute", "rate-limiting", limit("loginLimit", 500), "contradicted"],
  ["another limit", "5 login attempts per minute", "rate-limiting", limit("uploads", 60), "neither"],
  [
    "another call of the same file, where the promised one keeps it",
    "Webhook deliveries time out after 10s",
    "timeouts",
    'export const deliverWebhook = (u: string) => fetch(u, { signal: AbortSignal.timeout(10_000) });\nexport const resolveHost = () => fetch("https://dns.example.com/", { signal: AbortSignal.timeout(30_000) });\n',
    "kept",
  ],
  ["the second of two retries", "Jobs get 10 attempts; HTTP calls 2 retries", "retry-backoff", retry(2), "kept"],
  [
    "a cipher for something else",
    "AES-256 for stored invoices",
    "encryption",
    'import { createCipheriv } from "node:crypto";\nexport const sealCookie = () => createCipheriv("aes-128-gcm", key, iv);\n',
    "neither",
  ],
  ["thousands", "10,000 requests per minute for partners", "rate-limiting", limit("partners", 10_000), "kept"],
])("%s: %s", (_name, text, requirement, code, expected) => {
  const state = promiseIn(text, requirement, { "src/client.ts": code })?.state;
  if (expected === "neither") expect(state).not.toBe("contradicted");
  else expect(state).toBe(expected);
});
