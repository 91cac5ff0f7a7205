import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GitHubAway } from "../../src/github/faults.ts";
import { createGitHubLink, type RequestOutcome } from "../../src/github/github-link.ts";

let server: Server;
let apiUrl: string;
let asked: string[];
let outcomes: RequestOutcome[];
/** Path -> status, location; everything else is 200. A status of 0 never answers. */
let answers: Map<string, { status: number; location?: string }>;

beforeEach(async () => {
  asked = [];
  outcomes = [];
  answers = new Map();
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { status, location } = answers.get(request.url ?? "") ?? { status: 200 };
    if (status !== 0) response.writeHead(status, location === undefined ? {} : { location }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const open = () =>
  createGitHubLink({
    apiUrl: `${apiUrl}/api/v3`,
    onOutcome: (outcome) => outcomes.push(outcome),
    timeoutMs: 200,
    leftAlone: { initialDelay: 150, maxDelay: 150 },
  });

describe("only the configured host is asked", () => {
  test.each(["http://169.254.169.254/latest/meta-data", "https://evil.example/x", "http://127.0.0.1:1/x", "file:///etc/passwd"])(
    "%s is refused before anything is sent",
    async (url) => {
      await expect(open().fetch(url)).rejects.toThrow("refused to ask");
      expect(asked).toEqual([]);
    },
  );

  test.each(["http://169.254.169.254/x", "//evil.example/x", "file:///etc/passwd"])("a redirect to %s is refused", async (location) => {
    answers.set("/repos/a/b", { status: 301, location });
    await expect(open().fetch(`${apiUrl}/repos/a/b`)).rejects.toThrow("refused a redirect");
    expect(asked).toEqual(["GET /repos/a/b"]);
  });

  test("a redirect within the host is followed, as for a renamed repository", async () => {
    answers.set("/repos/a/b", { status: 301, location: "/repositories/1" });
    expect((await open().fetch(`${apiUrl}/repos/a/b`)).status).toBe(200);
    expect(asked).toEqual(["GET /repos/a/b", "GET /repositories/1"]);
  });

  test("a redirect that would turn a write into a read is refused, one that keeps it is followed", async () => {
    answers.set("/one", { status: 301, location: "/two" });
    await expect(open().fetch(`${apiUrl}/one`, { method: "POST", body: "x" })).rejects.toThrow("would change the request");
    answers.set("/one", { status: 307, location: "/two" });
    expect((await open().fetch(`${apiUrl}/one`, { method: "POST", body: "x" })).status).toBe(200);
    expect(asked.at(-1)).toBe("POST /two");
  });

  test("a circle of redirects ends", async () => {
    answers.set("/one", { status: 302, location: "/one" });
    await expect(open().fetch(`${apiUrl}/one`)).rejects.toThrow("refused a redirect");
    expect(asked.length).toBeLessThan(6);
  });
});

describe("a GitHub that fails", () => {
  test("is given up on after the deadline", async () => {
    answers.set("/slow", { status: 0 });
    await expect(open().fetch(`${apiUrl}/slow`)).rejects.toMatchObject({ name: "TimeoutError" });
    expect(outcomes).toEqual(["timeout"]);
  });

  test("is left alone after ten faults, asked once after a pause, and asked again once it answers", async () => {
    const link = open();
    answers.set("/x", { status: 503 });
    for (let index = 0; index < 10; index++) expect((await link.fetch(`${apiUrl}/x`)).status).toBe(503);
    expect(link.state()).toBe("away");
    await expect(link.fetch(`${apiUrl}/x`)).rejects.toThrow(GitHubAway);
    expect(asked).toHaveLength(10);
    await delay(200);
    expect((await link.fetch(`${apiUrl}/x`)).status).toBe(503);
    expect(link.state()).toBe("away");
    answers.clear();
    await delay(200);
    expect((await link.fetch(`${apiUrl}/x`)).status).toBe(200);
    expect(link.state()).toBe("ok");
    expect(outcomes.filter((outcome) => outcome === "not sent")).toHaveLength(1);
  });

  test("is not left alone for what it refuses", async () => {
    const link = open();
    for (const status of [403, 404, 422, 429]) {
      answers.set("/x", { status });
      for (let index = 0; index < 20; index++) await link.fetch(`${apiUrl}/x`);
    }
    expect(link.state()).toBe("ok");
  });

  test("is not left alone for one fault in ten", async () => {
    const link = open();
    for (let index = 0; index < 60; index++) {
      answers.set("/x", { status: index % 10 === 0 ? 502 : 200 });
      await link.fetch(`${apiUrl}/x`);
    }
    expect(link.state()).toBe("ok");
  });

  test("that does not take the app's key is told apart, until it takes it", async () => {
    const link = open();
    const path = "/app/installations/1/access_tokens";
    answers.set(path, { status: 401 });
    await link.fetch(`${apiUrl}${path}`, { method: "POST" });
    await link.fetch(`${apiUrl}/repos/a/b`);
    expect(link.state()).toBe("key refused");
    answers.clear();
    await link.fetch(`${apiUrl}${path}`, { method: "POST" });
    expect(link.state()).toBe("ok");
  });
});
