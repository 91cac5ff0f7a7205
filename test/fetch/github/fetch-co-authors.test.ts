import { expect, test } from "vitest";
import { fetchCoAuthors } from "../../../src/fetch/github/fetch-co-authors.ts";
import type { GitHubClient } from "../../../src/github/client.ts";

const SHAS = ["a".repeat(40), "b".repeat(40)];
const commitOf = (oid: string, login: string) => ({
  oid,
  message: "m",
  parents: { nodes: [] },
  authors: { nodes: [{ email: `${login}@acme.example`, user: { databaseId: 5, login } }] },
  committer: null,
});

/** A client whose every question is answered, or fails, in the given way. */
function clientOf(answer: () => unknown): GitHubClient {
  return { graphql: async () => ({ repository: answer() }) } as unknown as GitHubClient; // only what is asked
}

test("everyone whom GitHub links to a commit is found, by commit", async () => {
  const client = clientOf(() => ({ c0: commitOf(SHAS[0] ?? "", "eli"), c1: commitOf(SHAS[1] ?? "", "ana") }));
  const people = await fetchCoAuthors(client, "acme/api", SHAS);
  expect(SHAS.map((sha) => people?.get(sha)?.map(({ login }) => login))).toEqual([["eli"], ["ana"]]);
});

test("a commit that GitHub does not know, or answers another for, leaves all untold", async () => {
  for (const c1 of [null, commitOf("c".repeat(40), "ana")])
    expect(
      await fetchCoAuthors(
        clientOf(() => ({ c0: commitOf(SHAS[0] ?? "", "eli"), c1 })),
        "acme/api",
        SHAS,
      ),
    ).toBeNull();
});

test("a question that GitHub refuses leaves them untold, and one that it cannot answer is an error", async () => {
  const fail = (status: number) =>
    clientOf(() => {
      throw Object.assign(new Error("no"), { name: "HttpError", status });
    });
  expect(await fetchCoAuthors(fail(403), "acme/api", SHAS)).toBeNull();
  await expect(fetchCoAuthors(fail(502), "acme/api", SHAS)).rejects.toMatchObject({ status: 502 });
});

test("nothing is asked where no commit needs it", async () => {
  const client = clientOf(() => {
    throw new Error("asked");
  });
  expect(await fetchCoAuthors(client, "acme/api", [])).toEqual(new Map());
});
