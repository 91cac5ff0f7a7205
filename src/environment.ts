import { readFileSync } from "node:fs";
import { z } from "zod";
import { isPrivateWay } from "./github/is-private-way.ts";
import { readSecretFiles } from "./read-secret-files.ts";

/** The settings of the running app, complete and valid. */
export interface Environment {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** The secret before the last rotation, whose deliveries are still taken; null when there is none. */
  readonly previousWebhookSecret: string | null;
  /** GitHub's REST API, without a trailing slash. */
  readonly githubApiUrl: string;
  /** PostgreSQL; null means the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly logLevel: string;
  /** Reviews that run at the same time. */
  readonly reviewConcurrency: number;
  /** Longest time that a stop waits for running reviews. */
  readonly drainTimeoutMs: number;
  /** What this process does: takes webhooks, works the queue, or both. */
  readonly role: Role;
  /** How often missed deliveries and heads without a run are looked for. */
  readonly recoveryIntervalMs: number;
  /** Where traces go, by OTLP over HTTP; null: nowhere. */
  readonly tracesEndpoint: string | null;
}

/** "web" takes webhooks, "worker" does the jobs and the scheduled work, "all" does both. */
export type Role = "all" | "web" | "worker";

/** What the variables amount to: settings, an app that was never set up, or mistakes to correct. */
export type EnvironmentReading =
  | { readonly kind: "ready"; readonly environment: Environment }
  | { readonly kind: "not-set-up" }
  | { readonly kind: "refused"; readonly mistakes: readonly string[] };

const whole = (name: string, least: number, most: number) =>
  z.coerce
    .number(`${name}: expected a whole number`)
    .int(`${name}: expected a whole number`)
    .min(least, `${name}: expected at least ${least}`)
    .max(most, `${name}: expected at most ${most}`);

const optional = z.object({
  GITHUB_API_URL: z
    .url({ protocol: /^https?$/, error: "GITHUB_API_URL: expected a web address, as https://github.example.com/api/v3" })
    .refine(isPrivateWay, "GITHUB_API_URL: expected https, because tokens go there; http only for this machine itself")
    .default("https://api.github.com"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, "DATABASE_URL: expected an address that starts with postgres:// or postgresql://")
    .optional(),
  DATA_DIR: z.string().default("./data"),
  HOST: z.string().default("0.0.0.0"),
  PORT: whole("PORT", 0, 65_535).default(3000),
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, silent",
    )
    .default("info"),
  REVIEW_CONCURRENCY: whole("REVIEW_CONCURRENCY", 1, 64).default(4),
  DRAIN_TIMEOUT_SECONDS: whole("DRAIN_TIMEOUT_SECONDS", 0, 600).default(25),
  ROLE: z.enum(["all", "web", "worker"], "ROLE: expected one of all, web, worker").default("all"),
  RECOVERY_INTERVAL_SECONDS: whole("RECOVERY_INTERVAL_SECONDS", 5, 86_400).default(300),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "OTEL_EXPORTER_OTLP_ENDPOINT: expected a web address, as http://collector:4318" })
    .optional(),
});

/**
 * Reads the settings from environment variables. None of the app's identity set: `not-set-up`. Part of it,
 * or a value that is wrong: `refused`, each mistake one line that names the variable and what was expected.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): EnvironmentReading {
  const set = Object.entries(variables).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  const { variables: given, mistakes: unread } = readSecretFiles(Object.fromEntries(set));
  const identity = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"];
  if (unread.length > 0) return { kind: "refused", mistakes: unread };
  if (identity.every((name) => given[name] === undefined)) return { kind: "not-set-up" };

  const key = readPrivateKey(given);
  const parsed = optional.safeParse(given);
  const mistakes = [
    ...(given.APP_ID === undefined ? ["APP_ID is missing: the number on the app's settings page"] : []),
    ...(given.APP_ID !== undefined && !/^[1-9]\d{0,15}$/.test(given.APP_ID) ? ["APP_ID: expected the app's number"] : []),
    ...("mistake" in key ? [key.mistake] : []),
    ...(given.WEBHOOK_SECRET === undefined ? ["WEBHOOK_SECRET is missing: without it anybody could send webhooks"] : []),
    ...(parsed.error?.issues.map((issue) => issue.message) ?? []),
    ...(parsed.data && parsed.data.ROLE !== "all" && parsed.data.DATABASE_URL === undefined
      ? [`ROLE: ${parsed.data.ROLE} alone needs DATABASE_URL, because the embedded database serves one process`]
      : []),
  ];
  if (mistakes.length > 0 || !parsed.success || !("pem" in key)) return { kind: "refused", mistakes };
  const settings = parsed.data;
  const environment: Environment = Object.freeze({
    appId: Number(given.APP_ID),
    privateKey: key.pem,
    webhookSecret: given.WEBHOOK_SECRET ?? "",
    previousWebhookSecret: given.WEBHOOK_SECRET_PREVIOUS ?? null,
    githubApiUrl: settings.GITHUB_API_URL.replace(/\/+$/, ""),
    databaseUrl: settings.DATABASE_URL ?? null,
    dataDir: settings.DATA_DIR,
    host: settings.HOST,
    port: settings.PORT,
    logLevel: settings.LOG_LEVEL,
    reviewConcurrency: settings.REVIEW_CONCURRENCY,
    drainTimeoutMs: settings.DRAIN_TIMEOUT_SECONDS * 1000,
    role: settings.ROLE,
    recoveryIntervalMs: settings.RECOVERY_INTERVAL_SECONDS * 1000,
    tracesEndpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
  });
  return { kind: "ready", environment };
}

/** PEM text, PEM with literal \n, or base64 of PEM, from PRIVATE_KEY; or the file that PRIVATE_KEY_PATH names. */
function readPrivateKey(given: Readonly<Record<string, string | undefined>>): { pem: string } | { mistake: string } {
  if (given.PRIVATE_KEY === undefined && given.PRIVATE_KEY_PATH === undefined)
    return { mistake: "PRIVATE_KEY is missing (or PRIVATE_KEY_PATH): the key that the app's settings page generates" };
  let text = given.PRIVATE_KEY ?? "";
  if (given.PRIVATE_KEY === undefined) {
    try {
      text = readFileSync(given.PRIVATE_KEY_PATH ?? "", "utf8");
    } catch {
      return { mistake: "PRIVATE_KEY_PATH: the file cannot be read" };
    }
  }
  const candidates = [text, Buffer.from(text, "base64").toString("utf8")];
  const pem = candidates.find((candidate) => candidate.includes("-----BEGIN ") && candidate.includes("PRIVATE KEY-----"));
  if (pem === undefined) return { mistake: "PRIVATE_KEY: expected PEM text (-----BEGIN ... PRIVATE KEY-----) or its base64" };
  return { pem: `${pem.replaceAll("\\n", "\n").trim()}\n` };
}
