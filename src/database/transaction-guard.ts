import { AsyncLocalStorage } from "node:async_hooks";
import type { KyselyPlugin } from "kysely";

/** Knows whether the code that asks runs inside an open transaction of one database. */
export interface TransactionGuard {
  /** Throws, naming `what`, when called inside `run`. */
  refuse(what: string): void;
  /** Marks everything that `work` awaits as inside a transaction, until it settles. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Refuses every statement of the handle it is given to. */
  readonly plugin: KyselyPlugin;
}

/** Makes the guard of one database. */
export function createTransactionGuard(): TransactionGuard {
  const scope = new AsyncLocalStorage<{ open: boolean }>();
  const refuse = (what: string) => {
    if (scope.getStore()?.open) throw new Error(`${what} used inside a transaction: use the transaction's own handle (trx)`);
  };
  return {
    refuse,
    async run(work) {
      const transaction = { open: true };
      try {
        return await scope.run(transaction, work);
      } finally {
        transaction.open = false;
      }
    },
    plugin: {
      transformQuery({ node }) {
        refuse("the outer database handle was");
        return node;
      },
      transformResult: async ({ result }) => result,
    },
  };
}
