import { startLocalApp } from "../test/support/app/start-local-app.ts";

// GitHub requests of one review for 1, 10 and 100 changed files: the first review of a pull request, and the
// review after its description was edited. Token requests are counted apart, because a token serves an hour.
const REPO = "acme/bench";
const source = (index: number) =>
  `import express from "express";\nexport const app${index} = express();\napp${index}.get("/things/${index}", (_request, response) => response.json({ id: ${index} }));\n`;

const app = await startLocalApp();
try {
  app.github.createOrganization("acme", { ana: "member", dana: "admin" }, "write");
  await app.github.createRepository({ repo: REPO });
  app.github.installApp("acme");
  const ana = app.github.as("ana");
  process.stdout.write("files  first review  edited description  of these reads  tokens\n");
  for (const count of [1, 10, 100]) {
    const changes = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`src/routes/of-${count}/thing${index}.ts`, source(index)]),
    );
    await ana.push(REPO, { branch: `change-${count}`, changes, message: "Add things" });
    await app.idle();
    const start = app.github.requests().length;
    const number = await ana.openPullRequest({ repo: REPO, head: `change-${count}`, title: "Add things", body: "No plan." });
    await app.idle();
    const opened = app.github.requests().length;
    await ana.editPullRequest(REPO, number, { body: "Still no plan." });
    await app.idle();
    const first = app.github.requests().slice(start, opened);
    const isToken = ({ path }: { path: string }) => path.includes("access_tokens");
    const counted = first.filter((request) => !isToken(request));
    const reads = counted.filter((request) => request.method === "GET" || request.path.startsWith("/graphql")).length;
    const edited = app.github
      .requests()
      .slice(opened)
      .filter((request) => !isToken(request)).length;
    process.stdout.write(
      `${String(count).padStart(5)}  ${String(counted.length).padStart(12)}  ${String(edited).padStart(18)}  ${String(reads).padStart(14)}  ${String(first.length - counted.length).padStart(6)}\n`,
    );
  }
} finally {
  await app.stop();
}
