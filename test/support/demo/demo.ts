import { parseArgs } from "node:util";
import { type LocalApp, startLocalApp } from "../app/start-local-app.ts";
import { createNarrator, type Narrator } from "./narrator.ts";
import { tellOverride } from "./tell-override.ts";
import { tellPayments } from "./tell-payments.ts";
import { tellRoad } from "./tell-road.ts";

// `npm run demo`: a GitHub on this machine, the app, its database, and the life of a pull request, over real HTTP.
const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
const startedAt = performance.now();
const narrator = createNarrator(process.stdout);
let app: LocalApp | undefined;

try {
  app = await startLocalApp();
  await tell(app, narrator);
  process.stdout.write(`\nDone in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.\n`);
  if (values.keep) await keep(app);
} catch (error) {
  process.stderr.write(`\nThe demonstration failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await app?.stop();
}

async function tell(local: LocalApp, to: Narrator): Promise<void> {
  process.stdout.write(`A GitHub of its own at ${local.github.url}, the app at ${local.url}, an embedded database.\n`);
  await tellRoad(local, to);
  await tellOverride(local, to);
  await tellPayments(local, to);
}

async function keep({ github, url, environment }: LocalApp): Promise<void> {
  process.stdout.write(
    [
      "",
      "Everything keeps running; stop it with Ctrl+C.",
      `  GitHub API   ${github.url}`,
      `  app          ${url} (health: ${url}/health, readiness: ${url}/ready)`,
      `  database     ${environment.dataDir}`,
      `  token of ana ${github.as("ana").token()}`,
      `  try          curl -s ${github.url}/repos/acme/parcels/pulls/1`,
      "",
    ].join("\n"),
  );
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => undefined, 60_000);
    process.once("SIGINT", () => {
      clearInterval(timer);
      resolve();
    });
    process.once("SIGTERM", () => {
      clearInterval(timer);
      resolve();
    });
  });
}
