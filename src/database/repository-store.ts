import { sql } from "kysely";
import type { RepositoryStore } from "../model/repository-store.ts";
import type { Database, Transaction } from "./database.ts";

/** Tables that name repositories, each with what tells its rows apart within one. */
const TABLES = {
  pull_request: ["number"],
  review: ["number", "head_sha"],
  sticky_comment: ["number"],
  risk_acceptance: ["number", "accepted_by", "comment_id", "form_code"],
  risk_comment: ["source", "comment_id"],
  pull_request_push: ["number", "pusher_id", "before_sha", "after_sha"],
  policy: [],
  shown_shortfalls: ["id"],
  earned_plan: ["number"],
  left_head: ["number", "head_sha"],
  repository: [],
  awaited_head: ["head_sha", "number"],
} as const;

/** What is known of a pull request besides its signatures and who pushed; all of it is found again. */
const OF_ONE_NAME = ["pull_request", "review", "sticky_comment", "shown_shortfalls", "earned_plan", "left_head"] as const;

const OF_INSTALLATIONS = ["pull_request", "review", "risk_acceptance", "repository", "awaited_head"] as const;

/** What stands open under the old name stands open under the new one. */
async function keepOpened(trx: Transaction, from: string, to: string): Promise<void> {
  await trx
    .updateTable("review")
    .set({ opened: true })
    .where("repo", "=", to)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("review as old")
          .where("old.repo", "=", from)
          .where("old.opened", "=", true)
          .whereRef("old.number", "=", "review.number")
          .whereRef("old.head_sha", "=", "review.head_sha")
          .select("old.repo"),
      ),
    )
    .execute();
}

interface CommentPlace {
  readonly repo: string;
  readonly nodeId: string;
}

async function moveComments(trx: Transaction, { repo, nodeId }: CommentPlace, to: string): Promise<number> {
  const known = await trx
    .deleteFrom("risk_comment")
    .where("repo", "=", repo)
    .where("node_id", "=", nodeId)
    .returning(["number", "source", "comment_id", "node_id"])
    .execute();
  for (const row of known)
    await trx
      .insertInto("risk_comment")
      .values({ ...row, repo: to })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return known.length;
}

/** A signature is kept once: where it is known there, this one stays with the old name. */
async function moveSignatures(trx: Transaction, { repo, nodeId }: CommentPlace, to: string): Promise<number> {
  const known = sql`select 1 from risk_acceptance as there where there.repo = ${to} and there.number = risk_acceptance.number
    and there.accepted_by = risk_acceptance.accepted_by and there.comment_id = risk_acceptance.comment_id
    and there.form_code = risk_acceptance.form_code`;
  const moved = await trx
    .updateTable("risk_acceptance")
    .set({ repo: to })
    .where("repo", "=", repo)
    .where(({ or, eb }) => or([eb("node_id", "=", nodeId), eb("form_node_id", "=", nodeId)]))
    .where(sql<boolean>`not exists (${known})`)
    .returning("id")
    .execute();
  return moved.length;
}

/** What became of repositories, in the database. */
export function createRepositoryStore(database: Database): RepositoryStore {
  return {
    renameRepository: (from, to, installationId) =>
      database.transact(async (trx) => {
        await keepOpened(trx, from, to);
        for (const [table, keys] of Object.entries(TABLES)) {
          const same = keys.map((key) => sql`there.${sql.ref(key)} = ${sql.ref(`${table}.${key}`)}`);
          const isKnown = sql.join([sql`there.repo = ${to}`, ...same], sql` and `);
          await sql`update ${sql.table(table)} set repo = ${to}
            where repo = ${from} and not exists (select 1 from ${sql.table(table)} as there where ${isKnown})`.execute(trx);
          // The register keeps every row; of the rest, what came under the new name is newer.
          if (table !== "risk_acceptance") await sql`delete from ${sql.table(table)} where repo = ${from}`.execute(trx);
        }
        // Another owner's installation is another one.
        for (const table of OF_INSTALLATIONS)
          await trx.updateTable(table).set({ installation_id: installationId }).where("repo", "=", to).execute();
      }),

    moveComment: ({ repo, number, nodeId }, to) =>
      database.transact(async (trx) => {
        const comments = await moveComments(trx, { repo, nodeId }, to);
        const signatures = await moveSignatures(trx, { repo, nodeId }, to);
        if (comments + signatures === 0) return false;
        for (const table of OF_ONE_NAME) await trx.deleteFrom(table).where("repo", "=", repo).where("number", "=", number).execute();
        return true;
      }),

    async closeRepositories(installationId, repos) {
      if (repos?.length === 0) return;
      await database.db
        .deleteFrom("repository")
        .where("installation_id", "=", installationId)
        .$if(repos !== null, (query) => query.where("repo", "in", [...(repos ?? [])]))
        .execute();
      await database.db
        .updateTable("pull_request")
        .set({ state: "closed", updated_at: new Date() })
        .where("installation_id", "=", installationId)
        .where("state", "=", "open")
        .$if(repos !== null, (query) => query.where("repo", "in", [...(repos ?? [])]))
        .execute();
    },
  };
}
