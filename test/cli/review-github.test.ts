import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Acme, openPull, REPO, startAcme } from "../github-stand-in/start-acme.ts";
import { buildPassing, PLAN } from "./build-inputs.ts";
import { review } from "./contract.ts";
import { runCli } from "./run-cli.ts";

let acme: Acme;
let opened: Awaited<ReturnType<typeof openPull>>;

beforeAll(async () => {
  acme = await startAcme();
  const [file] = buildPassing().files;
  opened = await openPull(acme, { "src/routes/quotes.ts": String(file?.content) }, { body: PLAN });
});

afterAll(() => acme.close());

const reviewOnGitHub = (name: string, env: Readonly<Record<string, string>> = {}) =>
  runCli(["review", "--github", name, "--format", "json"], {
    env: { GITHUB_API_URL: acme.github.url, GITHUB_TOKEN: acme.github.as("rita").token(), ...env },
  });

describe("review --github", () => {
  it("reviews a pull request as it is on GitHub, and writes nothing there", async () => {
    await acme.github.settled();
    const before = acme.received.length;
    const run = await reviewOnGitHub(`${REPO}#${opened.number}`);
    const reviewed = review.loose().parse(JSON.parse(run.stdout));
    expect(reviewed).toMatchObject({ repo: REPO, number: opened.number, headSha: opened.sha, backend: { touched: true } });
    expect(reviewed.items.length).toBeGreaterThanOrEqual(25);
    expect(run.stderr).toBe("");
    await acme.github.settled();
    expect(acme.received.length).toBe(before);
  });

  it.each([
    [
      "a token that GitHub does not know",
      `${REPO}#1`,
      { GITHUB_TOKEN: "gho_nobody" },
      /^error: GITHUB_TOKEN: expected a token that GitHub accepts/,
      2,
    ],
    [
      "a pull request that is not there",
      `${REPO}#99999`,
      {},
      /^error: --github acme\/orders#99999: expected a pull request that GITHUB_TOKEN may read/,
      2,
    ],
    ["a repository that is not there", "acme/none#1", {}, /^error: --github acme\/none#1: expected/, 2],
    ["no address", `${REPO}#1`, { GITHUB_API_URL: "ftp://nowhere" }, /^error: GITHUB_API_URL: expected a web address/, 2],
    [
      "an address that tokens would travel to in the open",
      `${REPO}#1`,
      { GITHUB_API_URL: "http://github.example" },
      /^error: GITHUB_API_URL: expected https/,
      2,
    ],
    ["a GitHub that does not answer", `${REPO}#1`, { GITHUB_API_URL: "http://127.0.0.1:9" }, /^error: could not look: /, 3],
  ])("says in one line that there is %s", async (_, name, env, message, code) => {
    const run = await reviewOnGitHub(name, env);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: "" });
    expect(run.stderr).toMatch(message);
    expect(run.stderr.split("\n")).toHaveLength(2);
  });
});
