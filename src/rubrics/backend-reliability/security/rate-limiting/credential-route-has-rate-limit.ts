import { ts } from "ts-morph";
import { isBindingElement, isCallExpression, isIdentifier, isPropertyAccessExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { mentionsIdentity } from "../../../syntax/access-checks.ts";
import { contains, functionName } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { firstInputRead } from "../../../syntax/request-input.ts";
import { requestPartOf } from "../../../syntax/requests.ts";
import { perFile } from "../../../syntax/per-file.ts";
import type { Route } from "../../../syntax/route.ts";
import { routesOf, hasRoutes } from "../../../syntax/routes.ts";
import { hasServerActions } from "../../../syntax/server-actions.ts";
import { nameOfValue } from "../../../syntax/secret-names.ts";
import { namesLike, callsLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { CREDENTIAL, LIMIT, PROVIDERS, ofProviders, ofActions, ofMounts } from "./find-credential-entries.ts";

const CREDENTIAL_NAME =
  /^(?:login|signIn|signUp|signup|signin|register|registerUser|forgotPassword|resetPassword|requestPasswordReset|verifyOtp|sendOtp|authenticate)$|(?:^|[a-z])Login(?:Get|Post)?$/;

/** Guesses by whoever has someone's session: limited where the file's other routes are. */
const OWN_PASSWORD = /(?:^|[/.])(?:change|check|confirm|verify)-?password(?:$|[/?])/i;

const HANDS_OVER = /callback|oauth|saml|oidc|sso|google|github|gitlab|facebook|apple|microsoft|provider/i;

/** A route where passwords and codes are guessed, with no limit on how often. */
export const credentialRouteHasRateLimit: Rule = {
  id: "credential-route-has-rate-limit",
  requirement: "rate-limiting",
  severity: "advisory",
  title: "Sign-in, sign-up and reset routes have a rate limit",
  why: "Without a limit a list of leaked passwords is tried overnight, and a six-digit code within the hour.",
  fix: "Limit by account and by address in front of the handler and answer 429 with Retry-After.",
  source: "OWASP API Security Top 10, API4 Unrestricted Resource Consumption; CWE-307",
  needsWholeFile: true,
  examples: {
    bad: `import { Router } from "express";
export const auth = Router();
auth.post("/login", async (req, res) => res.json(await accounts.signIn(req.body)));
`,
    good: `import { Router } from "express";
import rateLimit from "express-rate-limit";
export const auth = Router();
auth.post("/login", rateLimit({ windowMs: 60_000, limit: 5 }), async (req, res) => res.json(await accounts.signIn(req.body)));
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: (file) => hasRoutes(file) || hasServerActions(file) || asking(file).length > 0,
    look: (_node, file) => {
      const found = [...ofRoutes(file), ...ofMounts(file), ...ofActions(file), ...ofProviders(file)];
      return found.length === 0 || isLimitedWhole(file) ? [] : found;
    },
  },
};

/** A limiter for the whole application or router: `app.use(rateLimit(...))`, `register(rateLimit)`, a module that says so. */
function isLimitedWhole(file: SourceFacts): boolean {
  return ["use", "register", "addHook"].flatMap(file.callsNamed).some((node) => {
    if (!isPropertyAccessExpression(node.expression)) return false;
    if (/procedure\s*(?:$|[.(])/i.test(node.expression.expression.getText(file.sourceFile).slice(0, 80))) return false;
    const first = node.arguments[0];
    const isWhole =
      first !== undefined && (stringOf(first) === null || ["*", "/", "/*", "onRequest", "preHandler"].includes(stringOf(first) ?? ""));
    return isWhole && node.arguments.some((a) => LIMIT.test(a.getText(file.sourceFile).slice(0, 200)));
  });
}

/** What counts, as against a captcha, which some services solve for a cent. */
const COUNTS = /rate_?-?limit|limiter|throttl|slow_?-?down|brute/i;

function isLimited(route: Route, file: SourceFacts): boolean {
  const texts = route.middleware.map((m) => m.getText(file.sourceFile));
  if (texts.some((text) => /captcha|turnstile/i.test(text)) && !texts.some((text) => COUNTS.test(text)) && !route.handler)
    return !countsElsewhere(file);
  if ([...route.middleware, ...route.inherited].some((m) => LIMIT.test(m.getText(file.sourceFile)))) return true;
  const handler = route.handler;
  return handler !== null && namesLimit(file) && contains(handler, (n) => isIdentifier(n) && LIMIT.test(n.text), true);
}

const namesLimit = namesLike(LIMIT);

/** Three routes of the file or more name something that counts. */
const countsElsewhere = perFile(
  (file) => routesOf(file).filter((route) => route.middleware.some((m) => COUNTS.test(m.getText(file.sourceFile)))).length >= 3,
);

/** Where siblings have a limit each route is named; where none has, one finding stands for all. */
function ofRoutes(file: SourceFacts): readonly Problem[] {
  const routes = routesOf(file);
  if (!routes.some((route) => route.framework === "next" || OWN_PASSWORD.test(route.path) || isCredentialRoute(route, file))) return [];
  const limited = routes.filter((route) => isLimited(route, file));
  const unlimited = routes.filter((route) => !limited.includes(route) && !HANDS_OVER.test(route.path));
  const open = unlimited.filter((route) => !isSignedIn(route));
  const own = limited.length > 0 ? unlimited.filter((route) => !open.includes(route) && OWN_PASSWORD.test(route.path)) : [];
  const found = routes.filter(
    (route) => own.includes(route) || (open.includes(route) && (isCredentialRoute(route, file) || looksUpPerson(route, file))),
  );
  const [first, ...others] = found;
  if (!first) return [];
  const place = (route: Route): ts.Node =>
    isCredentialRoute(route, file) || !route.handler ? route.anchor : (firstInputRead(route.handler, file) ?? route.anchor);
  const what = (route: Route): string =>
    `${route.method} \`${route.path}\` ${isCredentialRoute(route, file) || OWN_PASSWORD.test(route.path) ? "takes guesses of a credential" : "answers to anyone's guess of an address or a code"} and has no rate limit here`;
  if (limited.length > 0)
    return found.map((route) => ({
      node: place(route),
      message: `${what(route)}; ${limited.length} other ${limited.length === 1 ? "route" : "routes"} here ${limited.length === 1 ? "has" : "have"} one.`,
    }));
  const more = others.length > 0 ? `, nor ${others.length === 1 ? "has one other" : `have ${others.length} others`} in this file` : "";
  return [
    {
      node: place(first),
      alsoTouches: others.map(place),
      message: `${what(first)}${more}. A limit in front of the application was not followed.`,
    },
  ];
}

function isCredentialRoute(route: Route, file: SourceFacts): boolean {
  const name = route.handler ? functionName(route.handler) : nameOfHandler(route);
  const isNamed = CREDENTIAL_NAME.test(name);
  if (route.framework === "trpc") return route.method === "MUTATION" && CREDENTIAL_NAME.test(route.path);
  if (route.method === "GET") return isNamed && /:/.test(route.path);
  return /^(?:POST|PUT|ALL)$/.test(route.method) && (CREDENTIAL.test(route.path) || isNamed) && !isOtherRegister(route.path, file);
}

/** `/domains/register`, or `/register` of a router for domains: what is registered there is no account. */
function isOtherRegister(path: string, file: SourceFacts): boolean {
  const parts = path.split("/").filter(Boolean);
  if (!/^register$/i.test(parts.at(-1) ?? "")) return false;
  return (
    /(?:project|app|device|domain|client|hook|registr(?:y|ies)|service|plugin|node|instance|definition)s?\w*(?:[._-]?(?:router?|routes|controller|handlers?))?\.[cm]?[jt]s$/i.test(
      file.path,
    ) || parts.slice(0, -1).some((part) => !/^(?:[:{*].*|\(.*\)|api|auth|users?|accounts?|v\d)$/i.test(part))
  );
}

function nameOfHandler(route: Route): string {
  const last = isCallExpression(route.node) ? route.node.arguments.at(-1) : undefined;
  return last ? nameOfValue(last) : "";
}

/** A guard on the route means the caller is known: changing one's own password, registering a device. */
function isSignedIn(route: Route): boolean {
  return route.middleware.concat(route.inherited).some((m) => {
    const text = m.getText();
    return SIGNS_IN.test(text) || /^(?:require|ensure|must|only|check\w*Permission)(?:[A-Z]|$)/.test(lastOfCallee(text));
  });
}

const SIGNS_IN =
  /^is(?:Admin|Authenticated|LoggedIn|Editor|Owner)|^logged_?In|UseGuards\([^)]*(?:Jwt|Auth|Permission|Session)\w*|requireUser|requireAuth|isAuthenticated|ensureLoggedIn|^with(?:Admin|Workspace|Session|Auth|User|Team|Partner)|protectedProcedure|authedProcedure/i;

/** `requireLogin` of `Auth.requireLogin(options)`. */
function lastOfCallee(text: string): string {
  return text.split("(")[0]?.split(".").at(-1) ?? "";
}

/** Next: a route for anyone that looks something up by an address or a code that was sent. */
function looksUpPerson(route: Route, file: SourceFacts): boolean {
  if (route.framework !== "next" || !route.handler || mentionsIdentity(file.sourceFile)) return false;
  const reads = (name: RegExp): boolean =>
    contains(
      route.handler ?? file.sourceFile,
      (n) =>
        (isPropertyAccessExpression(n) && name.test(n.name.text) && requestPartOf(n, file) !== null) ||
        (isBindingElement(n) && isIdentifier(n.name) && name.test(n.name.text) && requestPartOf(n.name, file) !== null),
      true,
    );
  const looksUp = contains(route.handler, (n) => isPropertyAccessExpression(n) && /^find(?:Unique|First|One|Many)/.test(n.name.text), true);
  return looksUp && reads(/^(?:email|phone|otp|pin|passcode|code)$/i);
}

const asking = callsLike(["use", ...PROVIDERS]);
