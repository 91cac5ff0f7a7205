import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildRepository } from "../fetch/build-repository.ts";
import { buildBlocked, buildDocumentation, buildPassing, buildUnreadable, PLAN } from "./build-inputs.ts";
import { review } from "./contract.ts";
import { runCli } from "./run-cli.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reliability-cli-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const reviewJson = (input: unknown, ...args: string[]) =>
  runCli(["review", "--input", "-", "--format", "json", ...args], { input: JSON.stringify(input) });

describe("review --input: exit codes", () => {
  it.each([
    ["passed", 0, buildPassing()],
    ["blocked", 1, buildBlocked()],
    ["not-applicable", 0, buildDocumentation()],
    ["observed", 0, { ...buildBlocked(), policy: { mode: "observe" } }],
    ["undetermined", 3, buildUnreadable()],
  ])("a verdict of %s ends with %i", async (verdict, code, input) => {
    const run = await reviewJson(input);
    expect({ verdict: review.parse(JSON.parse(run.stdout)).verdict, code: run.code, stderr: run.stderr }).toEqual({
      verdict,
      code,
      stderr: "",
    });
  });

  it("a verdict of risk-accepted ends with 0", async () => {
    const blocked = review.parse(JSON.parse((await reviewJson(buildBlocked())).stdout));
    const acceptance = {
      acceptedBy: "dana",
      fingerprints: blocked.shortfalls.map(({ fingerprint }) => fingerprint),
      retrofitOn: "2026-06-01",
      engineerWeeks: 2,
      mitigation: "10 req/min",
      signedAt: "2026-05-01T07:00:00Z",
    };
    const run = await reviewJson({ ...buildBlocked(), acceptances: [acceptance] });
    const accepted = review.parse(JSON.parse(run.stdout));
    expect([run.code, accepted.verdict, accepted.shortfalls.every(({ acceptedBy }) => acceptedBy === "dana")]).toEqual([
      0,
      "risk-accepted",
      true,
    ]);
  });
});

describe("review --input: settings", () => {
  it("gives the same bytes for the same input", async () => {
    const [one, other] = await Promise.all([reviewJson(buildBlocked()), reviewJson(buildBlocked())]);
    expect(one.stdout).toBe(other.stdout);
  });

  it("takes the policy from --policy in place of the input's, and now from --now", async () => {
    const policy = join(folder, "team.yml");
    writeFileSync(policy, "mode: observe\n");
    const run = await reviewJson(buildBlocked(), "--policy", policy, "--now", "2026-07-01");
    expect(JSON.parse(run.stdout)).toMatchObject({ verdict: "observed", policyOrigin: policy, reviewedAt: "2026-07-01T00:00:00.000Z" });
  });

  it("reads a file as it reads stdin", async () => {
    const path = join(folder, "pull.json");
    writeFileSync(path, `\uFEFF${JSON.stringify(buildPassing())}`);
    const run = await runCli(["review", "--input", path, "--format", "json"]);
    expect(JSON.parse(run.stdout)).toMatchObject({ id: "quotes", verdict: "passed" });
  });

  it("writes text for people by default, without colour into a pipe", async () => {
    const run = await runCli(["review", "--input", "-"], { input: JSON.stringify(buildBlocked()) });
    expect(run.stdout).toContain("Backend reliability:");
    expect(run.stdout).not.toContain("\u001b");
    expect(Math.max(...run.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("writes Markdown and SARIF when asked", async () => {
    const input = JSON.stringify(buildBlocked());
    const [markdown, sarif] = await Promise.all(
      ["markdown", "sarif"].map((format) => runCli(["review", "--input", "-", "--format", format], { input })),
    );
    expect(markdown?.stdout).toMatch(/^## Backend reliability: /);
    expect(JSON.parse(sarif?.stdout ?? "")).toMatchObject({
      version: "2.1.0",
      runs: [{ tool: { driver: { name: "backend-reliability-enforcer" } } }],
    });
    expect([markdown?.code, sarif?.code]).toEqual([1, 1]);
  });
});

describe("review --base", () => {
  it("reviews the local range with its description", async () => {
    const repository = buildRepository();
    const [file] = buildPassing().files;
    repository.commit("start", { "README.md": "# Shop\n" });
    repository.git("checkout", "-q", "-b", "topic");
    const head = repository.commit("quotes", { "src/routes/quotes.ts": String(file?.content) });
    const body = join(folder, "body.md");
    writeFileSync(body, PLAN);

    const run = await runCli(["review", "--base", "main", "--body", body, "--title", "Quotes", "--format", "json"], {
      cwd: repository.directory,
    });
    const documented = await runCli(["review", "--base", "topic", "--format", "json"], { cwd: repository.directory });
    repository.remove();

    const reviewed = review.loose().parse(JSON.parse(run.stdout));
    expect(reviewed).toMatchObject({ headSha: head, backend: { touched: true } });
    expect(reviewed.items.length).toBeGreaterThanOrEqual(25);
    expect(JSON.parse(documented.stdout)).toMatchObject({ verdict: "not-applicable" });
    expect(documented.code).toBe(0);
  });
});

describe("bad usage and bad input", () => {
  it("is one line on stderr that says what, where and what was expected, nothing on stdout, and 2", async () => {
    const latin = join(folder, "latin.json");
    const policy = join(folder, "wrong.yml");
    writeFileSync(latin, Buffer.from('{"title":"größe"}', "latin1"));
    writeFileSync(policy, "mode: enforce\nhorizon-days: soon\n");
    const cases: readonly (readonly [readonly string[], string, string])[] = [
      [[], "", "expected a command"],
      [["frobnicate"], "", "unknown command 'frobnicate'"],
      [["review"], "", "expected one of --input FILE, --jsonl, --base REF or --github OWNER/REPO#N, found none of them"],
      [["review", "--jsonl", "--base", "main"], "", "found --jsonl and --base"],
      [["review", "--input", "-", "--title", "x"], "{}", "--title: expected only beside --base"],
      [["review", "--jsonl", "--format", "text"], "", "--format text: expected json"],
      [["review", "--input", "-", "--format", "xml"], "{}", "Allowed choices are text, json, markdown, sarif"],
      [["review", "--input", "-", "--now", "soon"], "{}", "Expected an instant such as"],
      [["review", "--input", "-", "--frobnicate"], "{}", "unknown option '--frobnicate'"],
      [["review", "--input", join(folder, "none.json")], "", "expected a file that can be read: there is none"],
      [["review", "--input", folder], "", "expected a file that can be read: it is a folder"],
      [["review", "--input", latin], "", "expected UTF-8 text"],
      [["review", "--input", "-"], "{\n\u001b[31m", "--input stdin: expected one pull request as JSON"],
      [["review", "--input", "-"], '{"title":"x","body":null,"files":[{"path":"a","status":"gone"}]}', "files[0].status: expected one of"],
      [["review", "--input", "-", "--policy", policy], JSON.stringify(buildPassing()), `${policy}:2:`],
      [["review", "--base", "no\u001b[31mwhere"], "", "expected a"],
      [["review", "--github", "acme/shop"], "", "expected OWNER/REPO#N"],
    ];
    for (const [args, input, message] of cases) {
      const run = await runCli(args, { input, cwd: folder });
      expect({ args, code: run.code, stdout: run.stdout }).toEqual({ args, code: 2, stdout: "" });
      expect(run.stderr).toContain(message);
      expect(run.stderr).toMatch(/^error: [^\n\p{Cc}]+\n$/u);
    }
  }, 60_000);
});
