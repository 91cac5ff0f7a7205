import { ts } from "ts-morph";
import {
  canHaveModifiers,
  getModifiers,
  isCallExpression,
  isClassDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isNumericLiteral,
  isPrivateIdentifier,
  isStringLiteralLike,
  isVariableStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains, isFunction, nameText, unwrap, walk, type FunctionWithBody } from "../../../syntax/functions.ts";
import { mentionsOwner } from "../../../syntax/access-checks.ts";
import { writesIn } from "../../../syntax/database-calls.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { routesOf } from "../../../syntax/routes.ts";
import { callsLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { isPrivileged } from "./find-unscoped-client-calls.ts";

const { ClassDeclaration, ExportKeyword, PrivateKeyword, ProtectedKeyword } = ts.SyntaxKind;

/** Calls that ask whether the caller may, by their names. */
const ASKS =
  /^(?:assert|check|ensure|verify|require|validate|authorize|throwIf|throwUnless|can|has|is|enforce|guard|get)_?\w{0,30}(?:Access|Permissions?|Owner(?:ship)?|Member(?:ship)?|Roles?|Admin|Allowed|Authori[sz]ed|Authori[sz]ation|Scopes?|Entitle\w*|Polic(?:y|ies)|Abilit(?:y|ies)|Belongs\w*|Rights?|Privileges?|LoggedIn|Login|Auth)(?![a-z])\w{0,30}$|^(?:authori[sz]e\w{0,20}|can|enforce|checkLogin|throwPermissionError|checkUserId)$/;
/** Anything that speaks of who may: such an operation asks in its own way. */
const SPEAKS = /permission|forbidden|unauthori[sz]ed|403|401|owner|member|\brole\b|isAdmin|ability|acl\b|policy|allowed|accessLevel|grant/i;
const CHANGES =
  /^(?:update|delete|remove|archive|restore|edit|save|patch|destroy|revoke|resend|publish|unpublish|cancel|disable|enable|rename|move|transfer|create|add|set|insert|upsert|import|duplicate|merge|assign|stop|start|send|invite|pause|resume|hide|share|close|lock|unlock|reset|approve|reject|clear|change|modify|replace)(?=[A-Z_]|$)/;
/** What is made belongs to nobody yet. */
const MAKES = /^(?:create|insert|import|add|send|upsert|register)(?=[A-Z_]|$)/;
const LEAST = 3;
/** From so many on two may have been forgotten; of fewer, two are another way. */
const MANY = 8;
/** What an operation that changes something is called, or a route's method. */
const CHANGING_NAME = /^(?:POST|PUT|PATCH|DELETE|MUTATION|ALL) |^(?:post|put)(?=[A-Z])/;

interface Operation {
  readonly name: string;
  readonly anchor: ts.Node;
  readonly fn: FunctionWithBody;
}

/** One operation of several that asks nobody, where the others ask whether the caller may. */
export const operationAsksLikeItsSiblings: Rule = {
  id: "operation-asks-like-its-siblings",
  requirement: "authorization",
  severity: "advisory",
  title: "An operation asks whether the caller may, as the others beside it do",
  why: "The check is made by hand in each operation: the one that was forgotten is open to everybody who can reach it.",
  fix: "Make the same call before anything is read or changed, or move it in front of all of them.",
  source: "OWASP API Security Top 10, API5 Broken Function Level Authorization; CWE-862",
  needsWholeFile: true,
  examples: {
    bad: `export async function renameAlbum(caller, albumId, name) {
  await assertMayEditAlbumAccess(caller, albumId);
  return albums.update(albumId, { name });
}
export async function shareAlbum(caller, albumId) {
  await assertMayEditAlbumAccess(caller, albumId);
  return albums.update(albumId, { shared: true });
}
export async function hideAlbum(caller, albumId) {
  await assertMayEditAlbumAccess(caller, albumId);
  return albums.update(albumId, { hidden: true });
}
export async function deleteAlbum(caller, albumId) {
  return albums.delete(albumId);
}
`,
    good: `export async function renameAlbum(caller, albumId, name) {
  await assertMayEditAlbumAccess(caller, albumId);
  return albums.update(albumId, { name });
}
export async function shareAlbum(caller, albumId) {
  await assertMayEditAlbumAccess(caller, albumId);
  return albums.update(albumId, { shared: true });
}
export async function deleteAlbum(caller, albumId) {
  await assertMayEditAlbumAccess(caller, albumId);
  return albums.delete(albumId);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: ASKS,
    look: (_node, file) => (askingCalls(file).length < LEAST - 1 ? [] : groupsOf(file).flatMap((group) => problemsOf(group, file))),
  },
};

const askingCalls = callsLike(ASKS);

/** Operations that stand side by side: handlers of one router, methods of one class, exported functions, events of one socket. */
function groupsOf(file: SourceFacts): readonly (readonly Operation[])[] {
  const routes = routesOf(file).flatMap((route): Operation[] =>
    route.handler ? [{ name: `${route.method} ${route.path}`, anchor: route.anchor, fn: route.handler }] : [],
  );
  const classes = file
    .nodes(ClassDeclaration)
    .map((owner) =>
      isClassDeclaration(owner)
        ? owner.members.flatMap((m): Operation[] =>
            isMethodDeclaration(m) && m.body && isPublic(m) ? [{ name: nameText(m.name), anchor: m.name, fn: m }] : [],
          )
        : [],
    );
  const events = file.callsNamed("on").flatMap((call): Operation[] => {
    const fn = call.arguments[1] && unwrap(call.arguments[1]);
    const event = stringOf(call.arguments[0]);
    const isSocket = /^(?:socket|ws|client|conn|connection)$/.test(receiverOf(call)?.getText(file.sourceFile) ?? "");
    return event && isSocket && fn && isFunction(fn) && call.arguments[0] ? [{ name: event, anchor: call.arguments[0], fn }] : [];
  });
  return [routes, ...classes, exported(file), events].filter((group) => group.length > LEAST);
}

function isPublic(method: ts.MethodDeclaration): boolean {
  return (
    !isPrivateIdentifier(method.name) &&
    !nameText(method.name).startsWith("_") &&
    !getModifiers(method)?.some((m) => m.kind === PrivateKeyword || m.kind === ProtectedKeyword)
  );
}

function exported(file: SourceFacts): readonly Operation[] {
  return file.sourceFile.statements.flatMap((statement): Operation[] => {
    if (!canHaveModifiers(statement) || !getModifiers(statement)?.some((m) => m.kind === ExportKeyword)) return [];
    if (isFunctionDeclaration(statement) && statement.name && statement.body)
      return [{ name: statement.name.text, anchor: statement.name, fn: statement }];
    if (!isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap((d): Operation[] => {
      const value = d.initializer && unwrap(d.initializer);
      return value && isFunction(value) && isIdentifier(d.name) ? [{ name: d.name.text, anchor: d.name, fn: value }] : [];
    });
  });
}

function problemsOf(group: readonly Operation[], file: SourceFacts): readonly Problem[] {
  const asked = group.map((operation) => ({ operation, checks: checksIn(operation.fn) }));
  const counts = new Map<string, number>();
  for (const { checks } of asked) for (const check of checks) counts.set(check, (counts.get(check) ?? 0) + 1);
  const [habit, count] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? ["", 0];
  const changing = asked.filter(({ operation }) => CHANGING_NAME.test(operation.name) || CHANGES.test(operation.name));
  const asking = changing.filter(({ checks }) => checks.has(habit)).length;
  if (count < LEAST || asking < LEAST - 1 || asking * 5 < changing.length * 3) return [];
  const without = asked.filter(({ operation, checks }) => checks.size === 0 && isOpenChange(operation, group, file));
  if (without.length > (count >= MANY ? 2 : 1)) return [];
  return without.map(({ operation }) => ({
    node: operation.anchor,
    message: `${count} of ${group.length} operations here call \`${habit}\`; \`${operation.name}\` changes something by what it is told and calls neither it nor anything like it. Checks in what it calls were not followed.`,
  }));
}

function checksIn(fn: FunctionWithBody): ReadonlySet<string> {
  const names = new Set<string>();
  walk(
    fn,
    (n) => {
      if (isCallExpression(n) && ASKS.test(calleeName(n))) names.add(calleeName(n));
      return true;
    },
    true,
  );
  return names;
}

/** It takes an id, changes stored rows, and says no word of rights; nor do the others call it, as they would a part of their own. */
function isOpenChange({ name, fn }: Operation, group: readonly Operation[], file: SourceFacts): boolean {
  if (
    !fn.body ||
    isPrivileged(fn, file) ||
    mentionsOwner(fn) ||
    ASKS.test(name) ||
    !(CHANGING_NAME.test(name) || CHANGES.test(name)) ||
    MAKES.test(name)
  )
    return false;
  const takesId = contains(fn, (n) => isIdentifier(n) && /(?:^id|Ids?|_id)$/.test(n.text), true);
  const changes =
    writesIn(fn.body, file).length > 0 ||
    contains(fn.body, (n) => isCallExpression(n) && CHANGES.test(calleeName(n)) && n.arguments.length > 0, true);
  if (!takesId || !changes) return false;
  if (contains(fn, (n) => (isIdentifier(n) || isStringLiteralLike(n) || isNumericLiteral(n)) && SPEAKS.test(n.text), true)) return false;
  return !group.some((other) => other.fn !== fn && contains(other.fn, (n) => isCallExpression(n) && calleeName(n) === name, true));
}
