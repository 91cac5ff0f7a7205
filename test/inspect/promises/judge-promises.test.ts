import { describe, expect, test } from "vitest";
import { inspectPullRequest } from "../../../src/inspect/inspect-pull-request.ts";
import type { PlanItem } from "../../../src/model/plan-item.ts";
import type { RequirementId } from "../../../src/model/requirement-id.ts";
import { buildPullRequest } from "../../support/build-pull-request.ts";

function item(text: string, requirement: RequirementId, more: Partial<PlanItem> = {}): PlanItem {
  return {
    line: 1,
    section: null,
    text,
    requirement,
    done: false,
    counted: true,
    numbers: [],
    tools: [],
    outcome: null,
    specific: true,
    missing: [],
    unsure: [],
    ...more,
  };
}

function promiseOf(items: readonly PlanItem[], code: string, more = {}) {
  const pullRequest = buildPullRequest([{ path: "src/client.ts", status: "added", content: code }], more);
  return inspectPullRequest(pullRequest, items, []).items.map((i) => i.promise);
}

const AXIOS = 'import axios from "axios";\nexport const ledger = axios.create({ baseURL: "https://l.example.com", timeout: 30_000 });\n';

/** requirement, item, code, state, line */
const TABLE: readonly (readonly [RequirementId, string, string, string | undefined, number?])[] = [
  ["timeouts", "axios: 5s timeout on every call to the ledger, then 504", AXIOS, "contradicted", 2],
  ["timeouts", "axios: 30s timeout on every call to the ledger, then 504", AXIOS, "kept", 2],
  ["timeouts", "Timeouts: 15s API, 5s database", AXIOS, "contradicted", 2],
  ["timeouts", "Timeouts: 60s API, 5s database", AXIOS, "kept", 2],
  [
    "timeouts",
    "pg statement_timeout 5s for every query",
    'import { Pool } from "pg";\nexport const pool = new Pool({ statement_timeout: 60_000 });\n',
    "contradicted",
    2,
  ],
  [
    "timeouts",
    "fetch: AbortSignal, 2000 ms",
    "export const load = (u: string) =>\n  fetch(u, { signal: AbortSignal.timeout(10_000) });\n",
    "contradicted",
    2,
  ],
  [
    "timeouts",
    "fetch: AbortSignal, 2000 ms",
    "export const load = (u: string, ms: number) => fetch(u, { signal: AbortSignal.timeout(ms) });\n",
    "kept",
    1,
  ],
  [
    "retry-backoff",
    "p-retry: 3 retries at 100, 200, 400 ms",
    'import pRetry from "p-retry";\nexport const go = () => pRetry(work, { retries: 10 });\n',
    "contradicted",
    2,
  ],
  [
    "retry-backoff",
    "p-retry: 4 attempts at 100, 200, 400 ms",
    'import pRetry from "p-retry";\nexport const go = () => pRetry(work, { retries: 3 });\n',
    "kept",
    2,
  ],
  [
    "circuit-breaker",
    "Opossum: 5 failures/10s threshold, 30s reset, cached data",
    'import B from "opossum";\nexport const b = new B(f, { resetTimeout: 5000 });\n',
    "contradicted",
    2,
  ],
  [
    "circuit-breaker",
    "Opossum: 5 failures/10s threshold, 30s reset, cached data",
    'import B from "opossum";\nexport const b = new B(f, { resetTimeout: 30_000 });\n',
    "kept",
    2,
  ],
  [
    "rate-limiting",
    "express-rate-limit: 100 req/min per IP, 429",
    'import rateLimit from "express-rate-limit";\nexport const l = rateLimit({ windowMs: 60_000,\n  max: 1000 });\n',
    "contradicted",
    3,
  ],
  [
    "rate-limiting",
    "express-rate-limit: 100 req/min per IP, 429",
    'import rateLimit from "express-rate-limit";\nexport const l = rateLimit({ windowMs: 15 * 60_000, max: 1500 });\n',
    "kept",
    2,
  ],
  [
    "encryption",
    "AES-256 at rest for documents",
    'import { createCipheriv } from "node:crypto";\nexport const c = createCipheriv("aes-128-gcm", key, iv);\n',
    "contradicted",
    2,
  ],
  [
    "encryption",
    "TLS 1.3 in transit",
    'import https from "node:https";\nexport const a = new https.Agent({ minVersion: "TLSv1.2" });\n',
    "contradicted",
    2,
  ],
  [
    "authentication",
    "jsonwebtoken: access token expires in 15 min, 401",
    'import jwt from "jsonwebtoken";\nexport const t = jwt.sign(p, k, { expiresIn: "7d" });\n',
    "contradicted",
    2,
  ],
  [
    "authentication",
    "jsonwebtoken: access token expires in 15 min, 401",
    'import jwt from "jsonwebtoken";\nexport const t = jwt.sign(p, k, { expiresIn: 900 });\n',
    "kept",
    2,
  ],
];

test.each(TABLE.map(([requirement, text, code, state, line]) => ({ requirement, text, code, state, line })))(
  "$requirement: $text: $state",
  ({ requirement, text, code, state, line }) => {
    const [promise] = promiseOf([item(text, requirement)], code);
    expect(promise?.state).toBe(state);
    if (line !== undefined) expect(promise).toMatchObject({ path: "src/client.ts", line });
  },
);

describe("what is not held against an item", () => {
  test("a longer wait that another item of the plan allows", () => {
    const items = [item("axios: 5s timeout on stock calls", "timeouts"), item("axios: 30s timeout on report downloads", "timeouts")];
    expect(promiseOf(items, AXIOS).map((p) => p?.state)).toEqual(["kept", "kept"]);
  });

  test("a number by its name that is about another subject, of an unclear unit, or one of several promises", () => {
    const code = "export const UPLOAD_TIMEOUT_MS = 60_000;\nexport const SMS_TIMEOUT = 30;\nexport const REQUEST_TIMEOUT_MS = 20_000;\n";
    const items = [item("Twilio SMS times out after 3s", "timeouts"), item("fetch to the ledger: 2s timeout", "timeouts")];
    expect(promiseOf(items, code).every((p) => p?.state !== "contradicted")).toBe(true);
  });

  test("another wait that the same item names: connecting, a drain, an alert after so long", () => {
    const items = [item("axios: 5s timeout, alert after 30s, and drain connections for 30s", "timeouts")];
    expect(promiseOf(items, AXIOS)[0]?.state).toBe("kept");
  });

  test("the whole time that a breaker gives a call and its retries", () => {
    const code =
      'import CircuitBreaker from "opossum";\nexport const ask = () => fetch("https://carrier.example/rates", { signal: AbortSignal.timeout(5_000) });\nexport const carrier = new CircuitBreaker(() => pRetry(ask, { retries: 3 }), { timeout: 15_000 });\n';
    expect(promiseOf([item("fetch to the carrier aborts after 5s", "timeouts")], code)[0]).toMatchObject({ state: "kept", line: 2 });
  });

  test("a name that says more, where the code keeps the promise in plain sight", () => {
    const code =
      'export const CARRIER_TIMEOUT_MS = 20_000;\nexport const ask = () => fetch("https://carrier.example/rates", { signal: AbortSignal.timeout(5_000) });\n';
    expect(promiseOf([item("fetch to the carrier aborts after 5s", "timeouts")], code)[0]).toMatchObject({ state: "kept", line: 2 });
  });

  test("how long a library keeps what it is told to, and a name where the item has two numbers", () => {
    const text = "pg-boss deletes deliveries after 7 days, and finished jobs after 1 day";
    const option = "export const q = (boss: Boss) => boss.createQueue({ retentionSeconds: 14 * 86_400 });\n";
    const setting = "export const BOSS_RETENTION_DAYS = 14;\n";
    for (const code of [option, setting]) expect(promiseOf([item(text, "data-retention")], code)[0]?.state).not.toBe("contradicted");
  });

  test("how often old data is removed", () => {
    const code = "export const AUDIT_RETENTION_DAYS = 90;\n";
    expect(promiseOf([item("Audit rows kept 90 days, purged every 24h", "data-retention")], code)[0]?.state).toBe("kept");
  });

  test("a number that is about something else: connecting, draining, the breaker's window", () => {
    const items = [item("drain connections within 5s on shutdown", "timeouts"), item("Opossum: 5 failures/10s", "circuit-breaker")];
    expect(promiseOf(items, AXIOS).every((p) => p?.state !== "contradicted")).toBe(true);
  });

  test("a line that the change did not write", () => {
    const files = [
      {
        path: "src/client.ts",
        status: "modified" as const,
        content: `${AXIOS}// more\n`,
        patch: `@@ -1,2 +1,3 @@\n ${AXIOS.split("\n").slice(0, 2).join("\n ")}\n+// more`,
      },
    ];
    const [judged] = inspectPullRequest(buildPullRequest(files), [item("axios: 5s timeout", "timeouts")], []).items;
    expect(judged?.promise).toBeUndefined();
  });

  test("an item that is not counted", () => {
    expect(promiseOf([item("axios: 5s timeout", "timeouts", { counted: false })], AXIOS)).toEqual([undefined]);
  });
});

describe("numbers that stand elsewhere", () => {
  function promiseIn(text: string, requirement: RequirementId, files: Readonly<Record<string, string>>) {
    const changed = Object.entries(files).map(([path, content]) => ({ path, status: "added" as const, content }));
    return inspectPullRequest(buildPullRequest(changed), [item(text, requirement)], []).items[0]?.promise;
  }

  const SMS =
    'import { SMS_TIMEOUT_MS } from "./limits.ts";\nexport const send = (to: string) => fetch("https://sms.example.com", { signal: AbortSignal.timeout(SMS_TIMEOUT_MS) });\n';
  const LIMITED =
    'import rateLimit from "express-rate-limit";\nimport { limits } from "./limits.ts";\nexport const l = rateLimit({ windowMs: limits.perIp.windowMs, max: limits.perIp.max });\n';
  const CLEANED = 'import { subDays } from "date-fns";\nexport const purgeEvents = () => events.removeBefore(subDays(new Date(), 400));\n';

  test.each([
    [
      "timeouts",
      "Twilio SMS: 3s timeout, then the queue",
      { "src/sms.ts": SMS, "src/limits.ts": "export const SMS_TIMEOUT_MS = 30 * 1000;\n" },
      "contradicted",
    ],
    [
      "timeouts",
      "Twilio SMS: 3s timeout, then the queue",
      { "src/sms.ts": SMS, "src/limits.ts": "export const SMS_TIMEOUT_MS = 3_000;\n" },
      "kept",
    ],
    [
      "timeouts",
      "SMS (3s timeout) and ledger (10s timeout)",
      { "src/config.ts": "export const config = { sms: { timeoutMs: 10_000 } };\n" },
      "contradicted",
    ],
    [
      "timeouts",
      "SMS (3s timeout) and ledger (10s timeout)",
      { "src/config.ts": "export const config = { ledger: { timeoutMs: 10_000 } };\n" },
      "kept",
    ],
    [
      "timeouts",
      "calls: 2s timeout",
      { "src/config.ts": "export const REQUEST_TIMEOUT_MS = Number(process.env.T ?? 60_000);\n" },
      "contradicted",
    ],
    [
      "timeouts",
      "calls: 2s timeout",
      { "src/env.ts": "export const env = s({ HTTP_TIMEOUT_MS: z.coerce.number().default(60_000) });\n" },
      "contradicted",
    ],
    [
      "timeouts",
      "pg statement_timeout 5s and axios timeout 10s",
      { "src/db.ts": 'import { Pool } from "pg";\nexport const pool = new Pool({ statement_timeout: 10_000 });\n' },
      "contradicted",
    ],
    ["timeouts", "pg statement_timeout 5s and axios timeout 10s", { "src/axios.ts": AXIOS.replace("30_000", "10_000") }, "kept"],
    [
      "rate-limiting",
      "express-rate-limit: 100 req/min per IP",
      { "src/app.ts": LIMITED, "src/limits.ts": "export const limits = { perIp: { windowMs: 60_000, max: 1000 } };\n" },
      "contradicted",
    ],
    [
      "rate-limiting",
      "express-rate-limit: 100 req/min per IP",
      { "src/app.ts": LIMITED, "src/limits.ts": "export const limits = { perIp: { windowMs: 60_000, max: 100 } };\n" },
      "kept",
    ],
    [
      "rate-limiting",
      "sign-in 5/min and search 100/min",
      { "src/limits.ts": "export const SEARCH_REQUESTS_PER_MINUTE = 500;\n" },
      "contradicted",
    ],
    ["data-retention", "Audit rows are kept for 12 months", { "src/audit.ts": "export const AUDIT_RETENTION_DAYS = 365;\n" }, "kept"],
    [
      "data-retention",
      "Audit rows are kept for 12 months",
      { "src/audit.ts": "export const AUDIT_RETENTION_DAYS = 90;\n" },
      "contradicted",
    ],
    ["data-retention", "Events are purged after 90 days", { "src/purge-events.ts": CLEANED }, "contradicted"],
    [
      "data-retention",
      "Sessions expire from MongoDB after 30 days",
      { "src/session.ts": "sessions.index({ at: 1 }, { expireAfterSeconds: 90 * 86_400 });\n" },
      "contradicted",
    ],
  ] as const)("%s: %s %o: %s", (requirement, text, files, state) => {
    expect(promiseIn(text, requirement, files)?.state).toBe(state);
  });
});

describe("ticked items", () => {
  const ticked = (text: string, requirement: RequirementId, tools: readonly string[]) => item(text, requirement, { done: true, tools });

  test("without a trace are unproven; open ones are left alone", () => {
    const text = "Opossum: 5 failures/10s";
    expect(
      promiseOf(
        [ticked(text, "circuit-breaker", ["Opossum"]), item(text, "circuit-breaker", { tools: ["Opossum"] })],
        "export const x = 1;\n",
      ).map((p) => p?.state),
    ).toEqual(["unproven", undefined]);
  });

  test("with their tool in a manifest are kept there", () => {
    const manifests = [{ path: "package.json", text: '{"dependencies":{"opossum":"8.0.0"}}' }];
    expect(promiseOf([ticked("Opossum: 5 failures/10s", "circuit-breaker", ["Opossum"])], "export const x = 1;\n", { manifests })).toEqual([
      { state: "kept", path: "package.json" },
    ]);
  });

  test("that repeat themselves only in prose are unproven", () => {
    const pullRequest = buildPullRequest([{ path: "docs/plan.md", status: "added", content: "We use Opossum.\n" }]);
    expect(
      inspectPullRequest(pullRequest, [ticked("Opossum: 5 failures/10s", "circuit-breaker", ["Opossum"])], []).items[0]?.promise?.state,
    ).toBe("unproven");
  });
});
