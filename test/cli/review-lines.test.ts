import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { buildBlocked, buildDocumentation, buildPassing } from "./build-inputs.ts";
import { review } from "./contract.ts";
import { CLI, cliEnvironment, runCli } from "./run-cli.ts";

const linesOf = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>); // every line is an object: the tests below read its keys

describe("review --jsonl", () => {
  it("answers line by line in order, echoes ids and ends with 0", async () => {
    const input = [buildPassing(), buildBlocked(), buildDocumentation()].map((pull, index) => JSON.stringify({ ...pull, id: `p${index}` }));
    const run = await runCli(["review", "--jsonl"], { input: `${input.join("\n")}\n\n` });
    const reviews = linesOf(run.stdout).map((line) => review.parse(line));
    expect(reviews.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["p0", "passed"],
      ["p1", "blocked"],
      ["p2", "not-applicable"],
    ]);
    expect([run.code, run.stderr]).toEqual([0, ""]);
  });

  it("puts an error in the place of a bad line, goes on, and ends with 2", async () => {
    const good = JSON.stringify(buildDocumentation());
    const lines = [
      Buffer.from(good),
      Buffer.from('{"id":"half",'),
      Buffer.from('{"id":"wrong","title":3}'),
      Buffer.from(""),
      Buffer.from('{"title":"größe"}', "latin1"),
      Buffer.from("[1]"),
      Buffer.from(good),
    ];
    const run = await runCli(["review", "--jsonl"], { input: Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\r\n")])) });
    const answers = linesOf(run.stdout);
    expect(answers.map(({ verdict, error }) => verdict ?? String(error).replace(/: .*/, ""))).toEqual([
      "not-applicable",
      "line 2",
      "line 3",
      "line 4",
      "line 5",
      "line 6",
      "not-applicable",
    ]);
    expect(answers[1]).toEqual({ error: expect.stringContaining("expected a JSON object") });
    expect(answers[2]).toEqual({ id: "wrong", error: "line 3: title: expected a string, found 3" });
    expect(answers[3]).toEqual({ error: expect.stringContaining("empty line") });
    expect(answers[4]).toEqual({ error: "line 5: expected UTF-8 text" });
    expect(answers[5]).toEqual({ error: "line 6: the input: expected an object, found a list" });
    expect(run.code).toBe(2);
  });

  it("answers nothing with nothing", async () => {
    expect(await runCli(["review", "--jsonl"])).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("answers a line before the next one is written", async () => {
    const child = spawn(process.execPath, [CLI, "review", "--jsonl"], { env: cliEnvironment() });
    child.stdin.write(`${JSON.stringify(buildDocumentation())}\n`);
    const [first] = (await once(child.stdout, "data")) as [Buffer]; // what a data event carries
    child.stdin.end();
    await once(child, "close");
    expect(JSON.parse(first.toString("utf8"))).toMatchObject({ id: "docs", verdict: "not-applicable" });
  });

  it("holds 10,000 pull requests in bounded memory", async () => {
    const line = `${JSON.stringify({ ...buildDocumentation(), body: "x".repeat(20_000) })}\n`;
    const child = spawn(process.execPath, ["--max-old-space-size=96", CLI, "review", "--jsonl"], { env: cliEnvironment() });
    let answered = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      answered += chunk.toString("latin1").split("\n").length - 1;
    });
    const closed = once(child, "close");
    for (let count = 0; count < 10_000; count++) if (!child.stdin.write(line)) await once(child.stdin, "drain");
    child.stdin.end();
    const [code] = await closed;
    expect([answered, code]).toEqual([10_000, 0]);
  }, 120_000);

  it("ends quietly when its reader goes away", async () => {
    const child = spawn(process.execPath, [CLI, "review", "--jsonl"], { env: cliEnvironment() });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString("utf8");
    });
    child.stdin.on("error", () => {});
    const line = `${JSON.stringify(buildDocumentation())}\n`;
    const closed = once(child, "close");
    child.stdin.write(line);
    await once(child.stdout, "data");
    child.stdout.destroy();
    child.stdin.end(line.repeat(200));
    await closed;
    expect([stderr, child.exitCode, child.signalCode]).toEqual(["", 0, null]);
  });
});

describe("a large result", () => {
  it("is written to the end before the process is over", async () => {
    const body = Array.from({ length: 4000 }, (_, index) => `- [ ] item ${index}: retry 3 times with p-retry, then answer 502`).join("\n");
    const child = spawn(process.execPath, [CLI, "plan", "-", "--format", "json"], { env: cliEnvironment() });
    child.stdin.end(`## Fault Tolerance\n${body}`);
    await once(child.stdout, "readable");
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    let text = "";
    for await (const chunk of child.stdout) text += String(chunk);
    const { items } = JSON.parse(text) as { items: unknown[] }; // the plan's own shape is another test's
    expect(items).toHaveLength(4000);
  });
});
