import type { EarnedPlanStore } from "../model/earned-plan.ts";
import type { Database } from "./database.ts";
import { storableJson } from "./storable-text.ts";

/** Plans that are compared with a new one. */
const MOST_PLANS = 50;
/** Paths of one that are kept. */
const MOST_PATHS = 300;

/** Plans that earned a pass, in the database. */
export function createEarnedPlanStore({ db }: Database): EarnedPlanStore {
  return {
    async saveEarnedPlan({ repo, number }, { paths, keys }, at) {
      const values = { paths: storableJson(paths.slice(0, MOST_PATHS)), keys: storableJson(keys), earned_at: at };
      await db
        .insertInto("earned_plan")
        .values({ repo, number, ...values })
        .onConflict((conflict) => conflict.columns(["repo", "number"]).doUpdateSet(values))
        .execute();
    },

    async confirmEarnedPlan({ repo, number }) {
      await db.updateTable("earned_plan").set({ merged: true }).where("repo", "=", repo).where("number", "=", number).execute();
    },

    async loadEarnedPlans(repo, except) {
      const rows = await db
        .selectFrom("earned_plan")
        .where("repo", "=", repo)
        .where("number", "<>", except)
        .where("merged", "=", true)
        .orderBy("earned_at", "desc")
        .limit(MOST_PLANS)
        .select(["number", "paths", "keys"])
        .execute();
      // written by saveEarnedPlan alone
      return rows.map(({ number, paths, keys }) => ({ number, paths: paths as readonly string[], keys: keys as readonly string[] }));
    },

    async deleteEarnedPlan({ repo, number }) {
      await db.deleteFrom("earned_plan").where("repo", "=", repo).where("number", "=", number).execute();
    },

    async deleteEarnedPlansBefore(instant) {
      await db.deleteFrom("earned_plan").where("earned_at", "<", new Date(instant)).execute();
    },
  };
}
