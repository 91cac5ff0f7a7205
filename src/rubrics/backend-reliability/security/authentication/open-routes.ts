import { ts } from "ts-morph";
import { isCallExpression, isPropertyAccessExpression } from "../../../syntax/guards.ts";
import { accessOf, isPublicPath, mentionsIdentity } from "../../../syntax/access-checks.ts";
import { decoratorName, decorators } from "../../../syntax/decorators.ts";
import { stringOf } from "../../../syntax/literals.ts";
import type { Route } from "../../../syntax/route.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { CallExpression } = ts.SyntaxKind;

const ON_PURPOSE = /Public|Anonymous|SkipAuth|NoAuth|Unprotected|Excluded/;

/** The same, by decorators that also stand where a guard for the whole application is the rule. */
const CALLER_OR_TENANT =
  /^(?:Get|Current|Active|Req|Session|LoggedIn)?(?:User|Org|Organization|Team|Tenant|Workspace|Account)(?:Session|Id)?(?:FromRequest)?$/;

/** true for a route that changes something by its method. */
export function isMutation(route: Route): boolean {
  return /^(?:POST|PUT|PATCH|DELETE|MUTATION|ALL)$/.test(route.method);
}

/** true for a route that is open by its path, or says so. */
export function isOnPurpose(route: Route, file: SourceFacts): boolean {
  const texts = [...route.middleware, ...route.inherited].map((m) => m.getText(file.sourceFile).slice(0, 200));
  return isPublicPath(route.path) || route.method === "OPTIONS" || texts.some((t) => ON_PURPOSE.test(t));
}

/** Middleware of the route names no check, and nothing unknown stands in the way. */
export function isOpen(route: Route, file: SourceFacts): boolean {
  if (isUnderScopedGuard(route, file) || (route.handler && (mentionsIdentity(route.handler) || takesCaller(route, CALLER_OR_TENANT))))
    return false;
  const ways = [...route.middleware, ...route.inherited].map((m) => accessOf(m, file));
  return !ways.includes("checks") && (route.framework === "nest" || !ways.includes("unknown"));
}

/** `app.use("/admin", requireAdmin)` for a route under `/admin`; anything but a parser or logger may be a check. */
export function isUnderScopedGuard(route: Route, file: SourceFacts): boolean {
  return file.nodes(CallExpression).some((node) => {
    if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression) || node.expression.name.text !== "use") return false;
    const prefix = stringOf(node.arguments[0])?.replace(/\/?\*.*$/, "");
    if (prefix === undefined || !route.path.startsWith(prefix)) return false;
    return node.arguments.slice(1).some((a) => accessOf(a, file) !== "plain");
  });
}

/** A parameter that a decorator fills with the signed-in caller. */
export function takesCaller(route: Route, names: RegExp): boolean {
  return route.handler?.parameters.some((p) => decorators(p).some((d) => names.test(decoratorName(d)))) ?? false;
}
