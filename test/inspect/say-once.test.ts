import { expect, test } from "vitest";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import { DEFAULT_POLICY, type Policy } from "../../src/model/policy.ts";
import { allRules } from "../../src/rubrics/all-rules.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const rules = allRules.filter(({ id }) => id === "http-call-has-timeout" || id === "promise-is-awaited");
const ask = (name: string, comment = ""): string =>
  `export async function ${name}(id: string) {\n${comment}  return (await fetch("https://${name}.example.com/" + id)).json();\n}\n`;

function findingsIn(files: Readonly<Record<string, string>>, policy: Policy = DEFAULT_POLICY) {
  const changed = Object.entries(files).map(([path, content]) => ({ path, status: "added" as const, content }));
  return inspectPullRequest(buildPullRequest(changed, { policy }), [], rules).findings;
}

test("calls of one file without a timeout block once; the first place counts the others, which point at it", () => {
  const findings = findingsIn({ "src/rates.ts": ask("rates") + ask("taxes") + ask("duties") });
  expect(findings.map((f) => [f.line, f.severity])).toEqual([
    [2, "blocking"],
    [5, "advisory"],
    [8, "advisory"],
  ]);
  expect(findings[0]?.message).toContain("The same in 2 more places of this file.");
  expect(findings[1]?.message).toContain("See line 2.");
});

test("another file is another decision", () => {
  const findings = findingsIn({ "src/rates.ts": ask("rates"), "src/taxes.ts": ask("taxes") });
  expect(findings.map((f) => f.severity)).toEqual(["blocking", "blocking"]);
});

test("a function that is dropped twice is one decision, two functions are two", () => {
  const work = "async function a() {\n  await db.query('1');\n}\nasync function b() {\n  await db.query('2');\n}\n";
  const findings = findingsIn({ "src/work.ts": `${work}export function go() {\n  a();\n  b();\n  a();\n}\n` });
  expect(findings.map((f) => [f.line, f.severity])).toEqual([
    [8, "blocking"],
    [9, "blocking"],
    [10, "advisory"],
  ]);
});

test("each place is its own to accept: one that takes another's place is new, and fewer stay what they were", () => {
  const fingerprints = (text: string) => findingsIn({ "src/rates.ts": text }).map(({ fingerprint }) => fingerprint);
  const two = fingerprints(ask("rates") + ask("taxes"));
  expect(new Set(two).size).toBe(2);
  expect(fingerprints(ask("rates") + ask("taxes") + ask("duties")).slice(0, 2)).toEqual(two);
  expect(fingerprints(ask("rates") + ask("charge"))).not.toContain(two[1]);
  expect(fingerprints(`// moved\n${ask("taxes")}`)).toEqual(two.slice(1));
});

test("a place that is silenced with leave does not speak for the others", () => {
  const silenced = ask("rates", "  // reliability-ignore http-call-has-timeout: bounded by the mesh\n");
  const findings = findingsIn({ "src/rates.ts": silenced + ask("taxes") }, { ...DEFAULT_POLICY, suppressBlocking: true });
  expect(findings.map((f) => [f.severity, f.suppressed !== undefined])).toEqual([
    ["blocking", true],
    ["blocking", false],
  ]);
});
