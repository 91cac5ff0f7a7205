import type { ts } from "ts-morph";

/** How long a call may wait, as far as the code shows. `ms` is null when it is bounded by a value that is not known. */
export type Deadline =
  | { readonly state: "set"; readonly ms: number | null; readonly node: ts.Node }
  | { readonly state: "default"; readonly ms: number }
  | { readonly state: "absent" }
  | { readonly state: "unknown" };

/** An HTTP call that leaves the process. */
export interface OutboundCall {
  readonly node: ts.CallExpression;
  /** Package or global: "axios", "fetch". */
  readonly client: string;
  /** Upper case; null when it cannot be told. */
  readonly method: string | null;
  readonly url: ts.Node | null;
  readonly deadline: Deadline;
  readonly options: ts.Node | null;
}
