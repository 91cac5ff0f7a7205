/** Something the diff does that a plan should speak about; the plan skeleton is made from these. */
export interface Operation {
  readonly kind:
    | "outbound-call"
    | "database-query"
    | "database-write"
    | "route"
    | "queue"
    | "schedule"
    | "server"
    | "payment"
    | "migration";
  /** As a person would name it: `POST /refunds`, `axios.get(ledgerUrl)`, `table invoices`. */
  readonly name: string;
  readonly path: string;
  /** 1-based line at the head. */
  readonly line: number;
}
