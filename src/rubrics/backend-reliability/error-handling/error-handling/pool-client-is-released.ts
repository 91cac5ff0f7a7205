import { ts } from "ts-morph";
import {
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isThrowStatement,
  isTryStatement,
  isVariableDeclaration,
  isVariableStatement,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { contains, enclosingFunction, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** A client taken from a pool and not given back in a finally: after as many errors as the pool is large, nobody gets one. */
export const poolClientIsReleased: Rule = {
  id: "pool-client-is-released",
  requirement: "error-handling",
  severity: "blocking",
  title: "A client taken from a pool is given back on every path",
  why: "A client that an error path keeps is gone for good: after as many errors as the pool is large, every query waits for ever.",
  fix: "Release it in finally: `const client = await pool.connect(); try { ... } finally { client.release(); }`, or use `pool.query`.",
  source: "https://node-postgres.com/features/pooling",
  examples: {
    bad: `import { Pool } from "pg";
const pool = new Pool();
export async function move(from, to) {
  const client = await pool.connect();
  await client.query("BEGIN");
  await client.query("UPDATE a SET v = v - 1 WHERE id = $1", [from]);
  await client.query("COMMIT");
  client.release();
}
`,
    good: `import { Pool } from "pg";
const pool = new Pool();
export async function move(from, to) {
  const client = await pool.connect();
  try {
    await client.query("UPDATE a SET v = v - 1 WHERE id = $1", [from]);
  } finally {
    client.release();
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["connect", "getConnection", "createQueryRunner", "acquire", "reserve"],
    look: (node, file) => {
      if (!isCallExpression(node) || !takesClient(node, file)) return [];
      const declaration = holderOf(node);
      const around = enclosingFunction(node);
      if (!declaration || !isIdentifier(declaration.name) || !around?.body) return [];
      const name = declaration.name.text;
      if (!isAwaitExpression(node.parent) && calleeName(node) !== "createQueryRunner") return [];
      if (leaves(around.body, name) || isReleasedInFinally(around.body, name) || isReleasedAtOnce(declaration, name)) return [];
      if (isReleasedByCallback(around, name) || !mayFailBetween(declaration, name)) return [];
      return [
        { node: declaration, message: `\`${name}\` is not released in a finally: an error on the way keeps it from the pool for good.` },
      ];
    },
  },
};

function takesClient(call: ts.CallExpression, file: SourceFacts): boolean {
  const name = calleeName(call);
  if (!["connect", "getConnection", "createQueryRunner", "acquire", "reserve"].includes(name)) return false;
  const origin = calleeOf(call, file);
  if (name === "createQueryRunner") return true;
  const receiver = receiverOf(call);
  const e = receiver ? unwrap(receiver) : null;
  const owner = e && isIdentifier(e) ? e.text : e && isPropertyAccessExpression(e) ? e.name.text : "";
  const isPool =
    /pool$/i.test(owner) || (/^(?:pg|pg-pool|@neondatabase\/serverless)$/.test(origin.module ?? "") && origin.path[0] === "Pool");
  return isPool && call.arguments.length === 0;
}

function holderOf(call: ts.CallExpression): ts.VariableDeclaration | null {
  let e: ts.Node = call.parent;
  while (isAwaitExpression(e) || isParenthesizedExpression(e) || isAsExpression(e)) e = e.parent;
  return isVariableDeclaration(e) ? e : null;
}

/** Handed to another function, returned, or kept on an object: someone else releases it. */
function leaves(body: ts.Node, name: string): boolean {
  return contains(
    body,
    (n) =>
      isIdentifier(n) &&
      n.text === name &&
      ((isReturnStatement(n.parent) && n.parent.expression === n) ||
        (isCallExpression(n.parent) && n.parent.arguments.some((a) => a === n)) ||
        (isNewExpression(n.parent) && (n.parent.arguments?.some((a) => a === n) ?? false)) ||
        isShorthandPropertyAssignment(n.parent) ||
        (isPropertyAssignment(n.parent) && n.parent.initializer === n) ||
        (isBinaryExpression(n.parent) && n.parent.right === n)),
    true,
  );
}

function isReleasedInFinally(body: ts.Node, name: string): boolean {
  const releases = (block: ts.Node): boolean =>
    contains(
      block,
      (n) => isCallExpression(n) && new RegExp(`\\b${name}\\b`).test(n.getText()) && /release|destroy|end|close|done/i.test(calleeName(n)),
      true,
    );
  return contains(
    body,
    (n) =>
      isTryStatement(n) &&
      ((n.finallyBlock !== undefined && releases(n.finallyBlock)) ||
        (n.catchClause !== undefined && releases(n.catchClause.block) && releases(n.tryBlock))),
    true,
  );
}

/** Released when an event says so: the client is meant to be kept until then. */
function isReleasedByCallback(around: FunctionWithBody, name: string): boolean {
  const body = around.body;
  return body !== undefined && contains(body, (n) => isCallExpression(n) && isReleaseOf(n, name) && enclosingFunction(n) !== around, true);
}

function isReleaseOf(call: ts.CallExpression, name: string): boolean {
  const receiver = receiverOf(call);
  return receiver !== null && isIdentifier(receiver) && receiver.text === name && /^(?:release|destroy|end|close)$/.test(calleeName(call));
}

/** Whether anything waits, throws or returns between taking the client and giving it back in the same block. */
function mayFailBetween(declaration: ts.VariableDeclaration, name: string): boolean {
  const statement = declaration.parent.parent;
  if (!isVariableStatement(statement) || !isBlock(statement.parent)) return true;
  const following = statement.parent.statements.slice(statement.parent.statements.indexOf(statement) + 1);
  const end = following.findIndex((each) => contains(each, (n) => isCallExpression(n) && isReleaseOf(n, name)));
  return (
    end < 0 ||
    following
      .slice(0, isStatementAlone(following[end]) ? end : end + 1)
      .some((each) => contains(each, (n) => isAwaitExpression(n) || isThrowStatement(n) || isReturnStatement(n)))
  );
}

function isStatementAlone(statement: ts.Statement | undefined): boolean {
  return statement !== undefined && isExpressionStatement(statement);
}

/** Released by the very next statement: nothing between can fail. */
function isReleasedAtOnce(declaration: ts.VariableDeclaration, name: string): boolean {
  const statement = declaration.parent.parent;
  if (!isVariableStatement(statement) || !isBlock(statement.parent)) return false;
  const next = statement.parent.statements[statement.parent.statements.indexOf(statement) + 1];
  return next !== undefined && next.getText().startsWith(`${name}.release`);
}
