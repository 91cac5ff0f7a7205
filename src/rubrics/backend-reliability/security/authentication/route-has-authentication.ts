import { ts } from "ts-morph";
import {
  isCallExpression,
  isClassDeclaration,
  isDecorator,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { accessOf, guardNames, guardOf, mentionsIdentity } from "../../../syntax/access-checks.ts";
import { decoratorName, decorators } from "../../../syntax/decorators.ts";
import { contains } from "../../../syntax/functions.ts";
import { originOf } from "../../../syntax/origin.ts";
import { firstInputRead } from "../../../syntax/request-input.ts";
import type { Route } from "../../../syntax/route.ts";
import { routesOf, hasRoutes } from "../../../syntax/routes.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { findOpenMounts } from "./find-open-mounts.ts";
import { readsStoreByInput } from "./reads-store-by-input.ts";
import { ofProcedures } from "./find-open-procedures.ts";
import { isMutation, isOnPurpose, isOpen, isUnderScopedGuard, takesCaller } from "./open-routes.ts";

const CALLER = /^(?:CurrentUser|UserSession|GetUser|GetCurrentUser|AuthUser|ReqUser|ActiveUser|LoggedInUser|SessionUser)$/;

/** What a caller may do, asked of some: whoever carries none may still be signed in. */
const RIGHT =
  /^(?:Check\w*|Has\w*|Require)?(?:Policies|Policy|Permissions?|Abilities|Ability|Roles?|Scopes?|Capabilities|Features?|Plan)\b/i;

/** A route that nobody has to sign in for, where the others need it. */
export const routeHasAuthentication: Rule = {
  id: "route-has-authentication",
  requirement: "authentication",
  severity: "blocking",
  title: "A route has the guard that its siblings have",
  why: "One forgotten route is enough: whoever finds it acts without an account.",
  fix: "Put the guard on the router or controller and list the open routes as exceptions.",
  source: "OWASP API Security Top 10, API2 Broken Authentication; CWE-306",
  needsWholeFile: true,
  examples: {
    bad: `import { Router } from "express";
import { requireUser } from "./require-user.ts";
export const invoices = Router();
invoices.get("/invoices", requireUser, (req, res) => res.json(ledger.list()));
invoices.post("/invoices", requireUser, (req, res) => res.json(ledger.add(req.body)));
invoices.put("/invoices/:id", requireUser, (req, res) => res.json(ledger.replace(req.params.id, req.body)));
invoices.delete("/invoices/:id", (req, res) => res.json(ledger.remove(req.params.id)));
`,
    good: `import { Router } from "express";
import { requireUser } from "./require-user.ts";
export const invoices = Router();
invoices.use(requireUser);
invoices.get("/invoices", (req, res) => res.json(ledger.list()));
invoices.delete("/invoices/:id", (req, res) => res.json(ledger.remove(req.params.id)));
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: (file) => hasRoutes(file) || file.callsNamed("use").length > 2,
    look: (_node, file) => {
      const routes = routesOf(file);
      const mounts = findOpenMounts(file);
      return routes.length === 0
        ? mounts
        : [...amongSiblings(routes, file), ...ofProcedures(routes), ...withoutAny(routes, file), ...mounts];
    },
  },
};

function amongSiblings(routes: readonly Route[], file: SourceFacts): readonly Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, Route[]>();
  for (const route of routes) {
    if (route.framework === "trpc") continue;
    owners.set(route.owner, [...(owners.get(route.owner) ?? []), route]);
  }
  for (const siblings of owners.values()) {
    const guarded = siblings.filter((r) => r.middleware.some((m) => accessOf(m, file) === "checks"));
    if (guarded.length < 2 || siblings.some((r) => r.framework === "next")) continue;
    const open = siblings.filter((r) => !guarded.includes(r) && isOpen(r, file));
    if (open.length > guarded.length) continue;
    const isRight = isMostly(guarded, (r) => r.middleware.every((m) => accessOf(m, file) !== "checks" || RIGHT.test(nameOfCheck(m, file))));
    for (const route of open) {
      if (isOnPurpose(route, file) || (!isMutation(route) && (isRight || !readsAreGuarded(siblings, guarded)))) continue;
      const names = [...new Set(guarded.flatMap((r) => guardNames(r, file)))].slice(0, 2).map((n) => `\`${n}\``);
      problems.push({
        node: route.anchor,
        severity: isMutation(route) && !isRight && guarded.length >= 3 && open.length <= 2 ? "blocking" : "advisory",
        message: `${guarded.length} of ${siblings.length} routes here pass ${names.join(" or ")}; ${route.method} \`${route.path}\` passes none.`,
      });
    }
  }
  return problems;
}

/** Most pages that only show something are guarded too; those of forms are part of a change. */
function readsAreGuarded(siblings: readonly Route[], guarded: readonly Route[]): boolean {
  const reads = siblings.filter((r) => !isMutation(r) && !FORM.test(r.path));
  return reads.filter((r) => guarded.includes(r)).length * 2 >= reads.length;
}

const FORM = /(?:^|\/)(?:new|create|add|edit|delete|remove|update|merge|settings|owner|manage)(?:\/|$)/i;

/** Files without any habit: advisory, and once for each file or controller. */
function withoutAny(routes: readonly Route[], file: SourceFacts): readonly Problem[] {
  const found = new Map<string, Problem>();
  for (const route of routes) {
    if (found.has(route.owner) || isOnPurpose(route, file)) continue;
    const message = messageAlone(route, file);
    if (message) found.set(route.owner, { node: placeOf(route, file), severity: "advisory", message, alsoTouches: [route.anchor] });
  }
  return [...found.values()];
}

/** Next: where the handler first trusts what was sent, since the check belongs before it; a controller's decorator, where its guard is missing; elsewhere the route's path. */
function placeOf(route: Route, file: SourceFacts): ts.Node {
  const owner = route.framework === "nest" ? route.node.parent : null;
  const mark =
    owner && isClassDeclaration(owner) ? decorators(owner).find((d) => /^(?:Controller|Resolver)$/.test(decoratorName(d))) : undefined;
  if (mark) return mark;
  return route.framework === "next" && route.handler ? (firstInputRead(route.handler, file) ?? route.anchor) : route.anchor;
}

function messageAlone(route: Route, file: SourceFacts): string | null {
  if (route.framework === "nest") return ofController(route, file);
  if (route.framework === "next")
    return guardOf(route, file) === "open" && !asksAnywhere(file) && readsStoreByInput(route, isMutation(route), file)
      ? `\`${route.path}\` reads or changes stored data for anyone who sends an id; a check in a proxy or middleware elsewhere was not followed.`
      : null;
  if (!isMutation(route) || guardOf(route, file) !== "open" || isUnderScopedGuard(route, file)) return null;
  if (!isOwnApp(route, file))
    return route.framework !== "trpc" && !mentionsIdentity(file.sourceFile)
      ? `Nothing in this file asks who calls ${route.method} \`${route.path}\`; a check where it is mounted was not followed.`
      : null;
  return `Nothing in this file asks who calls ${route.method} \`${route.path}\`; checks in front of this server were not followed.`;
}

/** Words of finding out who calls anywhere in the file; a token or a key of its own for another system is none. */
function asksAnywhere(file: SourceFacts): boolean {
  return contains(file.sourceFile, (n) => (isIdentifier(n) || isStringLiteralLike(n)) && ASKS.test(n.text), true);
}

const ASKS =
  /(?:get|require|current|verify|validate|check|is|with|ensure|assert|server)_?\w{0,16}(?:Session|Auth|Signature|ApiKey|Login)|(?:require|current|verify|authenticated|server|loggedIn)_?User|verify\w{0,12}Token|^auth(?:enticate|orize)?|authori[sz]ation|x-api-key|signature|cron_?secret|internal_?(?:key|secret)|captcha|guard|protect|permission|bearer/i;

/** The method takes the signed-in user, yet nothing on it or its controller signs anyone in. */
function ofController(route: Route, file: SourceFacts): string | null {
  if ([...route.middleware, ...route.inherited].some((m) => accessOf(m, file) === "checks")) return null;
  return takesCaller(route, CALLER)
    ? `\`${route.owner}\` takes the signed-in user from the request but names no guard; a guard for the whole application was not followed.`
    : null;
}

/** True of four in five. */
function isMostly(routes: readonly Route[], test: (route: Route) => boolean): boolean {
  return routes.filter(test).length * 5 >= routes.length * 4;
}

function nameOfCheck(node: ts.Node, file: SourceFacts): string {
  return (isDecorator(node) ? decoratorName(node) : node.getText(file.sourceFile)).slice(0, 80);
}

/** The router is an application made in this file, not a router that another file mounts. */
function isOwnApp(route: Route, file: SourceFacts): boolean {
  if (!isCallExpression(route.node) || !isPropertyAccessExpression(route.node.expression)) return false;
  const origin = originOf(route.node.expression.expression, file);
  const callee = origin.creation?.node.expression.getText(file.sourceFile) ?? "";
  return origin.creation?.file === file && /^(?:express|fastify|Fastify|polka|Hono)$/.test(callee);
}
