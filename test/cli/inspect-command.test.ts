import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFolder } from "../fetch/build-folder.ts";
import { inspection } from "./contract.ts";
import { runCli } from "./run-cli.ts";

const BAD =
  'export async function loadRate(currency: string) {\n  const response = await fetch("https://rates.example.com/v1/" + currency);\n  return response.json();\n}\n';
const GOOD = 'export const rate = () => fetch("https://rates.example.com", { signal: AbortSignal.timeout(2_000) });\n';

let folder: string;

beforeAll(() => {
  folder = buildFolder({
    "clean/rate.ts": GOOD,
    "clean/main.go": "package main",
    "faulty/src/rate.ts": BAD,
    "faulty/apps/api/package.json": "{}",
    "faulty/apps/api/other.ts": BAD,
    "tests/node_modules/rate.ts": BAD,
    "unread/server.ts": Buffer.from("const größe = 1;\n", "latin1"),
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const inspect = (...args: string[]) => runCli(["inspect", ...args], { cwd: folder });

describe("inspect PATH...", () => {
  it("lists findings in catalogue order, then path, and ends with 1 for a blocking one", async () => {
    const run = await inspect("faulty", "clean", "--format", "json");
    const report = inspection.parse(JSON.parse(run.stdout));
    const found = report.findings.filter(({ rule }) => rule === "http-call-has-timeout");
    expect(found.map(({ path, line, severity }) => [path, line, severity])).toEqual([
      ["faulty/apps/api/other.ts", 2, "blocking"],
      ["faulty/src/rate.ts", 2, "blocking"],
    ]);
    expect([run.code, run.stderr]).toEqual([1, ""]);
  });

  it("ends with 0 without a blocking finding, and says what is not inspected", async () => {
    const run = await inspect("clean", "--format", "json");
    expect(inspection.parse(JSON.parse(run.stdout)).notRead).toEqual([expect.objectContaining({ path: "1 Go file" })]);
    expect(run.code).toBe(0);
  });

  it("ends with 3 when backend code could not be read", async () => {
    const run = await inspect("unread", "--format", "json");
    expect(inspection.parse(JSON.parse(run.stdout)).notRead).toEqual([
      expect.objectContaining({ path: "unread/server.ts", reason: "not UTF-8 text" }),
    ]);
    expect(run.code).toBe(3);
  });

  it("finds the same in a folder whatever its own path is called", async () => {
    const run = await inspect("tests/node_modules", "--format", "json");
    expect(inspection.parse(JSON.parse(run.stdout)).findings.map(({ path }) => path)).toContain("tests/node_modules/rate.ts");
  });

  it("keeps to the policy's rules", async () => {
    const policy = join(folder, "policy.yml");
    writeFileSync(policy, "rules:\n  http-call-has-timeout: advisory\n");
    const run = await inspect("faulty", "--policy", policy, "--format", "json");
    const timeouts = inspection.parse(JSON.parse(run.stdout)).findings.filter(({ rule }) => rule === "http-call-has-timeout");
    expect(timeouts.map(({ severity }) => severity)).toEqual(["advisory", "advisory"]);
    expect(run.code).toBe(0);
  });

  it("writes text, Markdown and SARIF", async () => {
    const [text, markdown, sarif] = await Promise.all(["text", "markdown", "sarif"].map((format) => inspect("faulty", "--format", format)));
    expect(text?.stdout).toContain("faulty/src/rate.ts:2:1");
    expect(markdown?.stdout).toContain("`faulty/src/rate.ts:2`");
    expect(sarif?.stdout).toContain('"uri": "faulty/src/rate.ts"');
  });

  it.each([
    [["nowhere"], '"nowhere": expected a file or a folder'],
    [[], "missing required argument 'path'"],
  ])("refuses %j in one line", async (args, message) => {
    const run = await inspect(...args);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(message);
    expect(run.stderr).toMatch(/^error: [^\n]+\n$/);
  });
});
