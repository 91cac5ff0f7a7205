import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { FileChanges } from "../support/github/git/fast-import.ts";
import type { LocalGitHub } from "../support/github/local-github.ts";
import type { Installation } from "../support/github/model/app.ts";
import { startGitHub } from "../support/github/start-github.ts";
import type { GitHubOptions } from "../support/github/start-github.ts";

/** A webhook as its receiver saw it. */
interface Received {
  readonly event: string;
  readonly guid: string;
  readonly body: string;
  readonly signature: string;
  readonly payload: Record<string, unknown>;
}

/** "acme/orders" with one person per role, the app installed, and someone who receives its webhooks. */
export interface Acme {
  readonly github: LocalGitHub;
  readonly installation: Installation;
  /** The installed app. */
  readonly app: Octokit;
  readonly received: Received[];
  /** "event.action" of everything received so far, after all was delivered. */
  events(): Promise<string[]>;
  /** Status that the receiver answers with; null: it never answers. */
  answerWith(status: number | null): void;
  /** An API client of a person, or of nobody. */
  client(login: string | null): Octokit;
  close(): Promise<void>;
}

export const REPO = "acme/orders";
export const IN_REPO = { owner: "acme", repo: "orders" } as const;
export const CHECK = "Backend reliability";

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

export async function startAcme(options: GitHubOptions = {}): Promise<Acme> {
  const received: Received[] = [];
  let status: number | null = 202;
  const listener = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const header = (name: string) => String(request.headers[name]);
      const body = Buffer.concat(chunks).toString();
      const signature = header("x-hub-signature-256");
      received.push({ event: header("x-github-event"), guid: header("x-github-delivery"), body, signature, payload: JSON.parse(body) });
      if (status !== null) response.writeHead(status).end("seen");
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  // A server on TCP has an AddressInfo.
  const { port } = listener.address() as AddressInfo;

  const github = await startGitHub(options);
  github.createOrganization("acme", { olga: "admin", mel: "member" });
  const roles = { adam: "admin", max: "maintain", wendy: "write", tess: "triage", rita: "read" } as const;
  await github.createRepository({ repo: REPO, files: { "src/app.ts": "one\ntwo\nthree\n" }, roles });
  const installation = github.installApp("acme");
  github.setWebhookUrl(`http://127.0.0.1:${port}/webhooks`);
  const auth = { appId: github.app.id, privateKey: github.app.privateKey, installationId: installation.id };
  return {
    github,
    installation,
    app: new Octokit({ baseUrl: github.url, authStrategy: createAppAuth, auth, log: SILENT }),
    received,
    async events() {
      await github.settled();
      return received.map(({ event, payload }) => (typeof payload["action"] === "string" ? `${event}.${payload["action"]}` : event));
    },
    answerWith(next) {
      status = next;
    },
    client: (login) => new Octokit({ baseUrl: github.url, auth: login === null ? undefined : github.as(login).token(), log: SILENT }),
    async close() {
      await github.close();
      listener.closeAllConnections();
      listener.close();
    },
  };
}

let branches = 0;

/** Opens a pull request by wendy from a branch of its own. */
export async function openPull(
  { github }: Acme,
  changes: FileChanges | null = null,
  rest: { readonly draft?: boolean; readonly body?: string } = {},
): Promise<{ readonly number: number; readonly sha: string; readonly branch: string }> {
  branches += 1;
  const branch = `change-${branches}`;
  const wendy = github.as("wendy");
  const sha = await wendy.push(REPO, {
    branch,
    changes: changes ?? { [`src/${branch}.ts`]: `${branch}\n` },
    message: `Change ${branches}`,
  });
  return { number: await wendy.openPullRequest({ repo: REPO, head: branch, title: `Change ${branches}`, ...rest }), sha, branch };
}

/** The status of an Octokit call that must fail. */
export async function statusOf(call: Promise<unknown>): Promise<number> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && "status" in error && typeof error.status === "number") return error.status;
    throw error;
  }
  return 200;
}
