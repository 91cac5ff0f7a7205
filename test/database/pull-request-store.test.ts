import { afterAll, beforeAll, expect, it } from "vitest";
import { createPullRequestStore } from "../../src/database/pull-request-store.ts";
import type { PullRequestStore } from "../../src/model/pull-request-store.ts";
import { openStore } from "../support/database/open-store.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";

const HEAD = "1".repeat(40);

describeOnBothDatabases("pull request store", (databases) => {
  let pulls: PullRequestStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const store = await openStore(databases);
    pulls = createPullRequestStore(store.database);
    close = store.close;
  });
  afterAll(() => close());
  const pull = (repo: string, number: number) => ({ installationId: 9, repo, number });
  const at = (minute: number) => `2027-01-10T09:0${minute}:00Z`;

  it("finds the open pull requests of a head, by number", async () => {
    const repo = "acme/shared";
    for (const number of [3, 1]) await pulls.savePullRequest(pull(repo, number), { headSha: HEAD, state: "open", at: at(1) });
    await pulls.savePullRequest(pull(repo, 2), { headSha: HEAD, state: "closed", at: at(1) });
    await pulls.savePullRequest(pull("acme/other", 4), { headSha: HEAD, state: "open", at: at(1) });
    expect(await pulls.findOpenPullRequestsOfHead(repo, HEAD)).toEqual([pull(repo, 1), pull(repo, 3)]);
  });

  it("keeps the newest news, whatever the order it comes in", async () => {
    const repo = "acme/order";
    await pulls.savePullRequest(pull(repo, 1), { headSha: HEAD, state: "closed", at: at(2) });
    await pulls.savePullRequest(pull(repo, 1), { headSha: HEAD, state: "open", at: at(1) });
    expect(await pulls.findOpenPullRequestsOfHead(repo, HEAD)).toEqual([]);
    await pulls.savePullRequest(pull(repo, 1), { headSha: HEAD, state: "open", at: at(3) });
    expect(await pulls.findOpenPullRequestsOfHead(repo, HEAD)).toHaveLength(1);
  });

  it("remembers the heads that were left until each is forgotten, and takes no late news for a move", async () => {
    const repo = "acme/left";
    const heads = ["1", "2", "3"].map((digit) => digit.repeat(40));
    for (const [minute, headSha] of heads.entries())
      await pulls.savePullRequest(pull(repo, 1), { headSha, state: "open", at: at(minute + 1) });
    await pulls.savePullRequest(pull(repo, 1), { headSha: HEAD, state: "open", at: at(0) });
    await pulls.savePullRequest(pull(repo, 2), { headSha: HEAD, state: "open", at: at(1) });
    expect(await pulls.loadLeftHeads(pull(repo, 1))).toEqual(heads.slice(0, 2));
    expect(await pulls.loadLeftHeads(pull(repo, 2))).toEqual([]);
    await pulls.forgetLeftHead(pull(repo, 1), heads[0] ?? "");
    expect(await pulls.loadLeftHeads(pull(repo, 1))).toEqual(heads.slice(1, 2));
  });

  it("keeps the known head when news do not name one", async () => {
    const repo = "acme/head";
    await pulls.savePullRequest(pull(repo, 1), { headSha: HEAD, state: "open", at: at(1) });
    await pulls.savePullRequest(pull(repo, 1), { headSha: null, state: "open", at: at(2) });
    expect(await pulls.findOpenPullRequestsOfHead(repo, HEAD)).toHaveLength(1);
  });
});
