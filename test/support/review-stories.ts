import type { PlanItem } from "../../src/model/plan-item.ts";
import { BACKEND_REQUIREMENTS } from "../../src/model/requirement-id.ts";
import type { GridCell, Review } from "../../src/model/review.ts";
import { buildFinding, buildGrade, buildItem, buildReview } from "./build-review.ts";

const vague = buildItem({
  line: 18,
  text: "Add retry logic to the courier client",
  requirement: "retry-backoff",
  done: false,
  numbers: [],
  tools: [],
  outcome: null,
  specific: false,
  missing: ["numbers", "tools", "outcome"],
  advice: 'Say how many, how far apart, and what then. For example: "p-retry: 3 attempts, 100/200/400 ms, then 502".',
});

const unsure = buildItem({
  line: 23,
  section: "data-integrity",
  text: "Validate the parcel body with zod, weight up to 30 kg",
  requirement: "input-validation",
  outcome: null,
  specific: false,
  unsure: ["outcome"],
  advice: 'Say what happens on bad input. For example: "... returns 400 with {error, fields}".',
});

const contradicted = buildItem({
  line: 12,
  promise: {
    state: "contradicted",
    path: "src/clients/courier.ts",
    line: 27,
    detail: "Line 12 promises 4 s, and `timeout: 30_000` in the code waits 30 s",
  },
});

const kept = buildItem({
  line: 14,
  text: "opossum opens after 5 failures in 10s and answers with the last known state",
  requirement: "circuit-breaker",
  promise: { state: "kept", path: "src/clients/courier.ts", line: 9 },
});

const unproven = buildItem({
  line: 31,
  section: "observability",
  text: "Grafana panel courier-latency pages the parcels rota above P95 800 ms",
  requirement: "dashboards-alerts",
  promise: { state: "unproven" },
});

const uncounted: PlanItem = buildItem({
  line: 40,
  section: null,
  text: "Tracing: TBD",
  requirement: null,
  done: false,
  counted: false,
  whyNot: "put off (TBD)",
});

const grid = BACKEND_REQUIREMENTS.map((requirement): GridCell => {
  if (requirement === "timeouts") return { requirement, state: "contradicted", line: 12 };
  if (requirement === "retry-backoff") return { requirement, state: "vague", line: 18 };
  if (requirement === "distributed-tracing") return { requirement, state: "missing" };
  return { requirement, state: "met" };
});

const stackTrace = buildFinding({
  rule: "error-response-hides-stack",
  requirement: "error-responses",
  path: "src/routes/parcels.ts",
  line: 58,
  endLine: 60,
  message: "`res.json({ stack: error.stack })` sends the stack to the client",
  why: "A stack trace tells an attacker which code to look at.",
  fix: "Log `error.stack` and answer with a code.",
  fingerprint: "a2a2a2a2a2a2a2a2",
});

const advisory = buildFinding({
  rule: "log-is-structured",
  requirement: "structured-logging",
  severity: "advisory",
  path: "src/routes/parcels.ts",
  line: 44,
  endLine: 44,
  message: "`console.log(parcel)` is not structured",
  why: "Lines without fields cannot be searched.",
  fix: "Use the logger of the request.",
  fingerprint: "b3b3b3b3b3b3b3b3",
});

/** A vague plan on code that breaks a promise. */
export const blocked: Review = buildReview({
  verdict: "blocked",
  why: "The plan is specific in 3 of 5 items, and the diff contradicts 1 promise of the plan, and the diff has 1 blocking finding.",
  grade: buildGrade(["total-items", "section-items", "measurable-outcomes", "diff"]),
  items: [contradicted, kept, vague, unsure, unproven, uncounted],
  findings: [advisory, stackTrace],
  grid,
  notRead: [
    { path: "assets/zones.min.ts", reason: "2.3 MB", undetermined: true },
    { path: "cmd/sync/main.go", reason: "Go is not inspected", undetermined: false },
  ],
  shortfalls: [
    { id: "total-items", fingerprint: "c4c4c4c4c4c4c4c4@20", signersNeeded: 1, detail: "total-items: 5 of 25" },
    {
      id: "promise",
      fingerprint: "d5d5d5d5d5d5d5d5",
      signersNeeded: 1,
      detail: "Line 12 promises 4 s, and `timeout: 30_000` in the code waits 30 s",
    },
    { id: stackTrace.rule, fingerprint: stackTrace.fingerprint, signersNeeded: 1, detail: `${stackTrace.path}:58 ${stackTrace.message}` },
  ],
  nextSteps: [
    "Add 4 items under **Observability** (1 of 5).",
    'Line 18 "Add retry logic to the courier client" - say how many, how far apart, and what then.',
    "Line 12 promises 4 s, and `timeout: 30_000` in the code waits 30 s",
    `${stackTrace.path}:58 ${stackTrace.message}. ${stackTrace.fix}`,
  ],
  operations: [
    { kind: "outbound-call", name: "fetch(courierUrl)", path: "src/clients/courier.ts", line: 27 },
    { kind: "route", name: "POST /parcels", path: "src/routes/parcels.ts", line: 12 },
    { kind: "route", name: "GET /parcels/:id", path: "src/routes/parcels.ts", line: 40 },
    { kind: "database-write", name: "insert into parcels", path: "src/store/parcels.ts", line: 8 },
    { kind: "database-query", name: "select from parcels", path: "src/store/parcels.ts", line: 19 },
    { kind: "queue", name: "consume parcel.created", path: "src/workers/label.ts", line: 5 },
    { kind: "schedule", name: "every 15 minutes", path: "src/workers/purge.ts", line: 3 },
    { kind: "server", name: "express()", path: "src/server.ts", line: 4 },
    { kind: "migration", name: "table parcels", path: "migrations/004.ts", line: 6 },
  ],
  latestRetrofitOn: "2026-12-30",
});

/** No plan, and reliability put off in the description. */
export const deferred: Review = buildReview({
  verdict: "blocked",
  why: "This backend change has no reliability plan yet, and reliability is put off until later.",
  grade: buildGrade([
    "total-items",
    "section-items",
    "concrete-numbers",
    "specific-tools",
    "measurable-outcomes",
    "specificity-checkpoint",
  ]),
  items: [],
  grid: BACKEND_REQUIREMENTS.map((requirement) => ({ requirement, state: "missing" })),
  redFlags: [
    { id: "add-reliability-later", where: "body", quote: "we will add retries later", blocks: true, requirement: "retry-backoff" },
    { id: "customer-deadline", where: "comment", quote: "the customer needs it in 3 days", blocks: false, requirement: null },
  ],
  shortfalls: [
    { id: "total-items", fingerprint: "c4c4c4c4c4c4c4c4@25", signersNeeded: 1, detail: "total-items: 0 of 25" },
    { id: "add-reliability-later", fingerprint: "e6e6e6e6e6e6e6e6", signersNeeded: 1, detail: 'puts off: "we will add retries later"' },
  ],
  nextSteps: [
    "Add 5 items under **Fault Tolerance** (0 of 5).",
    "Add 5 items under **Error Handling** (0 of 5).",
    "Add 5 items under **Data Integrity** (0 of 5).",
    "Add 5 items under **Security** (0 of 5).",
    "Add 5 items under **Observability** (0 of 5).",
    'In the description: "we will add retries later" puts off what this merge needs. Plan it now, or have the risk accepted.',
  ],
  latestRetrofitOn: "2026-12-30",
});

/** Everything earned; one advisory finding is left. */
export const passed: Review = buildReview({ items: [buildItem(), kept], findings: [advisory] });

/** Documentation only. */
export const notApplicable: Review = buildReview({
  verdict: "not-applicable",
  why: "Not a backend change",
  backend: { touched: false, score: 1, evidence: [] },
  grade: null,
  items: [],
  nearestMiss: { signal: "path: scripts/", weight: 1, path: "scripts/seed.ts" },
});

/** Shortfalls under a signature. */
export const riskAccepted: Review = {
  ...blocked,
  verdict: "risk-accepted",
  why: "3 shortfalls accepted by dana until 2026-12-01.",
  shortfalls: blocked.shortfalls.map((shortfall) => ({ ...shortfall, acceptedBy: "dana" })),
  notRead: [],
  nextSteps: [],
  acceptance: {
    by: ["dana"],
    until: "2026-12-01",
    engineerWeeks: 1.5,
    mitigation: "parcels limited to 10 req/min, flag courier-v2 owned by @dana",
    url: "https://github.com/harbour/parcels/pull/7#issuecomment-1",
  },
};

/** What observe mode says about the blocked one. */
export const observed: Review = { ...blocked, verdict: "observed", observed: "blocked" };

/** A file of an inspected language that could not be read. */
export const undetermined: Review = buildReview({
  verdict: "undetermined",
  why: "Could not judge all of it: not read: src/routes/zones.ts (2.3 MB).",
  grade: { ...buildGrade(), passed: false },
  notRead: [{ path: "src/routes/zones.ts", reason: "2.3 MB", undetermined: true }],
  shortfalls: [{ id: "undetermined", fingerprint: "f7f7f7f7f7f7f7f7", signersNeeded: 1, detail: "not read: src/routes/zones.ts (2.3 MB)" }],
  nextSteps: ["src/routes/zones.ts could not be read (2.3 MB)."],
});

/** Payments touched, their plan short of its grade. */
export const paymentsBlocked: Review = {
  ...blocked,
  payments: {
    touched: true,
    score: 9,
    evidence: [{ signal: "import of `stripe`", weight: 9, path: "src/payments/charge.ts", line: 2 }],
    grade: {
      ...buildGrade(["section-items"]),
      boxes: buildGrade(["section-items"]).boxes.map((box) => (box.id === "payment-operations" ? { ...box, id: "never-alone" } : box)),
    },
    nextSteps: ["Add 2 items under **Money** (1 of 3)."],
  },
};
