import { sql } from "kysely";
import type { Database } from "../../../src/database/database.ts";

/** Empties the queue, so that tests may share a database. */
export async function deleteJobs({ db }: Database): Promise<void> {
  await sql`delete from pgboss.job`.execute(db);
}

/** Every row of the queue, as it is stored. */
export async function loadJobRows({ db }: Database): Promise<readonly unknown[]> {
  return (await sql`select * from pgboss.job`.execute(db)).rows;
}
