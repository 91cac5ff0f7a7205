import type { ts } from "ts-morph";
import type { SourceFacts } from "./source-facts.ts";

/** Where a value comes from, as far as imports, scopes and one level of local modules tell. */
export interface Origin {
  /** The module specifier ("axios", "ioredis"; "node:" removed); null for globals and unknown values. */
  readonly module: string | null;
  /** Members from the module's default or namespace (or from the global), calls and `new` left out: `axios.create(x).get` is ["create", "get"]; `fetch` is ["fetch"]. */
  readonly path: readonly string[];
  readonly kind: "import" | "global" | "parameter" | "local" | "unknown";
  /** The last call or `new` that made the instance, with the file it stands in. */
  readonly creation: { readonly node: ts.CallExpression | ts.NewExpression; readonly file: SourceFacts } | null;
  /** The declared type's text when the value is known by its type only ("HttpService"). */
  readonly type: string | null;
}
