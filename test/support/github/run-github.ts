import { parseArgs } from "node:util";
import { startGitHub } from "./start-github.ts";

/**
 * Runs the stand-in alone and prints, as one line of JSON, what a client needs to use it.
 * `--keep` goes on listening until it is interrupted; without it the program starts, prints and ends.
 * `--port N` asks for a port, `--webhook-url URL` says where deliveries go.
 */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { keep: { type: "boolean", default: false }, port: { type: "string" }, "webhook-url": { type: "string" } },
  });
  const webhookUrl = values["webhook-url"];
  const github = await startGitHub({ port: Number(values.port ?? 0), ...(webhookUrl === undefined ? {} : { webhookUrl }) });
  github.createOrganization("acme", { olga: "admin", wendy: "member" });
  await github.createRepository({ repo: "acme/orders", roles: { wendy: "write" } });
  const installation = github.installApp("acme");
  const { id, clientId, clientSecret, privateKey, webhookSecret } = github.app;
  const app = { id, clientId, clientSecret, privateKey, webhookSecret, installationId: installation.id };
  const tokens = { olga: github.as("olga").token(), wendy: github.as("wendy").token() };
  console.log(JSON.stringify({ url: github.url, webUrl: github.webUrl, app, tokens }));
  if (!values.keep) return github.close();
  process.once("SIGINT", () => void github.close());
  process.once("SIGTERM", () => void github.close());
}

await run();
