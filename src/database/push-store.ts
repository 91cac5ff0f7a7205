import type { PushStore } from "../model/pull-request-store.ts";
import type { Database } from "./database.ts";
import { savePerson } from "./person-store.ts";

/** Who pushed to pull requests, as webhooks told it, in the database. */
export function createPushStore({ db }: Database): PushStore {
  return {
    async savePush(repo, number, { pusher, before, after }) {
      await savePerson(db, pusher);
      await db
        .insertInto("pull_request_push")
        .values({ repo, number, pusher_id: pusher.githubId, before_sha: before, after_sha: after })
        .onConflict((conflict) => conflict.columns(["repo", "number", "pusher_id", "before_sha", "after_sha"]).doNothing())
        .execute();
    },

    async loadPushes(repo, number) {
      const rows = await db
        .selectFrom("pull_request_push")
        .leftJoin("person", "person.github_id", "pull_request_push.pusher_id")
        .where("repo", "=", repo)
        .where("number", "=", number)
        .select(["pusher_id", "before_sha", "after_sha", "person.login"])
        .execute();
      return rows.map((row) => ({
        pusher: { githubId: row.pusher_id, login: row.login ?? "" },
        before: row.before_sha,
        after: row.after_sha,
      }));
    },
  };
}
