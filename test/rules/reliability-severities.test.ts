import { expect, test } from "vitest";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import { allRules } from "../../src/rubrics/all-rules.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const CALL = 'await fetch("https://rates.example.com/")';
const WORK = "async function count() {\n  await db.query('SELECT 1');\n}\n";
const inTry = (caught: string): string =>
  `${WORK}export async function total(res) {\n  try {\n    return count();\n  } catch (error) {\n    ${caught}\n  }\n}\n`;

// What stops a service, or hides a failure, blocks; what can only be lost in passing advises.
test.each<[string, string, string, "blocking" | "advisory" | "silent"]>([
  ["a request that waits", "http-call-has-timeout", `export async function load() {\n  return ${CALL};\n}\n`, "blocking"],
  [
    "a call that nothing waits for",
    "http-call-has-timeout",
    'export function tell() {\n  fetch("https://hits.example.com/").catch(() => {});\n}\n',
    "advisory",
  ],
  ["a call with void", "http-call-has-timeout", 'export function tell() {\n  void fetch("https://hits.example.com/");\n}\n', "advisory"],
  ["while the module is loaded", "http-call-has-timeout", `export const rates = ${CALL};\n`, "advisory"],
  ["while the process starts", "http-call-has-timeout", `export async function bootstrap() {\n  ${CALL};\n  serve();\n}\n`, "advisory"],
  [
    "a handler that is called like a start",
    "http-call-has-timeout",
    `import express from "express";\nconst app = express();\napp.get("/", async function init(req, res) {\n  ${CALL};\n  res.end();\n});\n`,
    "blocking",
  ],
  ["dropped work", "promise-is-awaited", `${WORK}export function go() {\n  count();\n}\n`, "blocking"],
  [
    "a dropped measurement",
    "promise-is-awaited",
    "const analytics = { async track() {\n  await post();\n} };\nasync function trackVisit() {\n  await analytics.track();\n}\nexport function go() {\n  analytics.track();\n  void trackVisit();\n}\n",
    "advisory",
  ],
  [
    "a promise that a linter was told is dropped",
    "promise-is-awaited",
    `${WORK}export function go() {\n  // eslint-disable-next-line @typescript-eslint/no-floating-promises\n  count();\n}\n`,
    "advisory",
  ],
  [
    "a client without a timeout",
    "http-client-has-timeout",
    'import axios from "axios";\nexport const ledger = axios.create({ baseURL: "https://ledger.example.com" });\n',
    "blocking",
  ],
  [
    "a client whose calls may bring their own",
    "http-client-has-timeout",
    'import axios from "axios";\nconst ledger = axios.create();\nexport const load = (id: string) => ledger.get(id, { timeout: 2_000 });\n',
    "advisory",
  ],
  ["a password in the log", "log-has-no-secrets", "export function signIn(password) {\n  logger.info({ password });\n}\n", "blocking"],
  ["who somebody is", "log-has-no-secrets", "export function signIn(credentials) {\n  logger.info({ credentials });\n}\n", "advisory"],
  ["a catch that answers", "returned-promise-is-awaited-in-try", inTry("res.status(500).end();"), "blocking"],
  ["a catch that gives another value", "returned-promise-is-awaited-in-try", inTry("return null;"), "blocking"],
  ["a catch that only throws on", "returned-promise-is-awaited-in-try", inTry("throw new CountError(error);"), "advisory"],
  ["a catch that has it thrown on", "returned-promise-is-awaited-in-try", inTry("throwCountError(error);"), "advisory"],
])("%s: %s", (_name, rule, content, expected) => {
  const { findings } = inspectPullRequest(
    buildPullRequest([{ path: "src/example.ts", status: "added", content }]),
    [],
    allRules.filter(({ id }) => id === rule),
  );
  expect(findings[0]?.severity ?? "silent").toBe(expected);
});
