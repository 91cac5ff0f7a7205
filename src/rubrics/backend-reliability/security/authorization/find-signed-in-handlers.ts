import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isObjectBindingPattern,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import { accessOf } from "../../../syntax/access-checks.ts";
import { contains, functionName, isFunction, nameText, unwrap, walk, type FunctionWithBody } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { callsLike } from "../../../syntax/named-calls.ts";
import type { Route } from "../../../syntax/route.ts";
import { routesOf } from "../../../syntax/routes.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { isPrivileged } from "./find-unscoped-client-calls.ts";

const { ArrowFunction, FunctionDeclaration, FunctionExpression } = ts.SyntaxKind;

/** Finds out who calls, and turns away who is nobody: `getServerSession`, `validateRequest`, `getAuthenticatedUser`, `auth`. */
const ASKS_WHO =
  /^(?:(?:get|require|validate|verify|authenticate|check|ensure|assert|current|load|resolve)\w*(?:User|Session|Auth\w*|Request|Token|Caller|Login)|auth|getAuth|currentUser|authenticate)$/;
/** A procedure for everyone who is signed in; one for a tenant's members has asked more. */
const FOR_SIGNED_IN = /^(?:protected|authed|authenticated|private|auth|signedIn|loggedIn|user)Procedure$/;
const SIGNS_IN =
  /^(?:require|ensure|is|must\w*)?_?(?:auth\w*|logged_?in|user|session|login|jwt|signed_?in|verifyToken|passport\.authenticate\(["']\w+["'])(?:\(|$)/i;
/** The caller as frameworks hand it on, and calls that decide what it may. */
const CALLER =
  /^(?:session|user|currentUser|viewer|auth|locals|account|member|tenant|workspace|organization|org|team|permissions?|ability|userId|accountId)$/;
const MAY =
  /access|permission|authori|(?<![nN]ot)[aA]llowed|belong|owner|member|role|polic|abilit|admin|scope|forbid|^can[A-Z]?|entitle|verif(?!yToken)|guard|hasTeam|assert/i;
/** A function that answers whoever is signed in. */
export interface SignedInHandler {
  readonly fn: FunctionWithBody;
  readonly kind: "changes" | "reads" | "socket";
}

/** Handlers that know that someone is signed in, and use nothing more of it. */
export function findSignedInHandlers(file: SourceFacts): readonly SignedInHandler[] {
  const routes = routesOf(file).flatMap((route): SignedInHandler[] =>
    route.handler && isForSignedIn(route, file)
      ? [{ fn: route.handler, kind: /^(?:GET|QUERY|HEAD)$/.test(route.method) ? "reads" : "changes" }]
      : [],
  );
  const sockets = file.callsNamed("on").flatMap((call): SignedInHandler[] => {
    const callback = call.arguments[1] && unwrap(call.arguments[1]);
    const first = call.arguments[0];
    return callback && first && isFunction(callback) && stringOf(first) === "connection" && asksWho(callback)
      ? [{ fn: callback, kind: "socket" }]
      : [];
  });
  const plain = (callsThatAsk(file).length > 0 ? unrouted(file) : []).filter((fn) => routes.every((h) => h.fn !== fn) && asksWho(fn));
  return [...routes, ...sockets, ...plain.map((fn) => ({ fn, kind: "changes" as const }))].filter(
    (h) => !isForOperators(h.fn, file) && !usesCaller(h.fn, file),
  );
}

/** Of what is privileged by its name, `webhooks` and `jobs` are things that people own as well. */
function isForOperators(fn: FunctionWithBody, file: SourceFacts): boolean {
  return isPrivileged(fn, file) && /admin|internal|cron|script|system|superuser|backoffice/i.test(`${file.path} ${functionName(fn)}`);
}

const callsThatAsk = callsLike((name) => ASKS_WHO.test(name));

/** `const handler = async (req, res) => ...` of a file whose route is wrapped elsewhere. */
function unrouted(file: SourceFacts): readonly FunctionWithBody[] {
  return [ArrowFunction, FunctionDeclaration, FunctionExpression]
    .flatMap((kind) => file.nodes(kind))
    .filter(isFunction)
    .filter((fn) => {
      const [first, second] = fn.parameters.map((p) => (isIdentifier(p.name) ? p.name.text : ""));
      return /^(?:req|request)$/.test(first ?? "") && /^(?:res|response|reply)$/.test(second ?? "");
    });
}

function isForSignedIn(route: Route, file: SourceFacts): boolean {
  if (route.framework === "trpc") return FOR_SIGNED_IN.test(route.owner) && route.middleware.length === 0;
  const ways = [...route.middleware, ...route.inherited].map((m) => m.getText(file.sourceFile));
  if (ways.some((text) => MAY.test(text))) return false;
  if (route.handler && asksWho(route.handler)) return true;
  return (
    route.framework !== "nest" &&
    [...route.middleware, ...route.inherited].some((m) => SIGNS_IN.test(m.getText(file.sourceFile)) && accessOf(m, file) === "checks")
  );
}

function asksWho(fn: FunctionWithBody): boolean {
  return identityCalls(fn).length > 0;
}

/** `const user = await getUser(req)`, with what it is bound to. */
function identityCalls(fn: FunctionWithBody): readonly ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  if (fn.body)
    walk(
      fn.body,
      (n) => {
        if (isFunction(n)) return false;
        if (isCallExpression(n) && ASKS_WHO.test(calleeName(n)) && isAwaitExpression(n.parent) && isVariableDeclaration(n.parent.parent))
          calls.push(n);
        return true;
      },
      true,
    );
  return calls;
}

/** Anything but a look whether there is one: a member, an argument, a call that decides. Handing the request on counts, since the other side may ask. */
function usesCaller(fn: FunctionWithBody, file: SourceFacts): boolean {
  const calls = identityCalls(fn);
  const names = new Set(calls.flatMap((call) => boundNames(call.parent.parent)));
  const isAsking = (n: ts.Node): boolean => calls.some((call) => call.pos <= n.pos && n.end <= call.end);
  return (
    fn.body !== undefined &&
    contains(
      fn.body,
      (n) => {
        if (isAsking(n)) return false;
        if (isCallExpression(n))
          return (
            MAY.test(calleeName(n)) ||
            n.arguments.some(
              (a) =>
                /^(?:req|request|ctx|context|c|session|user|locals|event)$/.test(a.getText(file.sourceFile)) &&
                !/^(?:parse|safeParse|json|on)$/.test(calleeName(n)),
            )
          );
        if (!isIdentifier(n)) return false;
        if (names.has(n.text)) return !isPresence(n) && !isDeclared(n);
        return (
          CALLER.test(n.text) &&
          isPropertyAccessExpression(n.parent) &&
          n.parent.name === n &&
          !/\b(?:input|body|query|params|data)$/.test(n.parent.expression.getText(file.sourceFile))
        );
      },
      true,
    )
  );
}

function boundNames(declaration: ts.Node): readonly string[] {
  if (!isVariableDeclaration(declaration)) return [];
  if (isIdentifier(declaration.name)) return [declaration.name.text];
  return isObjectBindingPattern(declaration.name) ? declaration.name.elements.map((e) => nameText(e.name)) : [];
}

function isDeclared(name: ts.Identifier): boolean {
  return (isVariableDeclaration(name.parent) && name.parent.name === name) || isBindingElement(name.parent);
}

/** `if (!user)`, `!session?.user`, `user === null`. */
function isPresence(name: ts.Identifier): boolean {
  let e: ts.Node = name;
  while (isPropertyAccessExpression(e.parent) && e.parent.expression === e && /^(?:user|session)$/.test(e.parent.name.text)) e = e.parent;
  const up = e.parent;
  if (isPrefixUnaryExpression(up) || isIfStatement(up)) return true;
  return isBinaryExpression(up) && /^(?:&&|\|\||[!=]==?)$/.test(up.operatorToken.getText());
}
