import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readEnvironment } from "../src/environment.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "pkcs1", format: "pem" },
});
const full = { APP_ID: "42", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: "s3cret" };

describe("the settings", () => {
  test("are not there when nothing of the app's identity is set", () => {
    expect(readEnvironment({ PORT: "80", PATH: "/bin" })).toEqual({ kind: "not-set-up" });
  });

  test.each([
    ["no app id", { APP_ID: undefined }, "APP_ID is missing"],
    ["no key", { PRIVATE_KEY: "" }, "PRIVATE_KEY is missing"],
    ["no secret", { WEBHOOK_SECRET: "" }, "WEBHOOK_SECRET is missing"],
    ["an app id that is no number", { APP_ID: "my-app" }, "APP_ID: expected the app's number"],
    ["a key that is no key", { PRIVATE_KEY: "hello" }, "PRIVATE_KEY: expected PEM"],
    [
      "a key file that is not there",
      { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "/nowhere/key.pem" },
      "PRIVATE_KEY_PATH: the file cannot be read",
    ],
    ["a port out of range", { PORT: "70000" }, "PORT: expected at most 65535"],
    ["a port that is no number", { PORT: "http" }, "PORT: expected a whole number"],
    ["a database of another kind", { DATABASE_URL: "mysql://x" }, "DATABASE_URL: expected an address that starts with postgres://"],
    ["an API address that is none", { GITHUB_API_URL: "github.example.com" }, "GITHUB_API_URL: expected a web address"],
    ["an API address in clear text", { GITHUB_API_URL: "http://github.example.com/api/v3" }, "GITHUB_API_URL: expected https"],
    [
      "an API address that only looks like this machine",
      { GITHUB_API_URL: "http://127.0.0.1.example.com" },
      "GITHUB_API_URL: expected https",
    ],
    [
      "a secret file that is not there",
      { WEBHOOK_SECRET: "", WEBHOOK_SECRET_FILE: "/nowhere" },
      "WEBHOOK_SECRET_FILE: the file cannot be read",
    ],
    ["a secret and its file", { WEBHOOK_SECRET_FILE: "/nowhere" }, "WEBHOOK_SECRET_FILE: expected either this or WEBHOOK_SECRET"],
    [
      "a collector of traces that is no address",
      { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" },
      "OTEL_EXPORTER_OTLP_ENDPOINT: expected a web address",
    ],
    ["a role that is none", { ROLE: "boss" }, "ROLE: expected one of all, web, worker"],
    ["half a role on a database of one process", { ROLE: "web" }, "ROLE: web alone needs DATABASE_URL"],
    ["recovery without a pause", { RECOVERY_INTERVAL_SECONDS: "0" }, "RECOVERY_INTERVAL_SECONDS: expected at least 5"],
    ["a log level that is none", { LOG_LEVEL: "loud" }, "LOG_LEVEL: expected one of"],
  ])("are refused with %s, by name", (_name, change, message) => {
    const reading = readEnvironment({ ...full, ...change });
    expect(reading).toMatchObject({ kind: "refused", mistakes: [expect.stringContaining(message)] });
  });

  test.each(["http://127.0.0.1:3001", "http://localhost:3001", "http://[::1]:3001", "https://github.example.com/api/v3"])(
    "take %s for GitHub's address",
    (GITHUB_API_URL) => {
      expect(readEnvironment({ ...full, GITHUB_API_URL })).toMatchObject({ kind: "ready", environment: { githubApiUrl: GITHUB_API_URL } });
    },
  );

  test("name every mistake at once, and never the value of a secret", () => {
    const reading = readEnvironment({ WEBHOOK_SECRET: "s3cret", PRIVATE_KEY: "not-a-key" });
    expect(reading).toMatchObject({
      kind: "refused",
      mistakes: [expect.stringContaining("APP_ID"), expect.stringContaining("PRIVATE_KEY")],
    });
    expect(JSON.stringify(reading)).not.toMatch(/s3cret|not-a-key/);
  });

  test.each([
    ["as PEM", privateKey],
    ["with \\n for line breaks", privateKey.replaceAll("\n", "\\n")],
    ["in base64", Buffer.from(privateKey).toString("base64")],
  ])("take the private key %s", (_name, PRIVATE_KEY) => {
    const reading = readEnvironment({ ...full, PRIVATE_KEY });
    expect(reading.kind === "ready" && reading.environment.privateKey).toBe(`${privateKey.trim()}\n`);
  });

  test("take the private key from a file", () => {
    const path = join(mkdtempSync(join(tmpdir(), "key-")), "app.pem");
    writeFileSync(path, privateKey);
    expect(readEnvironment({ APP_ID: "42", PRIVATE_KEY_PATH: path, WEBHOOK_SECRET: "s" }).kind).toBe("ready");
  });

  test("take secrets from files, without the line break at their end", () => {
    const folder = mkdtempSync(join(tmpdir(), "enforcer-secrets-"));
    const fileOf = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const reading = readEnvironment({
      APP_ID: "42",
      PRIVATE_KEY_FILE: fileOf("key", `${privateKey}\n`),
      WEBHOOK_SECRET_FILE: fileOf("secret", "from a file\n"),
      WEBHOOK_SECRET_PREVIOUS_FILE: fileOf("previous", " kept as it is \r\n"),
      DATABASE_URL_FILE: fileOf("database", "postgres://app:pass@db/app\n"),
    });
    expect(reading).toMatchObject({
      kind: "ready",
      environment: {
        privateKey: `${privateKey.trim()}\n`,
        webhookSecret: "from a file",
        previousWebhookSecret: " kept as it is ",
        databaseUrl: "postgres://app:pass@db/app",
      },
    });
    expect(readEnvironment({ ...full, DATABASE_URL_FILE: fileOf("empty", "\n") })).toEqual({
      kind: "refused",
      mistakes: ["DATABASE_URL_FILE: the file is empty"],
    });
  });

  test("have defaults for everything else", () => {
    expect(readEnvironment(full)).toMatchObject({
      kind: "ready",
      environment: {
        appId: 42,
        databaseUrl: null,
        dataDir: "./data",
        port: 3000,
        githubApiUrl: "https://api.github.com",
        reviewConcurrency: 4,
        drainTimeoutMs: 25_000,
        role: "all",
        recoveryIntervalMs: 300_000,
      },
    });
  });
});
