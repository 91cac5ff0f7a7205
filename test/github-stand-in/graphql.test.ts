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

const COMMENTS = `query ($number: Int!, $after: String) {
  repository(owner: "acme", name: "orders") {
    pullRequest(number: $number) {
      isDraft
      headRefOid
      comments(first: 2, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          databaseId body isMinimized minimizedReason lastEditedAt includesCreatedEdit
          author { __typename login }
          editor { login }
          userContentEdits(first: 10) { totalCount nodes { editor { login } diff } }
        }
      }
    }
  }
}`;

it("knows who wrote, who edited, what it said before, and what is hidden", async () => {
  const { github } = acme;
  const edited = github.as("rita").comment(REPO, number, "first");
  github.as("wendy").editComment(REPO, edited, "second");
  github.as("rita").editComment(REPO, edited, "third");
  const hidden = github.as("wendy").comment(REPO, number, "noise");
  github.as("tess").hideComment(REPO, hidden, "off-topic");
  await acme.app.issues.createComment({ owner: "acme", repo: "orders", issue_number: number, body: "from the app" });

  const answer = await acme.app.graphql(COMMENTS, { number });
  expect(answer).toMatchObject({
    repository: {
      pullRequest: {
        isDraft: false,
        headRefOid: github.headSha(REPO, number),
        comments: {
          totalCount: 3,
          pageInfo: { hasNextPage: true },
          nodes: [
            {
              databaseId: edited,
              body: "third",
              author: { __typename: "User", login: "rita" },
              editor: { login: "rita" },
              lastEditedAt: expect.stringMatching(/Z$/),
              includesCreatedEdit: true,
              userContentEdits: {
                totalCount: 3,
                nodes: [
                  { editor: { login: "rita" }, diff: "third" },
                  { editor: { login: "wendy" }, diff: "second" },
                  { editor: { login: "rita" }, diff: "first" },
                ],
              },
            },
            { databaseId: hidden, isMinimized: true, minimizedReason: "off-topic", editor: null, userContentEdits: { totalCount: 0 } },
          ],
        },
      },
    },
  });
  const { endCursor } = (answer as { repository: { pullRequest: { comments: { pageInfo: { endCursor: string } } } } }).repository
    .pullRequest.comments.pageInfo; // graphql answers are untyped
  expect(await acme.app.graphql(COMMENTS, { number, after: endCursor })).toMatchObject({
    repository: {
      pullRequest: {
        comments: {
          pageInfo: { hasNextPage: false },
          nodes: [{ body: "from the app", author: { __typename: "Bot", login: acme.github.app.slug } }],
        },
      },
    },
  });
});

it("finds a comment by the node id that REST gives", async () => {
  const id = acme.github.as("rita").comment(REPO, number, "by node");
  const { data } = await acme.app.issues.getComment({ owner: "acme", repo: "orders", comment_id: id });
  const query = "query ($id: ID!) { node(id: $id) { ... on IssueComment { databaseId body viewerDidAuthor } } }";
  expect(await acme.app.graphql(query, { id: data.node_id })).toEqual({
    node: { databaseId: id, body: "by node", viewerDidAuthor: false },
  });
});

it("turns a pull request into a draft and back, and hides a comment", async () => {
  const { data } = await acme.client("wendy").pulls.get({ owner: "acme", repo: "orders", pull_number: number });
  const wendy = acme.client("wendy");
  const change = (name: string) =>
    wendy.graphql(`mutation ($id: ID!) { ${name}(input: { pullRequestId: $id }) { pullRequest { isDraft } } }`, { id: data.node_id });
  expect(await change("convertPullRequestToDraft")).toMatchObject({ convertPullRequestToDraft: { pullRequest: { isDraft: true } } });
  expect(await change("markPullRequestReadyForReview")).toMatchObject({
    markPullRequestReadyForReview: { pullRequest: { isDraft: false } },
  });
  expect((await acme.events()).slice(-2)).toEqual(["pull_request.converted_to_draft", "pull_request.ready_for_review"]);

  const comment = acme.github.as("rita").comment(REPO, number, "hide me");
  const subject = await acme.app.issues.getComment({ owner: "acme", repo: "orders", comment_id: comment });
  const hide =
    "mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OFF_TOPIC }) { minimizedComment { minimizedReason } } }";
  expect(await acme.app.graphql(hide, { id: subject.data.node_id })).toEqual({
    minimizeComment: { minimizedComment: { minimizedReason: "off-topic" } },
  });
});

it.each([
  ["a pull request that is not there", 999, "NOT_FOUND"],
  ["a page without size", null, undefined],
])("answers %s with an error beside the data", async (_case, wanted, type) => {
  const query =
    wanted === null
      ? `{ repository(owner: "acme", name: "orders") { pullRequest(number: ${number}) { comments { totalCount } } } }`
      : `{ repository(owner: "acme", name: "orders") { pullRequest(number: ${wanted}) { title } } }`;
  await expect(acme.app.graphql(query)).rejects.toMatchObject({
    errors: [{ ...(type === undefined ? {} : { type }), message: expect.any(String) }],
  });
});

it("needs a token", async () => {
  expect((await fetch(`${acme.github.url}/graphql`, { method: "POST", body: '{"query":"{viewer{login}}"}' })).status).toBe(401);
});
