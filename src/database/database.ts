import type { PGlite } from "@electric-sql/pglite";
import type { Kysely, Transaction as KyselyTransaction } from "kysely";
import type { Schema } from "./schema.ts";

/** What a store needs to run SQL: the database outside a transaction, or a transaction. */
export type Queries = Pick<Kysely<Schema>, "selectFrom" | "insertInto" | "updateTable" | "deleteFrom" | "fn" | "getExecutor">;

/** An open transaction. Inside one, it is the only handle that may be used. */
export type Transaction = KyselyTransaction<Schema>;

/** Where the rows are, for the queue, which keeps its own tables there. */
export type DatabaseSource = { readonly kind: "embedded"; readonly pglite: PGlite } | { readonly kind: "postgres"; readonly url: string };

/** An open, migrated database: the same SQL and the same types of values on PGlite and PostgreSQL. */
export interface Database {
  /** Runs single statements. Throws inside `transact`: there only `trx` may be used. */
  readonly db: Queries;
  readonly source: DatabaseSource;
  /**
   * Runs `work` in one transaction: all of it is saved, or, when it throws, none.
   * The embedded database has one connection, so a second handle used inside would wait for ever;
   * both databases refuse it with an error instead.
   */
  transact<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** Throws when called inside `transact`. For code that reaches the database by another way, such as the queue. */
  refuseInsideTransaction(what: string): void;
  /** Whether the database answers a trivial query within two seconds. Never rejects. */
  isReady(): Promise<boolean>;
  /** Ends all connections and frees the data directory. Safe to call twice. */
  close(): Promise<void>;
}
