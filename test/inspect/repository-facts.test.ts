import { expect, test } from "vitest";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import { expressHandlerCatchesErrors } from "../../src/rubrics/backend-reliability/error-handling/error-handling/express-handler-catches-errors.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const content = expressHandlerCatchesErrors.examples.bad;
const manifest = (express: unknown, path = "package.json") => ({ path, text: JSON.stringify({ dependencies: { express } }) });

test.each([
  ["Express 5", [manifest("^5.1.0")], null],
  ["a range that begins with 5", [manifest(">=5 <6")], null],
  ["Express 4", [manifest("~4.19.2")], "Express 4 ignores"],
  ["two packages, one of them on Express 4", [manifest("5"), manifest("4.19.0", "packages/old/package.json")], "Express 4 ignores"],
  ["a version that is not a number", [manifest("latest")], "Express before 5 (no manifest at hand says which) ignores"],
  ["no manifest", [], "Express before 5 (no manifest at hand says which) ignores"],
  ["a manifest that is no JSON", [{ path: "package.json", text: "{" }], "Express before 5 (no manifest at hand says which) ignores"],
  ["a version that is an object", [manifest({ version: "5" })], "Express before 5 (no manifest at hand says which) ignores"],
])("knows the version that manifests ask for: %s", (_name, manifests, said) => {
  const change = buildPullRequest([{ path: "src/routes/orders.js", status: "added", content }], { manifests });
  const { findings } = inspectPullRequest(change, [], [expressHandlerCatchesErrors]);
  if (said === null) expect(findings).toEqual([]);
  else expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining(said)]);
});
