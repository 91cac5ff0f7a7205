import type { ts } from "ts-morph";
import {
  isBinaryExpression,
  isBindingElement,
  isDecorator,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
  isVariableDeclaration,
} from "./guards.ts";
import { contains, unwrap, walk } from "./functions.ts";
import type { Route } from "./route.ts";
import type { SourceFacts } from "./source-facts.ts";
import { memoOf } from "./node-memo.ts";

/** Words that a program uses where it finds out who is calling. */
const IDENTITY =
  /[aA]uth(?!ors?(?![a-z]))|AUTH(?!OR(?:S|_|$))|[sS]ession|[gG]uard|[pP]rotect|[pP]ermission|[cC]urrent_?[uU]ser|[gG]et(?:\w{0,12})User|[lL]ogged_?[iI]n|[vV]erif(?:y|ied|ication)|[jJ]wt|JWT|[pP]assport|[sS]ignature|[hH]mac|[sS]ecret|[bB]earer|[cC]redential|[aA]pi_?[kK]ey|API_?KEY|[tT]oken|TOKEN|(?:[rR]equire|[eE]nsure|[aA]ssert|is|only|must)[A-Z_]?\w{0,12}(?:User|Admin|Role|Login|Member|Owner|Team|Scope)|[rR]bac|[aA]bility|[aA]ccess[cC]ontrol|[cC]aptcha|[sS]can?Access|[pP]assword/;
/** Middleware that says nothing about the caller. */
const PLAIN =
  /json|urlencoded|bodyParser|cors|helmet|morgan|compress|static|cookieParser|logger|rateLimit|limitRate|limiter|throttl|slowDown|multer|upload|sValidator|zValidator|validator|validate|requestId|correlation|metrics|etag|timeout|swagger|metadata|pino|http|Api[A-Z]\w*|HttpCode|Header|UseInterceptors|UsePipes|UseFilters|Version|errorHandler|withErr(?:or)?s?\b|withErrorHandl\w*|catchErr\w*|catchAsync|asyncHandler|wrapAsync|tryCatch|withLogg\w*|withTrac\w*|withAxiom|withSentry|withMetrics|withCors/i;

/** true when an identifier or a literal below the node speaks about who is calling. Comments do not count. */
export function mentionsIdentity(node: ts.Node): boolean {
  return (memoOf(node).namesIdentity ??= contains(
    node,
    (n) => ((isIdentifier(n) || isStringLiteralLike(n)) && IDENTITY.test(n.text)) || isCallerOfRequest(n),
    true,
  ));
}

/** `req.user`, `ctx.user`, `event.locals.user`. */
function isCallerOfRequest(n: ts.Node): boolean {
  return (
    isPropertyAccessExpression(n) && n.name.text === "user" && /^(?:req|request|ctx|context|c|\w*\.?locals)$/.test(n.expression.getText())
  );
}

/** What a middleware, guard or decorator does about the caller: "checks" by name, "plain" (parsers, loggers, limiters) or "unknown". */
export function accessOf(node: ts.Node, file: SourceFacts): "checks" | "plain" | "unknown" {
  const e = unwrap(node);
  const text = (isDecorator(e) ? e.expression : e).getText(file.sourceFile).slice(0, 400);
  if (/UseGuards|Guard\b/.test(text)) return /Throttl|RateLimit/i.test(text) && !/,/.test(text) ? "plain" : "checks";
  if (IDENTITY.test(text) && !/rate_?limit|limit_?rate|limiter|throttl/i.test(text.split("(")[0] ?? "")) return "checks";
  return PLAIN.test(text) ? "plain" : "unknown";
}

/** Who may call a route, as far as this file shows: "guarded", "open", or "unknown" when something on the way has a name that tells nothing. */
export function guardOf(route: Route, file: SourceFacts): "guarded" | "open" | "unknown" {
  const ways = [...route.middleware, ...route.inherited].map((m) => accessOf(m, file));
  if (ways.includes("checks")) return "guarded";
  if (route.handler && mentionsIdentity(route.handler)) return "guarded";
  if (ways.includes("unknown") && route.framework !== "nest") return "unknown";
  return route.handler ? "open" : "unknown";
}

/** Names of checks on a route for messages, at most two: "`requireUser`". */
export function guardNames(route: Route, file: SourceFacts): readonly string[] {
  return [...route.middleware, ...route.inherited]
    .filter((m) => accessOf(m, file) === "checks")
    .map((m) => shortCall((isDecorator(m) ? m.expression : m).getText(file.sourceFile).replace(/\s+/g, " ")))
    .slice(0, 2);
}

/** A call with long arguments by its name alone. */
function shortCall(text: string): string {
  return text.length <= 50 ? text : `${text.slice(0, 50).split("(")[0] ?? ""}(...)`;
}

const OPEN_END =
  /^(?:log-?in|log-?out|sign-?(?:in|up|out)|register|registration|auth|authenticate|oauth2?|oidc|saml|sso|callback|acs|forgot(?:-password)?|reset(?:-password)?|activate|verify(?:-\w+)?|verification|confirm(?:ation)?|invites?|invitations?|unsubscribe|public|open|health|healthz|healthcheck|health-check|ping|pong|ready|readyz|readiness|live|livez|liveness|status|version|metrics|docs|swagger|openapi|csrf|captcha|token|tokens|refresh|otp|magic(?:-link)?|embed|og|feed|rss|manifest|jwks|authorize|userinfo|cron|i18n|locales|telemetry|[\w-]*contact(?:-[\w-]*)?|newsletter|subscribe|waitlist|demo|graphql|trpc|share|shared|robots|favicon|sitemap|introspect|revoke|discovery|mcp|sse|ws)(?:\.\w+)?$/i;
/** Steps of getting back in, whatever stands below: `/reset-password/request`. */
const RECOVERY =
  /^(?:forgot(?:ten)?(?:-password)?|(?:reset|recover)-?password|password-?(?:reset|recovery)|recover(?:y)?|verify-?email|email-?verification)$/i;
const OPEN_START =
  /^\(?(?:public|open|webhooks?|hooks|static|assets|docs|swagger|\.?well-?known|embed|og|shared?|auth|oauth2?|callbacks?|cron|health(?:[_-]?checks?)?|perf[_-]?tests?|unsubscribe|invites?|internal)\)?$/i;

/** true when a path is usually open on purpose, or for machines with another proof: sign-in, health, webhooks, documents, public pages. */
export function isPublicPath(path: string): boolean {
  const parts = path.split("/").filter((part) => part !== "" && !/^[:*[{(]/.test(part));
  return (
    parts.length === 0 ||
    /\.(?:txt|xml|ico|png|svg|webmanifest)$/.test(path) ||
    path.includes("(public)") ||
    OPEN_END.test((parts.at(-1) ?? "").replace(/_+$/, "")) ||
    RECOVERY.test(parts.at(-2) ?? "") ||
    parts.some((part) => OPEN_START.test(part))
  );
}

const OWNER =
  /^(?:(?:user|owner|account|tenant|team|org|organi[sz]ation|workspace|company|customer|partner|seller|vendor|member|creator|created_?by|project|store|shop|merchant|channel|environment|installation)(?:_?(?:id|slug|uuid|by))?|currentUser|viewer|session)$/i;

/** true for a name that says whose a row is: `userId`, `workspaceId`, `tenant`. */
export function isOwnerName(name: string): boolean {
  return OWNER.test(name);
}

/** true when any name below the node says whose a row is, or asks whether the caller may. */
export function mentionsOwner(node: ts.Node, before = Infinity): boolean {
  return before === Infinity ? (memoOf(node).namesOwner ??= namesOwner(node, before)) : namesOwner(node, before);
}

function namesOwner(node: ts.Node, before: number): boolean {
  let found = false;
  walk(
    node,
    (n) => {
      if (found || n.pos >= before) return false;
      if (isIdentifier(n) && (MAY.test(n.text) || (OWNER.test(n.text) && (!CALLER.test(n.text) || isUsed(n))))) found = true;
      return !found;
    },
    true,
  );
  return found;
}

const CALLER = /^(?:user|currentUser|viewer|session|account|member)$/i;

/** `session.user.id`, `{ user }`, `f(user)`: more than asking whether there is one. */
function isUsed(name: ts.Identifier): boolean {
  let e: ts.Node = name;
  while (isPropertyAccessExpression(e.parent) && (e.parent.expression === e || CALLER.test(e.getText()))) e = e.parent;
  const up = e.parent;
  if (isPrefixUnaryExpression(up) || isVariableDeclaration(up) || isBindingElement(up) || isIfStatement(up)) return false;
  if (isBinaryExpression(up))
    return !/^(?:\|\||&&|=)$/.test(up.operatorToken.getText()) && !/^(?:null|undefined)$/.test(up.right.getText());
  return !isPropertyAccessExpression(up) || e !== name;
}

const MAY =
  /^(?:(?:assert|check|ensure|verify|require|validate|authorize|has|can|is|get|with|find)\w*(?:Access|Permission|Permissions|Owner|Ownership|Owned|Member|Membership|Admin|Role|Allowed|Authorized|Belongs|Policy|Ability|Team|Tenant|Workspace|Organization|User)\w*|authorize|authorise|can|ability|isAdmin|enforce|rbac)$/;
