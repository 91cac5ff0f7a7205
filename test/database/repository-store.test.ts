import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { createInstalledRepositoryStore } from "../../src/database/installed-repository-store.ts";
import { createPolicyStore } from "../../src/database/policy-store.ts";
import { createPullRequestStore } from "../../src/database/pull-request-store.ts";
import { createRepositoryStore } from "../../src/database/repository-store.ts";
import { createReviewStore } from "../../src/database/review-store.ts";
import { createShownShortfallStore } from "../../src/database/shown-shortfall-store.ts";
import { buildReview } from "../support/database/build-review.ts";
import { openStore } from "../support/database/open-store.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";

const ref = (repo: string, number: number) => ({ installationId: 1, repo, number });
const sha = (digit: string) => digit.repeat(40);

describeOnBothDatabases("a repository that gets another name", (databases) => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await openStore(databases));
  });
  afterAll(() => close());

  it("takes along what is known of it, though news under the new name came first", async () => {
    const pulls = createPullRequestStore(database);
    const reviews = createReviewStore(database);
    const shown = createShownShortfallStore(database);
    const policies = createPolicyStore(database);
    const seen = (headSha: string, at: string) => ({ headSha, state: "open" as const, at });
    await pulls.savePullRequest(ref("acme/old", 1), seen(sha("a"), "2026-11-20T10:00:00Z"));
    await pulls.savePullRequest(ref("acme/old", 2), seen(sha("b"), "2026-11-20T10:00:00Z"));
    await pulls.savePullRequest(ref("acme/new", 2), seen(sha("c"), "2026-11-20T11:00:00Z"));
    await reviews.saveReview(ref("acme/old", 1), buildReview({ repo: "acme/old", headSha: sha("a"), reviewedAt: "2026-11-20T10:00:01Z" }));
    await shown.saveShown(ref("acme/old", 1), ["x"], "2026-11-20T10:00:02Z");
    await policies.savePolicy("acme/old", { text: "mode: observe", sha: sha("d"), at: "2026-11-20T09:00:00Z" });
    await policies.savePolicy("acme/new", { text: "mode: enforce", sha: sha("e"), at: "2026-11-20T11:00:00Z" });
    await createInstalledRepositoryStore(database).saveUnswept([{ installationId: 1, repo: "acme/old" }]);
    const repositories = createRepositoryStore(database);
    await repositories.renameRepository("acme/old", "acme/new", 2);
    await repositories.renameRepository("acme/old", "acme/new", 2);
    expect([await pulls.loadHead(ref("acme/new", 1)), await pulls.loadHead(ref("acme/new", 2))]).toEqual([sha("a"), sha("c")]);
    expect(await pulls.loadHead(ref("acme/old", 2))).toBeNull();
    expect(await reviews.loadReview("acme/new", 1, sha("a"))).not.toBeNull();
    expect((await shown.loadShown("acme/new", 1, "2026-11-20T12:00:00Z"))?.fingerprints).toEqual(["x"]);
    expect((await createInstalledRepositoryStore(database).findRepositories(2)).map(String)).toEqual(["acme/new"]);
    expect((await policies.loadPolicy("acme/new"))?.text).toBe("mode: enforce");
  });
});
