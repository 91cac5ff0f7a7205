import type { PersonStore } from "../model/risk-register.ts";
import type { Person } from "../model/recorded-acceptance.ts";
import type { Database, Queries } from "./database.ts";

/** Saves the login that a GitHub id has now. */
export async function savePerson(db: Queries, { githubId, login }: Person): Promise<void> {
  const values = { login, updated_at: new Date() };
  await db
    .insertInto("person")
    .values({ github_id: githubId, ...values })
    .onConflict((conflict) => conflict.column("github_id").doUpdateSet(values))
    .execute();
}

/** Logins by GitHub id, in the database. */
export function createPersonStore({ db }: Database): PersonStore {
  return {
    savePerson: (person) => savePerson(db, person),
    async erasePerson(githubId) {
      await db.deleteFrom("person").where("github_id", "=", githubId).execute();
    },
  };
}
