import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAssignment,
  isStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { accessOf } from "../../../syntax/access-checks.ts";
import { contains, nameText, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { inputIn } from "../../../syntax/request-input.ts";
import { requestHandlerAround, routeOf } from "../../../syntax/requests.ts";
import { callsLike, propertiesLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { AmpersandAmpersandToken, BarBarToken, ExclamationEqualsEqualsToken, ExclamationEqualsToken, ExclamationToken } = ts.SyntaxKind;

const PRIVILEGE = /^(?:role|roles|roleId|roleIds|isAdmin|is_admin|admin|permissions|isSuperuser|isOwner|accessLevel)$/;
const WRITES = /^(?:update|updateOne|updateMany|upsert|create|insert|values|set|findByIdAndUpdate|findOneAndUpdate|save)$/;
const ASKS = /role|admin|owner|permission|privilege|scope|abilit|polic|\bcan\b|rank|allowed/i;
const ASKING_CALL =
  /^(?:can|ability|authori[sz]e\w{0,30}|enforce|(?:assert|check|ensure|require|verify|has|is|validate|must)\w*(?:Role|Roles|Admin|Owner|Permission|Permissions|Access|Allowed|Authorized|Policy|Can)\w*)$/;

/** A role that anyone signed in may set. */
export const roleChangeChecksTheCaller: Rule = {
  id: "role-change-checks-the-caller",
  requirement: "authorization",
  severity: "advisory",
  title: "Who changes a role is asked for theirs first",
  why: "A member who can send `role: ADMIN` is an administrator.",
  fix: "Refuse unless the caller's own role allows it, and never grant more than the caller has.",
  source: "OWASP API Security Top 10, API5 Broken Function Level Authorization; CWE-269",
  examples: {
    bad: `export async function changeRole(req, res) {
  const { memberId, role } = req.body;
  await prisma.member.update({ where: { id: memberId, teamId: req.user.teamId }, data: { role } });
  res.status(204).end();
}
`,
    good: `export async function changeRole(req, res) {
  const { memberId, role } = req.body;
  if (req.user.role !== "ADMIN") return res.status(403).end();
  await prisma.member.update({ where: { id: memberId, teamId: req.user.teamId }, data: { role } });
  res.status(204).end();
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: { allOf: [PRIVILEGE, WRITES] },
    look: (_node, file) => (writing(file).length === 0 ? [] : named(file).flatMap((node) => problemOf(node, file) ?? [])),
  },
};

const writing = callsLike((name) => WRITES.test(name));
const named = propertiesLike(PRIVILEGE);

function problemOf(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment, file: SourceFacts): Problem | null {
  const flow = inputIn(isPropertyAssignment(node) ? node.initializer : node.name, file);
  const write = flow && writeAround(node);
  if (!flow || !write) return null;
  const handler = requestHandlerAround(node, file);
  if (!handler || isAsked(handler, node, file)) return null;
  return {
    node: write.expression,
    alsoTouches: [node],
    message: `\`${flow.source.getText(file.sourceFile).slice(0, 60)}\` from the request is written as \`${nameText(node.name)}\` and nothing before asks for the caller's own role; checks in other files were not followed.`,
  };
}

function writeAround(node: ts.Node): ts.CallExpression | null {
  for (let child = node, up: ts.Node = node.parent; up; child = up, up = up.parent) {
    if (isPropertyAssignment(up) && /^(?:where|filter|select|query)$/.test(nameText(up.name))) return null;
    if (isCallExpression(up)) return up.expression !== child && WRITES.test(calleeName(up)) ? up : null;
    if (isStatement(up)) return null;
  }
  return null;
}

/** A guard on the route speaks of roles, or a condition or check before the write does. */
function isAsked(handler: FunctionWithBody, at: ts.Node, file: SourceFacts): boolean {
  const route = routeOf(handler, file);
  if (
    route &&
    [...route.middleware, ...route.inherited].some((m) => ASKS.test(m.getText(file.sourceFile)) || accessOf(m, file) === "unknown")
  )
    return true;
  return contains(
    handler,
    (n) => {
      if (n.pos > at.pos) return false;
      if (isCallExpression(n) && ASKING_CALL.test(calleeName(n))) return true;
      return isIfStatement(n) && asksForRole(unwrap(n.expression), file);
    },
    true,
  );
}

/** A condition that turns away for a role. `x.role === R && other` turns away only some, so a conjunction counts by a negated part alone. */
function asksForRole(condition: ts.Node, file: SourceFacts): boolean {
  const e = unwrap(condition);
  if (isBinaryExpression(e) && e.operatorToken.kind === AmpersandAmpersandToken)
    return [e.left, e.right].some((side) => isRefusal(unwrap(side), file));
  if (isBinaryExpression(e) && e.operatorToken.kind === BarBarToken) return asksForRole(e.left, file) || asksForRole(e.right, file);
  return ASKS.test(e.getText(file.sourceFile)) && !isPresence(e);
}

function isRefusal(e: ts.Node, file: SourceFacts): boolean {
  const isNegated =
    (isPrefixUnaryExpression(e) && e.operator === ExclamationToken) ||
    (isBinaryExpression(e) && [ExclamationEqualsEqualsToken, ExclamationEqualsToken].includes(e.operatorToken.kind));
  return isNegated && ASKS.test(e.getText(file.sourceFile));
}

/** `!role`: whether one was sent. */
function isPresence(e: ts.Node): boolean {
  return isPrefixUnaryExpression(e) && isIdentifier(unwrap(e.operand)) && PRIVILEGE.test(e.operand.getText());
}
