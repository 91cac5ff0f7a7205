import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAwaitedHeadStore } from "../../src/database/awaited-head-store.ts";
import type { Database } from "../../src/database/database.ts";
import { createInstalledRepositoryStore } from "../../src/database/installed-repository-store.ts";
import { createMissedDeliveryStore } from "../../src/database/missed-delivery-store.ts";
import { createPullRequestStore } from "../../src/database/pull-request-store.ts";
import { createRepositoryStore } from "../../src/database/repository-store.ts";
import { createRoundStore } from "../../src/database/round-store.ts";
import type { Queue } from "../../src/queue/create-queue.ts";
import { deleteJobs } from "../support/database/delete-jobs.ts";
import { openStore } from "../support/database/open-store.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";

const MINUTE = 60_000;
const at = (minute: number) => new Date(Date.UTC(2027, 0, 10, 9, minute)).toISOString();
const HEAD = "1".repeat(40);
const OTHER = "2".repeat(40);
const ref = (repo: string, number: number) => ({ installationId: 9, repo, number });

describeOnBothDatabases("recovery", (databases) => {
  let database: Database;
  let queue: Queue;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, queue, close } = await openStore(databases));
  });
  afterAll(() => close());
  beforeEach(() => deleteJobs(database));

  describe("a missed delivery", () => {
    const failure = (guid: string, attemptId: string, minute: number) => ({
      guid,
      attemptId,
      event: "pull_request.opened",
      failedAt: at(minute),
    });

    it("is due once for each failed attempt, after pauses that double", async () => {
      const missed = createMissedDeliveryStore(database);
      const due = async (minute: number) => (await missed.findDue(at(minute), 10)).map(({ attemptId, tries }) => [attemptId, tries]);
      await missed.saveFailures([failure("g-1", "1", 0)], at(1), 5 * MINUTE);
      expect([await due(1), await missed.countDue()]).toEqual([[["1", 0]], 1]);
      await missed.saveAsked("g-1");
      expect(await missed.countDue()).toBe(0);
      await missed.saveFailures([failure("g-1", "1", 0)], at(2), 5 * MINUTE);
      expect(await due(59)).toEqual([]);
      await missed.saveFailures([failure("g-1", "9007199254740993", 3)], at(4), 5 * MINUTE);
      expect([await due(8), await due(9)]).toEqual([[], [["9007199254740993", 1]]]);
      await missed.saveAsked("g-1");
      await missed.saveFailures([failure("g-1", "3", 10)], at(10), 5 * MINUTE);
      expect([await due(19), await due(20)]).toEqual([[], [["3", 2]]]);
    });

    it("that was given up stays so, and is forgotten in the end", async () => {
      const missed = createMissedDeliveryStore(database);
      await missed.saveFailures([failure("g-2", "1", 0)], at(1), MINUTE);
      await missed.saveGivenUp("g-2");
      await missed.saveFailures([failure("g-2", "2", 5)], at(6), MINUTE);
      expect((await missed.findDue(at(59), 10)).filter(({ guid }) => guid === "g-2")).toEqual([]);
      await missed.deleteMissedBefore(at(6));
      await missed.saveFailures([failure("g-2", "3", 7)], at(8), MINUTE);
      expect((await missed.findDue(at(8), 10)).filter(({ guid }) => guid === "g-2")).toHaveLength(1);
    });
  });

  describe("a head", () => {
    it("is unfinished until its run stands, and is repaired after pauses that double", async () => {
      const heads = createAwaitedHeadStore(database);
      const pull = { number: 1, headSha: HEAD };
      const unfinished = (minute: number) => heads.findUnfinished("acme/api", [pull, { number: 1, headSha: OTHER }], at(minute));
      await heads.saveFinished(ref("acme/api", 1), OTHER);
      expect(await unfinished(0)).toEqual([pull]);
      await heads.saveRepair(ref("acme/api", 1), HEAD, at(0), 10 * MINUTE);
      expect([await unfinished(9), await unfinished(10)]).toEqual([[], [pull]]);
      await heads.saveRepair(ref("acme/api", 1), HEAD, at(10), 10 * MINUTE);
      expect([await unfinished(29), await unfinished(30)]).toEqual([[], [pull]]);
      await heads.saveFinished(ref("acme/api", 1), HEAD);
      expect(await unfinished(59)).toEqual([]);
    });

    it("that another pull request shares is unfinished for that one", async () => {
      const heads = createAwaitedHeadStore(database);
      await heads.saveFinished(ref("acme/shared", 1), HEAD);
      const second = { number: 2, headSha: HEAD };
      expect(await heads.findUnfinished("acme/shared", [{ number: 1, headSha: HEAD }, second], at(0))).toEqual([second]);
    });

    it("of the merge queue is found by itself, while the queue waits for it", async () => {
      const heads = createAwaitedHeadStore(database);
      const now = Date.now();
      const instant = (minutes: number) => new Date(now + minutes * MINUTE).toISOString();
      await heads.saveMergeGroup(ref("acme/queue", 4), HEAD);
      await heads.saveMergeGroup(ref("acme/queue", 5), OTHER);
      await heads.saveFinished(ref("acme/queue", 5), OTHER);
      expect(await heads.findUnfinishedMergeGroups(instant(-60), instant(1), 10)).toEqual([{ ...ref("acme/queue", 4), headSha: HEAD }]);
      expect(await heads.findUnfinishedMergeGroups(instant(1), instant(2), 10)).toEqual([]);
      await heads.saveRepair(ref("acme/queue", 4), HEAD, instant(0), 10 * MINUTE);
      expect(await heads.findUnfinishedMergeGroups(instant(-60), instant(5), 10)).toEqual([]);
      await heads.deleteMergeGroupsBefore(instant(1));
      expect(await heads.findUnfinishedMergeGroups(instant(-60), instant(30), 10)).toEqual([]);
    });
  });

  it("takes repositories in turn, those with pull requests among them, until they are out of reach", async () => {
    const installed = createInstalledRepositoryStore(database);
    const repositories = createRepositoryStore(database);
    const next = async (before: number) => (await installed.findLeastSwept(10, at(before))).map(({ repo }) => repo);
    await createPullRequestStore(database).savePullRequest(ref("acme/known", 1), { headSha: HEAD, state: "open", at: at(0) });
    await installed.saveRepositories([{ installationId: 9, repo: "acme/listed" }]);
    expect(await next(0)).toEqual(["acme/known", "acme/listed"]);
    await installed.saveSwept("acme/known", at(5));
    await installed.saveSwept("acme/listed", at(4));
    expect([await next(4), await next(5), await next(6)]).toEqual([[], ["acme/listed"], ["acme/listed", "acme/known"]]);
    await installed.saveUnswept([{ installationId: 9, repo: "acme/known" }]);
    expect(await next(5)).toEqual(["acme/known", "acme/listed"]);
    await repositories.closeRepositories(9, ["acme/known"]);
    await installed.saveRepositories([]);
    expect(await installed.findRepositories(9)).toEqual(["acme/listed"]);
  });

  it("begins a round once, however many processes try, and tells it when the last one that ended began", async () => {
    const rounds = createRoundStore(database, queue);
    const begun = async (minute: number, notSince: number) => {
      const tries = Array.from({ length: 5 }, () => rounds.claimRound("sweep", at(minute), at(notSince)));
      return (await Promise.all(tries)).filter(Boolean).length;
    };
    expect(await begun(0, 0)).toBe(1);
    expect((await queue.depth()).waiting).toBe(1);
    expect(await begun(4, 0)).toBe(0);
    await deleteJobs(database);
    expect(await begun(5, 1)).toBe(1);
    const doneAt = async () => (await database.db.selectFrom("round").where("name", "=", "sweep").select("done_at").execute())[0]?.done_at;
    expect(await doneAt()).toBeNull();
    await rounds.saveRoundDone("sweep", at(5));
    expect((await doneAt())?.toISOString()).toBe(at(5));
  });
});
