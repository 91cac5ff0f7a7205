import { parseArgs } from "node:util";
import { type LocalApp, startLocalApp } from "../test/support/app/start-local-app.ts";
import type { RecordedRequest } from "../test/support/github/traffic.ts";

// GitHub requests and bytes of one review, by the number of changed files: the first review of a pull request, the
// review after a push that changes one file, and the one after the description was edited. Steady state: the token, the
// repository's policy and its decision makers are known; what they cost is in the line "a repository's first".
const { values } = parseArgs({ options: { files: { type: "string", default: "1,10,100,1000,3000" } } });
const REPO = "acme/bench";
const LINES_PER_FILE = 60;

function source(index: number, of: number): string {
  const routes = Array.from(
    { length: LINES_PER_FILE },
    (_, line) => `app${index}.get("/things/${index}/${line}", (_request, response) => response.json({ id: ${line} }));\n`,
  );
  return `// one of ${of}\nimport express from "express";\nexport const app${index} = express();\n${routes.join("")}`;
}

const STEPS: readonly (readonly [string, RegExp])[] = [
  ["token", /access_tokens/],
  ["question", /POST \/graphql/],
  ["files", /\/pulls\/\d+\/files/],
  ["blobs", /\/git\/blobs\/|\/contents\//],
  ["signers", /collaborators|teams|\/activity|\/commits(\?|$)|GET \/repos\/[^/]+\/[^/]+\/pulls\/\d+$/],
  ["check run", /check-runs/],
  ["comment", /\/comments/],
];

function stepOf({ method, path }: RecordedRequest): string {
  return STEPS.find(([, pattern]) => pattern.test(`${method} ${path}`))?.[0] ?? `${method} ${path}`;
}

function describe(label: string, requests: readonly RecordedRequest[], seconds: number): string {
  const counts = Map.groupBy(requests, stepOf);
  const steps = [...counts].map(([step, all]) => `${step} ${all.length}`).join(", ");
  const read = requests.reduce((sum, request) => sum + request.bytesAnswered, 0) / 1024;
  const sent = requests.reduce((sum, request) => sum + request.bytesSent, 0) / 1024;
  const figures = [
    String(requests.length).padStart(8),
    read.toFixed(0).padStart(9),
    sent.toFixed(0).padStart(8),
    seconds.toFixed(1).padStart(8),
  ];
  return `${label.padEnd(32)}${figures.join(" ")}  ${steps}\n`;
}

async function measure(app: LocalApp, label: string, act: () => Promise<unknown>): Promise<void> {
  const before = app.github.requests().length;
  const startedAt = performance.now();
  await act();
  await app.idle();
  const seconds = (performance.now() - startedAt) / 1000;
  process.stdout.write(describe(label, app.github.requests().slice(before), seconds));
}

async function measureSize(app: LocalApp, count: number): Promise<void> {
  const ana = app.github.as("ana");
  const branch = `change-${count}`;
  const folder = `src/routes/of-${count}`;
  const changes = Object.fromEntries(Array.from({ length: count }, (_, index) => [`${folder}/thing${index}.ts`, source(index, count)]));
  await ana.push(REPO, { branch, changes, message: "Add things" });
  await app.idle();
  let number = 0;
  await measure(app, `${count} files, opened`, async () => {
    number = await ana.openPullRequest({ repo: REPO, head: branch, title: "Add things", body: "No plan." });
  });
  await measure(app, `${count} files, one pushed`, () =>
    ana.push(REPO, { branch, changes: { [`${folder}/thing0.ts`]: `${source(0, count)}// changed\n` }, message: "Change one" }),
  );
  await measure(app, `${count} files, description edited`, () => ana.editPullRequest(REPO, number, { body: "Still no plan." }));
}

const app = await startLocalApp({ patienceMs: 300_000 });
try {
  app.github.createOrganization("acme", { ana: "member", dana: "admin", eli: "admin" }, "write");
  await app.github.createRepository({ repo: REPO, files: { "README.md": "# Bench\n", "package.json": "{}\n" } });
  app.github.installApp("acme");
  await app.idle();
  process.stdout.write(`${"review of".padEnd(32)}requests  KB read  KB sent  seconds  requests by step\n`);
  const ana = app.github.as("ana");
  await ana.push(REPO, { branch: "first", changes: { "src/routes/first.ts": source(0, 0) }, message: "Add one" });
  await app.idle();
  await measure(app, "a repository's first", () => ana.openPullRequest({ repo: REPO, head: "first", title: "Add one", body: "No plan." }));
  for (const count of values.files.split(",").map(Number)) await measureSize(app, count);
} finally {
  await app.stop();
}
