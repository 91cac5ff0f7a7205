import type { ts } from "ts-morph";
import type { FunctionWithBody } from "./functions.ts";

/** A route that this file registers. */
export interface Route {
  readonly framework: "express" | "fastify" | "koa" | "hono" | "nest" | "next" | "trpc" | "other";
  /** Upper case; "ALL" for any. tRPC: "QUERY", "MUTATION". */
  readonly method: string;
  /** As written, holes as `:x`; "" when computed. */
  readonly path: string;
  /** The call, decorated method or exported function. */
  readonly node: ts.Node;
  /** Small node to annotate: the path argument, the decorator or the function's name. */
  readonly anchor: ts.Node;
  /** Middleware, guards and hooks named on the route itself, in order. */
  readonly middleware: readonly ts.Node[];
  /** Those named on its router, app, controller or tRPC procedure in this file. */
  readonly inherited: readonly ts.Node[];
  /** The handler's body owner when it is in this file. */
  readonly handler: FunctionWithBody | null;
  /** Text of the receiver: "router", "this.app", the controller's name. */
  readonly owner: string;
}
