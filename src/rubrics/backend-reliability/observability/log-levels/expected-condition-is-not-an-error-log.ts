import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isCatchClause,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { errorReceiverOf } from "../../../syntax/catches.ts";
import { contains, enclosingFunction, functionName, isFunction, unwrap } from "../../../syntax/functions.ts";
import { numberOf } from "../../../syntax/literals.ts";
import { logCallOf } from "../../../syntax/log-calls.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { responseSendOf } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { EqualsToken, InstanceOfKeyword } = ts.SyntaxKind;

/** What a caller did wrong (404, an expired token) logged at error: the level that wakes people. */
export const expectedConditionIsNotAnErrorLog: Rule = {
  id: "expected-condition-is-not-an-error-log",
  requirement: "log-levels",
  severity: "advisory",
  title: "What a caller did wrong is not logged at error",
  why: "ERROR is the level that alerts are built on: a stranger with an old token must not be able to raise it, and real errors drown among them.",
  fix: "Log it at info or warn, keep error for what somebody here must repair.",
  source: "https://sre.google/sre-book/monitoring-distributed-systems/",
  examples: {
    bad: `export function requireOrder(req, res, next) {
  const order = orders.get(req.params.id);
  if (!order) {
    logger.error("order not found");
    return res.status(404).json({ error: "not_found" });
  }
  next();
}
`,
    good: `export function requireOrder(req, res, next) {
  const order = orders.get(req.params.id);
  if (!order) {
    logger.info("order not found");
    return res.status(404).json({ error: "not_found" });
  }
  next();
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["error", "fatal", "critical", "emerg"],
    look: (node, file) => {
      const call = logCallOf(node, file);
      if (!call || !["error", "fatal"].includes(call.level)) return [];
      const reason = blockAnswersCaller(node, file) ?? tokenCheck(node, file);
      return reason === null ? [] : [{ node, message: `${reason}, and it is logged at ${call.level}.` }];
    },
  },
};

/** The statements around the line answer with a 4xx. A catch-all that answers 400 for anything is not counted. */
function blockAnswersCaller(node: ts.Node, file: SourceFacts): string | null {
  const block = blockOf(node);
  if (!block) return null;
  const isCatch = errorReceiverOf(block.parent) !== null;
  for (const statement of block.statements) {
    if (statement.pos < node.pos) continue;
    const status = answeredStatus(statement, file);
    if (status !== null && (!isCatch || status === 401 || status === 403)) return `The caller is answered with ${status}`;
  }
  return null;
}

function blockOf(node: ts.Node): ts.Block | null {
  for (let up: ts.Node | undefined = node.parent; up && !isFunction(up); up = up.parent) if (isBlock(up)) return up;
  return null;
}

function answeredStatus(statement: ts.Statement, file: SourceFacts): number | null {
  let status: number | null = null;
  contains(statement, (n) => {
    const send = responseSendOf(n);
    const own =
      send?.status ??
      (isCallExpression(n) && isPropertyAccessExpression(n.expression) && /^(?:sendStatus|status|code)$/.test(n.expression.name.text)
        ? numberOf(n.arguments[0])
        : null);
    if (own !== null && own !== undefined && EXPECTED.includes(own)) status = own;
    status = returnedStatus(n) ?? status;
    if (isThrowStatement(n) && /\bnew (?:NotFound|Unauthori[sz]ed|Forbidden)\w*/.test(n.expression.getText(file.sourceFile)))
      status = /NotFound/.test(n.expression.getText(file.sourceFile)) ? 404 : 401;
    return false;
  });
  return status;
}

const EXPECTED = [401, 403, 404, 409, 410, 422, 429];

/** `return { status: 404, ... }` of a function that answers through its caller, and `ctx.status = 404`. */
function returnedStatus(node: ts.Node): number | null {
  let value: ts.Node | null = null;
  if (isReturnStatement(node) && node.expression) {
    const answer = propertyOf(node.expression, "status", "statusCode");
    value = answer.state === "present" ? answer.value : null;
  } else if (isBinaryExpression(node) && node.operatorToken.kind === EqualsToken && isPropertyAccessExpression(node.left))
    value = /^(?:status|statusCode)$/.test(node.left.name.text) && isAnswer(node.left.expression) ? node.right : null;
  const status = value ? numberOf(value) : null;
  return status !== null && EXPECTED.includes(status) ? status : null;
}

function isAnswer(node: ts.Node): boolean {
  const e = unwrap(node);
  const name = isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "";
  return /^(?:ctx|context|res|response|reply)$/.test(name);
}

const CHECK =
  /\b(?:verify\w*|authenticate\w*|decodeJWT|jwtVerify|getSession|validateToken|(?:get|find|fetch|load|lookup|resolve|read)\w*(?:By|For|From)\w*(?:Token|Session|Pat|ApiKey)\w*)\s*\(/i;

/** The try also asks another service or writes: what failed may be ours. */
const MORE_THAN_A_CHECK =
  /\b(?:fetch|axios\.\w+|got\.\w+|exchange\w*|refresh\w*|create\w*|upsert\w*|insert\w*|update\w*|save\w*|send[A-Z]\w*|enqueue\w*|trigger\w*)\(/;

/** A catch around the check of a caller's token or session in middleware that goes on without a user. */
function tokenCheck(node: ts.Node, file: SourceFacts): string | null {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (isFunction(up)) return null;
    if (!isCatchClause(up)) continue;
    const tried = up.parent.tryBlock.getText(file.sourceFile).slice(0, 3000);
    const isCheck = CHECK.test(tried) && !MORE_THAN_A_CHECK.test(tried) && !/Internal|\b5\d\d\b/.test(up.block.getText(file.sourceFile));
    const fn = enclosingFunction(up);
    const isMiddleware = /middleware|auth|session|token/i.test(`${file.path} ${fn ? functionName(fn) : ""}`);
    const isNarrowed = contains(
      up.block,
      (n) => isBinaryExpression(n) && n.operatorToken.kind === InstanceOfKeyword && n.right.getText() !== "Error",
    );
    return isCheck && isMiddleware && !isNarrowed ? "A caller's token or session did not hold" : null;
  }
  return null;
}
