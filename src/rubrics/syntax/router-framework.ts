import type { ts } from "ts-morph";
import { isIdentifier, isPropertyAccessExpression } from "./guards.ts";
import { unwrap } from "./functions.ts";
import { originOf } from "./origin.ts";
import type { Route } from "./route.ts";
import type { SourceFacts } from "./source-facts.ts";

const FRAMEWORKS: Readonly<Record<string, Route["framework"]>> = {
  express: "express",
  "express-promise-router": "express",
  router: "express",
  polka: "express",
  restify: "express",
  fastify: "fastify",
  "koa-router": "koa",
  "@koa/router": "koa",
  koa: "koa",
  hono: "hono",
  "@hono/zod-openapi": "hono",
  itty: "other",
};
const ROUTER_NAME = /^(?:app|api|server|fastify|instance|route|routes|router|r|web|http|hono|\w*(?:Router|Routes|App|Api|Server|_router))$/;

/** The router's framework when an expression is a router or an app; null otherwise. */
export function routerFramework(receiver: ts.Node, file: SourceFacts): Route["framework"] | null {
  const origin = originOf(receiver, file);
  const known = origin.module === null ? undefined : FRAMEWORKS[origin.module];
  if (known) return known;
  if (origin.module !== null && !/^[.@~#/]/.test(origin.module)) return null;
  if (origin.type && /Fastify/.test(origin.type)) return "fastify";
  if (origin.type && /^(?:Router|IRouter|Express|Application|express\.\w+)$/.test(origin.type)) return "express";
  if (origin.type && /^(?:Hono|OpenAPIHono)$/.test(origin.type)) return "hono";
  const inner = unwrap(receiver);
  const name = isIdentifier(inner) ? inner.text : isPropertyAccessExpression(inner) ? inner.name.text : "";
  if (!ROUTER_NAME.test(name)) return null;
  return (
    [...file.imports.values()].map((i) => FRAMEWORKS[i.from]).find((f) => f !== undefined) ?? (name === "fastify" ? "fastify" : "other")
  );
}
