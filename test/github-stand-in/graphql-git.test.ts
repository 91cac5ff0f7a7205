import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openPull, REPO, startAcme } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;
let number: number;

beforeAll(async () => {
  acme = await startAcme();
  ({ number } = await openPull(acme));
});

afterAll(() => acme.close());

const QUERY = `query ($number: Int!, $first: String!, $app: Int) {
  repository(owner: "acme", name: "orders") {
    object(expression: $first) { __typename ... on Blob { oid byteSize isBinary isTruncated text } }
    pullRequest(number: $number) {
      changedFiles
      labels(first: 5) { nodes { name } }
      headRepository { nameWithOwner }
      commits(last: 1) { totalCount nodes { commit {
        oid message
        parents(first: 2) { nodes { oid } }
        authors(first: 5) { nodes { email user { login } } }
        file(path: "src/app.ts") { object { ... on Blob { text } } }
        nothing: file(path: "not/there") { path }
        checkSuites(first: 5, filterBy: { appId: $app }) { nodes { checkRuns(first: 5, filterBy: { checkType: LATEST }) { nodes { name resourcePath externalId annotations(first: 1) { totalCount } } } } }
      } } }
    }
  }
}`;

it("shows the head commit with its people, files and the newest runs of an app", async () => {
  const head = acme.github.headSha(REPO, number);
  const place = { owner: "acme", repo: "orders" };
  const annotation = { path: "src/app.ts", start_line: 1, end_line: 1, annotation_level: "notice", message: "m" } as const;
  await acme.app.checks.create({ ...place, name: "ours", head_sha: head, external_id: "old" });
  const { data: newest } = await acme.app.checks.create({
    ...place,
    name: "ours",
    head_sha: head,
    external_id: "new",
    output: { title: "t", summary: "s", annotations: [annotation] },
  });
  const answer = await acme.app.graphql(QUERY, { number, first: "HEAD:src/app.ts", app: acme.github.app.id });
  expect(answer).toMatchObject({
    repository: {
      object: { __typename: "Blob", isBinary: false, isTruncated: false },
      pullRequest: {
        changedFiles: expect.any(Number),
        headRepository: { nameWithOwner: REPO },
        commits: {
          nodes: [
            {
              commit: {
                oid: head,
                file: { object: { text: expect.any(String) } },
                nothing: null,
                checkSuites: {
                  nodes: [
                    {
                      checkRuns: {
                        nodes: [{ name: "ours", externalId: "new", resourcePath: expect.stringContaining(`/runs/${newest.id}`) }],
                      },
                    },
                  ],
                },
              },
            },
          ],
        },
      },
    },
  });
});

it("cuts the text of a long file, decodes what is no UTF-8, and has none for a binary one", async () => {
  const long = "x".repeat(600_000);
  const head = await acme.github.as("wendy").push(REPO, {
    branch: "files",
    changes: { "long.txt": long, "latin.txt": Buffer.from([0x63, 0xe9]), "binary.bin": Buffer.from([1, 0, 2]) },
    message: "Add",
  });
  const read = async (path: string) => {
    const answer: { repository: { object: { text: string | null } & Record<string, unknown> } } = await acme.app.graphql(QUERY, {
      number,
      first: `${head}:${path}`,
      app: 1,
    });
    return answer.repository.object;
  };
  expect(await read("long.txt")).toMatchObject({ isTruncated: true, byteSize: 600_000, text: long.slice(0, 512_000) });
  expect(await read("latin.txt")).toMatchObject({ isBinary: false, text: "c\uFFFD" });
  expect(await read("binary.bin")).toMatchObject({ isBinary: true, text: null });
  const oid = createHash("sha1").update(`blob 600000\0${long}`).digest("hex");
  expect(await acme.app.graphql(QUERY, { number, first: oid, app: 1 })).toMatchObject({ repository: { object: { oid } } });
  expect(await acme.app.graphql(QUERY, { number, first: "f".repeat(40), app: 1 })).toMatchObject({ repository: { object: null } });
});
