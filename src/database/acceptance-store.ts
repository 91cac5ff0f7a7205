import { type Selectable, sql } from "kysely";
import type { AcceptanceStore } from "../model/risk-register.ts";
import type { AcceptedShortfall, RecordedAcceptance, RegisterCause, Signature, SignatureEnd } from "../model/recorded-acceptance.ts";
import type { PullRequestRef } from "../model/job.ts";
import { loadEvents, saveEvent } from "./acceptance-event.ts";
import type { Database, Queries, Transaction } from "./database.ts";
import { savePerson } from "./person-store.ts";
import type { Schema } from "./schema.ts";
import { storableJson, storableText } from "./storable-text.ts";
import type { TransactionalQueue } from "./transactional-queue.ts";

/** A pull request whose signatures ended more often than this is not made longer to read by it. */
const MOST_ENDED = 200;

type Row = Selectable<Schema["risk_acceptance"]> & { login: string | null };

function toAcceptance(row: Row): RecordedAcceptance {
  const shortfalls = row.shortfalls as readonly AcceptedShortfall[]; // written by insertAcceptance alone
  return {
    id: row.id,
    repo: row.repo,
    number: row.number,
    acceptedBy: row.login ?? `user-${row.accepted_by}`,
    acceptedById: row.accepted_by,
    state: row.state,
    base: row.base,
    shortfalls,
    fingerprints: shortfalls.map((shortfall) => shortfall.fingerprint),
    retrofitOn: row.retrofit_on,
    engineerWeeks: row.engineer_weeks,
    mitigation: row.mitigation,
    headSha: row.head_sha,
    formCode: row.form_code,
    formCommentId: row.form_comment_id,
    commentId: row.comment_id,
    url: row.comment_url,
    signedAt: row.signed_at.toISOString(),
    formNodeId: row.form_node_id,
    nodeId: row.node_id,
    signedIn: row.signed_in === "" ? row.repo : row.signed_in,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBecause: row.ended_because as SignatureEnd | null, // written by endAcceptance alone
  };
}

function selectAcceptances(db: Queries) {
  return db
    .selectFrom("risk_acceptance")
    .leftJoin("person", "person.github_id", "risk_acceptance.accepted_by")
    .selectAll("risk_acceptance")
    .select("person.login")
    .orderBy("risk_acceptance.id");
}

/** Returns the new row's id, or null when this signature is in force already. */
async function insertAcceptance(trx: Transaction, ref: PullRequestRef, signature: Signature): Promise<number | null> {
  const row = await trx
    .insertInto("risk_acceptance")
    .values({
      repo: ref.repo,
      number: ref.number,
      installation_id: ref.installationId,
      head_sha: signature.headSha,
      base: signature.base,
      accepted_by: signature.signer.githubId,
      state: "active",
      shortfalls: storableJson(signature.shortfalls),
      retrofit_on: signature.retrofitOn,
      engineer_weeks: signature.engineerWeeks,
      mitigation: storableText(signature.mitigation),
      form_code: signature.formCode,
      form_comment_id: signature.formCommentId,
      comment_id: signature.commentId,
      comment_url: signature.commentUrl,
      form_node_id: signature.formNodeId ?? "",
      node_id: signature.nodeId ?? "",
      signed_in: ref.repo,
      signed_at: signature.signedAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["repo", "number", "accepted_by", "comment_id", "form_code"])
        .where(sql<boolean>`state = 'active'`)
        .doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
}

function loadSameSignature(trx: Transaction, ref: PullRequestRef, signature: Signature): Promise<Row> {
  return selectAcceptances(trx)
    .where("repo", "=", ref.repo)
    .where("number", "=", ref.number)
    .where("accepted_by", "=", signature.signer.githubId)
    .where("comment_id", "=", signature.commentId)
    .where("form_code", "=", signature.formCode)
    .where("state", "=", "active")
    .executeTakeFirstOrThrow();
}

async function savePeople(trx: Transaction, signature: Signature | null, cause: RegisterCause): Promise<void> {
  if (signature) await savePerson(trx, signature.signer);
  if (cause.actor) await savePerson(trx, cause.actor);
}

/** The risk register in the database. Every change is saved in one transaction with its event and its job. */
export function createAcceptanceStore(database: Database, queue: TransactionalQueue): AcceptanceStore {
  const { db } = database;
  return {
    recordAcceptance: (ref, signature, cause, job) =>
      database.transact(async (trx) => {
        await savePeople(trx, signature, cause);
        const inserted = await insertAcceptance(trx, ref, signature);
        const acceptance = toAcceptance(await loadSameSignature(trx, ref, signature));
        if (inserted !== null) await saveEvent(trx, "signed", null, acceptance, cause);
        await queue.enqueueWithin(trx, job);
        return acceptance;
      }),

    endAcceptance: (id, state, cause, job) =>
      database.transact(async (trx) => {
        const ended = await trx
          .updateTable("risk_acceptance")
          .set({ state, ended_at: cause.at, ended_because: cause.reason ?? null })
          .where("id", "=", id)
          .where("state", "=", "active")
          .returning("id")
          .executeTakeFirst();
        if (!ended) return false;
        await savePeople(trx, null, cause);
        const acceptance = toAcceptance(await selectAcceptances(trx).where("id", "=", id).executeTakeFirstOrThrow());
        await saveEvent(trx, state, { ...acceptance, state: "active", endedAt: null, endedBecause: null }, acceptance, cause);
        if (job) await queue.enqueueWithin(trx, job);
        return true;
      }),

    async saveBase(repo, number, base) {
      await db
        .updateTable("risk_acceptance")
        .set({ base })
        .where("repo", "=", repo)
        .where("number", "=", number)
        .where("state", "=", "active")
        .where("base", "is", null)
        .execute();
    },

    async loadAcceptances(repo, number) {
      const rows = await selectAcceptances(db)
        .where("repo", "=", repo)
        .where("number", "=", number)
        .where("state", "=", "active")
        .execute();
      return rows.map(toAcceptance);
    },

    async findAcceptancesOfComment(repo, commentId) {
      const rows = await selectAcceptances(db)
        .where("repo", "=", repo)
        .where("state", "=", "active")
        .where((eb) => eb.or([eb("comment_id", "=", commentId), eb("form_comment_id", "=", commentId)]))
        .execute();
      return rows.map(toAcceptance);
    },

    async loadEndedAcceptances(repo, number) {
      const rows = await selectAcceptances(db)
        .where("repo", "=", repo)
        .where("number", "=", number)
        .where("state", "in", ["voided", "withdrawn"])
        .limit(MOST_ENDED)
        .execute();
      return rows.map(toAcceptance);
    },

    async findSignedPullRequests({ installationId, repo, personId, retrofitFrom, retrofitBefore }) {
      const rows = await db
        .selectFrom("risk_acceptance")
        .innerJoin("pull_request", (join) =>
          join.onRef("pull_request.repo", "=", "risk_acceptance.repo").onRef("pull_request.number", "=", "risk_acceptance.number"),
        )
        .where("risk_acceptance.state", "=", "active")
        .where("pull_request.state", "=", "open")
        .$if(installationId !== undefined, (query) => query.where("pull_request.installation_id", "=", installationId ?? 0))
        .$if(repo !== undefined, (query) => query.where("risk_acceptance.repo", "=", repo ?? ""))
        .$if(personId !== undefined, (query) => query.where("risk_acceptance.accepted_by", "=", personId ?? 0))
        .$if(retrofitFrom !== undefined, (query) => query.where("risk_acceptance.retrofit_on", ">=", retrofitFrom ?? ""))
        .$if(retrofitBefore !== undefined, (query) => query.where("risk_acceptance.retrofit_on", "<", retrofitBefore ?? ""))
        .select(["pull_request.installation_id", "pull_request.repo", "pull_request.number"])
        .distinct()
        .execute();
      return rows.map((row) => ({ installationId: row.installation_id, repo: row.repo, number: row.number }));
    },

    async countActive() {
      const { count } = await db
        .selectFrom("risk_acceptance")
        .where("state", "=", "active")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    loadAcceptanceEvents: (id) => loadEvents(db, id),
  };
}
