import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAcceptanceStore } from "../../src/database/acceptance-store.ts";
import type { Database } from "../../src/database/database.ts";
import { createPullRequestStore } from "../../src/database/pull-request-store.ts";
import { createPushStore } from "../../src/database/push-store.ts";
import { createRepositoryStore } from "../../src/database/repository-store.ts";
import { createRiskCommentStore } from "../../src/database/risk-comment-store.ts";
import { createPersonStore } from "../../src/database/person-store.ts";
import type { AcceptanceStore } from "../../src/model/risk-register.ts";
import type { RegisterCause, Signature } from "../../src/model/recorded-acceptance.ts";
import type { Queue } from "../../src/queue/create-queue.ts";
import { buildJob } from "../support/database/build-job.ts";
import { deleteJobs } from "../support/database/delete-jobs.ts";
import { openStore } from "../support/database/open-store.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";

const DANA = { githubId: 501, login: "dana" };
const URL = "https://github.com/acme/api/pull/1#issuecomment-77";

const buildSignature = (given: Partial<Signature> = {}): Signature => ({
  signer: DANA,
  shortfalls: [{ id: "total-items", fingerprint: "f1", detail: "24 of 25 items" }],
  retrofitOn: "2027-03-31",
  engineerWeeks: 1.5,
  mitigation: "10 req/min, 24/7 on-call by the payments team",
  headSha: "a".repeat(40),
  base: "main",
  formCode: "4f2a",
  formCommentId: 76,
  commentId: 77,
  commentUrl: URL,
  signedAt: "2027-01-10T09:00:00.000Z",
  ...given,
});

const buildCause = (given: Partial<RegisterCause> = {}): RegisterCause => ({
  actor: DANA,
  at: "2027-01-10T09:00:01.000Z",
  deliveryId: "guid-1",
  commentUrl: URL,
  headSha: "a".repeat(40),
  ...given,
});

describeOnBothDatabases("acceptance store", (databases) => {
  let database: Database;
  let queue: Queue;
  let register: AcceptanceStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, queue, close } = await openStore(databases));
    register = createAcceptanceStore(database, queue);
  });
  afterAll(() => close());
  let repo = "";
  let count = 0;
  beforeEach(async () => {
    repo = `acme/api-${++count}`;
    await deleteJobs(database);
  });
  const pull = () => ({ installationId: 1, repo, number: 1 });
  const record = (signature = buildSignature(), cause = buildCause()) => register.recordAcceptance(pull(), signature, cause, buildJob(1));

  it("gives back what was signed, to the day and the cent", async () => {
    const { id } = await record();
    expect(await register.loadAcceptances(repo, 1)).toEqual([
      {
        id,
        repo,
        number: 1,
        base: "main",
        acceptedBy: "dana",
        acceptedById: 501,
        state: "active",
        shortfalls: [{ id: "total-items", fingerprint: "f1", detail: "24 of 25 items" }],
        fingerprints: ["f1"],
        retrofitOn: "2027-03-31",
        engineerWeeks: 1.5,
        mitigation: "10 req/min, 24/7 on-call by the payments team",
        headSha: "a".repeat(40),
        formCode: "4f2a",
        formCommentId: 76,
        commentId: 77,
        url: URL,
        signedAt: "2027-01-10T09:00:00.000Z",
        formNodeId: "",
        nodeId: "",
        signedIn: repo,
        endedAt: null,
        endedBecause: null,
      },
    ]);
  });

  it("queues the job in the same transaction: both are there, or neither", async () => {
    await record();
    expect((await queue.depth()).waiting).toBe(1);
    await deleteJobs(database);
    await expect(record(buildSignature({ commentId: 78, engineerWeeks: -1 }))).rejects.toThrow("engineer_weeks");
    const failing = createAcceptanceStore(database, {
      ...queue,
      enqueueWithin: async (trx, job) => {
        await queue.enqueueWithin(trx, job);
        throw new Error("the disk is full");
      },
    });
    await expect(failing.recordAcceptance(pull(), buildSignature({ commentId: 79 }), buildCause(), buildJob(1))).rejects.toThrow(
      "the disk is full",
    );
    expect((await queue.depth()).waiting).toBe(0);
    expect(await register.loadAcceptances(repo, 1)).toHaveLength(1);
  });

  it("takes the same signature twice, as after a redelivery, for one", async () => {
    const [first, second] = await Promise.all([record(), record()]);
    expect(second.id).toBe(first.id);
    expect(await register.loadAcceptances(repo, 1)).toHaveLength(1);
    expect(await register.loadAcceptanceEvents(first.id)).toHaveLength(1);
  });

  it("keeps two signers of one form apart", async () => {
    await record();
    await record(buildSignature({ signer: { githubId: 502, login: "eli" }, commentId: 80 }));
    expect((await register.loadAcceptances(repo, 1)).map((acceptance) => acceptance.acceptedBy)).toEqual(["dana", "eli"]);
  });

  it("ends an acceptance once, and says by whom, when and why", async () => {
    const { id } = await record();
    const cause = buildCause({ actor: null, at: "2027-01-11T00:00:00.000Z", deliveryId: "guid-2" });
    expect(await register.endAcceptance(id, "voided", cause, buildJob(1))).toBe(true);
    expect(await register.endAcceptance(id, "withdrawn", cause, buildJob(1))).toBe(false);
    expect(await register.loadAcceptances(repo, 1)).toEqual([]);
    const [signed, voided] = await register.loadAcceptanceEvents(id);
    expect(signed).toMatchObject({ action: "signed", actorId: 501, oldValue: null, newValue: { state: "active" }, deliveryId: "guid-1" });
    expect(voided).toMatchObject({
      action: "voided",
      actorId: null,
      at: "2027-01-11T00:00:00.000Z",
      deliveryId: "guid-2",
      oldValue: { state: "active", endedAt: null },
      newValue: { state: "voided", endedAt: "2027-01-11T00:00:00.000Z" },
    });
  });

  it("remembers why it ended, and the names under which its comments are read again", async () => {
    const { id } = await record(buildSignature({ formNodeId: "IC_form", nodeId: "IC_sign" }));
    await register.endAcceptance(id, "voided", buildCause({ actor: null, reason: "form-edited" }), null);
    expect((await queue.depth()).waiting).toBe(1);
    expect(await register.loadEndedAcceptances(repo, 1)).toMatchObject([
      { id, state: "voided", endedBecause: "form-edited", formNodeId: "IC_form", nodeId: "IC_sign" },
    ]);
  });

  it("finds open pull requests by signer and by date", async () => {
    await record();
    await createPullRequestStore(database).savePullRequest(pull(), { headSha: "a".repeat(40), state: "open", at: "2027-01-10T09:00:00Z" });
    const find = (filter: object) => register.findSignedPullRequests({ repo, ...filter });
    expect(await find({ personId: 501 })).toEqual([pull()]);
    expect(await find({ personId: 502 })).toEqual([]);
    expect(await find({ retrofitBefore: "2027-04-01" })).toEqual([pull()]);
    expect(await find({ retrofitBefore: "2027-03-31" })).toEqual([]);
    expect(await find({ retrofitFrom: "2027-04-01" })).toEqual([]);
    expect(await register.countActive()).toBeGreaterThan(0);
  });

  it("follows a repository to its new name, and closes what is out of reach", async () => {
    await record();
    const pulls = createPullRequestStore(database);
    await pulls.savePullRequest(pull(), { headSha: "a".repeat(40), state: "open", at: "2027-01-10T09:00:00Z" });
    const repositories = createRepositoryStore(database);
    await repositories.renameRepository(repo, `${repo}-new`, 2);
    expect(await register.loadAcceptances(repo, 1)).toEqual([]);
    expect(await register.loadAcceptances(`${repo}-new`, 1)).toMatchObject([{ signedIn: repo }]);
    expect(await pulls.findOpenPullRequests(`${repo}-new`, 10)).toEqual([{ ...pull(), installationId: 2, repo: `${repo}-new` }]);
    await repositories.closeRepositories(2, [`${repo}-new`]);
    expect(await pulls.findOpenPullRequests(`${repo}-new`, 10)).toEqual([]);
  });

  it("lets the signature on a comment go where the comment stands, and forgets what was another pull request's", async () => {
    await record(buildSignature({ formNodeId: "IC_form", nodeId: "IC_sign" }));
    const pulls = createPullRequestStore(database);
    await pulls.savePullRequest(pull(), { headSha: "a".repeat(40), state: "open", at: "2027-01-10T09:00:00Z" });
    const comments = createRiskCommentStore(database);
    await comments.saveRiskComment(pull(), { source: "issue_comment", commentId: 76, nodeId: "IC_form" });
    await comments.saveRiskComment(pull(), { source: "issue_comment", commentId: 99, nodeId: "IC_own" });
    const repositories = createRepositoryStore(database);
    const moveForm = () => repositories.moveComment({ repo, number: 1, nodeId: "IC_form" }, `${repo}-moved`);
    expect([await moveForm(), await moveForm()]).toEqual([true, false]);
    expect(await register.loadAcceptances(repo, 1)).toEqual([]);
    expect(await register.loadAcceptances(`${repo}-moved`, 1)).toMatchObject([{ signedIn: repo }]);
    expect((await comments.loadRiskComments(repo, 1)).map(({ nodeId }) => nodeId)).toEqual(["IC_own"]);
    expect((await comments.loadRiskComments(`${repo}-moved`, 1)).map(({ nodeId }) => nodeId)).toEqual(["IC_form"]);
    expect(await pulls.findOpenPullRequests(repo, 10)).toEqual([]);
  });

  it("keeps pointers to comments, and who pushed", async () => {
    const comments = createRiskCommentStore(database);
    const comment = { source: "review", commentId: 5, nodeId: "PRR_5" } as const;
    await comments.saveRiskComment(pull(), comment);
    await comments.saveRiskComment(pull(), comment);
    expect(await comments.loadRiskComments(repo, 1)).toEqual([comment]);
    const pushes = createPushStore(database);
    const push = { pusher: { githubId: 501, login: "dana" }, before: "", after: "b".repeat(40) };
    await pushes.savePush(repo, 1, push);
    await pushes.savePush(repo, 1, push);
    expect(await pushes.loadPushes(repo, 1)).toEqual([push]);
  });

  it("accepts a new signature after the first was withdrawn", async () => {
    const { id } = await record();
    await register.endAcceptance(id, "withdrawn", buildCause(), buildJob(1));
    expect((await record()).id).not.toBe(id);
  });

  it("finds the acceptances that stand on a comment, as form or as signature", async () => {
    const { id } = await record();
    for (const comment of [76, 77]) expect((await register.findAcceptancesOfComment(repo, comment)).map((found) => found.id)).toEqual([id]);
    expect(await register.findAcceptancesOfComment(repo, 78)).toEqual([]);
  });

  it("keeps hostile text, and can still end what it says", async () => {
    const hostile = "nul \0 and half \ud800 of a character";
    const { id } = await record(buildSignature({ mitigation: hostile, shortfalls: [{ id: "x", fingerprint: "f", detail: hostile }] }));
    expect((await register.loadAcceptances(repo, 1))[0]?.mitigation).toBe("nul \ufffd and half \ufffd of a character");
    expect(await register.endAcceptance(id, "voided", buildCause(), buildJob(1))).toBe(true);
  });

  it("names no login in the history, and forgets a person without losing the acceptance", async () => {
    const { id } = await record();
    expect(JSON.stringify(await register.loadAcceptanceEvents(id))).not.toContain("dana");
    await createPersonStore(database).erasePerson(501);
    expect((await register.loadAcceptances(repo, 1))[0]).toMatchObject({ acceptedBy: "user-501", acceptedById: 501 });
  });

  it("shows the login a person has now", async () => {
    await record();
    await createPersonStore(database).savePerson({ githubId: 501, login: "dana-renamed" });
    expect((await register.loadAcceptances(repo, 1))[0]?.acceptedBy).toBe("dana-renamed");
  });

  describe("refuses, in the database itself,", () => {
    it.each([
      ["to change an event", "update acceptance_event set action = 'voided'"],
      ["to delete an event", "delete from acceptance_event"],
      ["to empty the events", "truncate acceptance_event"],
      ["to delete an acceptance", "delete from risk_acceptance"],
      ["to empty the acceptances", "truncate risk_acceptance cascade"],
      ["to change who signed", "update risk_acceptance set accepted_by = 1"],
      ["to change the date", "update risk_acceptance set retrofit_on = '2030-01-01'"],
      ["to change what was accepted", `update risk_acceptance set shortfalls = '[]'`],
      ["to bring an ended acceptance back", "update risk_acceptance set state = 'active', ended_at = null where state <> 'active'"],
    ])("%s", async (_what, statement) => {
      const { id } = await record();
      await record(buildSignature({ commentId: 90 }));
      await register.endAcceptance(id, "withdrawn", buildCause(), buildJob(1));
      await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/append-only|refused|has ended/);
    });

    it("but lets an acceptance follow its repository to a new name", async () => {
      await record();
      await database.db
        .updateTable("risk_acceptance")
        .set({ repo: `${repo}-renamed` })
        .where("repo", "=", repo)
        .execute();
      expect(await register.loadAcceptances(`${repo}-renamed`, 1)).toHaveLength(1);
    });
  });
});
