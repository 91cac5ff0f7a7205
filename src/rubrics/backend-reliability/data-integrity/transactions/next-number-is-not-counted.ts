import { ts } from "ts-morph";
import {
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isElementAccessExpression,
  isIdentifier,
  isNumericLiteral,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { databaseCallsOf, type DatabaseCall } from "../../../syntax/database-calls.ts";
import { boundNames } from "../../../syntax/async-calls.ts";
import { contains, enclosingFunction, nameText, unwrap } from "../../../syntax/functions.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { mayBeInTransaction } from "../../../syntax/transactions.ts";

const { BarBarToken, PlusToken, QuestionQuestionToken, VariableDeclaration } = ts.SyntaxKind;

const LOCKED =
  /\b(?:P2002|23505|11000|isolationLevel|Serializable|advisory|forUpdate|FOR UPDATE|withLock|acquireLock|redlock|mutex|onConflict|setnx|runExclusive)\b/;
/** Two rows in one place of a list harm nobody. */
const PLACE = /position|order|sort|index|rank|weight|priority|column|row|level|depth|retries|attempt/i;

/** "How many are there? Then this is number n + 1": two requests at once count the same. */
export const nextNumberIsNotCounted: Rule = {
  id: "next-number-is-not-counted",
  requirement: "transactions",
  severity: "advisory",
  title: "The next number does not come from counting rows",
  why: "Two requests at once count the same rows and give out one number twice, and a deleted row gives out an old one again.",
  fix: "Take it from a sequence or a counter row that is incremented in the same transaction, and let a unique index refuse doubles.",
  source: "https://cwe.mitre.org/data/definitions/367.html",
  examples: {
    bad: `export async function openTicket(teamId, title) {
  const open = await prisma.ticket.count({ where: { teamId } });
  return prisma.ticket.create({ data: { teamId, title, number: open + 1 } });
}
`,
    good: `export async function openTicket(teamId, title) {
  return prisma.$transaction(async (tx) => {
    const team = await tx.team.update({ where: { id: teamId }, data: { tickets: { increment: 1 } } });
    return tx.ticket.create({ data: { teamId, title, number: team.tickets } });
  });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.BinaryExpression],
    words: ["count", "countDocuments", "findFirst", "findOne", "max", "first"],
    look: (node, file) => {
      if (!isBinaryExpression(node) || node.operatorToken.kind !== PlusToken) return [];
      if (!isNumericLiteral(unwrap(node.right)) || unwrap(node.right).getText() !== "1") return [];
      const problem = problemOf(node, file);
      return problem ? [problem] : [];
    },
  },
};

function problemOf(sum: ts.BinaryExpression, file: SourceFacts): Problem | null {
  const root = rootName(sum.left);
  const fn = root ? enclosingFunction(sum) : null;
  const body = fn?.body;
  if (!root || !body) return null;
  const read = readNamed(root, sum, file);
  if (!read) return null;
  const create = creationWith(sum, read, body, file);
  if (!create || mayBeInTransaction(create.node, file) || LOCKED.test(body.getText(file.sourceFile))) return null;
  return {
    node: sum,
    alsoTouches: [read.node.expression, create.node.expression],
    message: `The number of the new \`${read.target.split(".").at(-1) ?? read.target}\` is what \`${read.verb}\` found a moment ago plus one: two requests at once get the same. Whether a unique index refuses one was not followed.`,
  };
}

/** `n` of `n`, `last` of `last?.number`, `(last?.number ?? 0)`. */
function rootName(node: ts.Node): string | null {
  let e = unwrap(node);
  if (isBinaryExpression(e) && [QuestionQuestionToken, BarBarToken].includes(e.operatorToken.kind)) e = unwrap(e.left);
  while (isPropertyAccessExpression(e) || isElementAccessExpression(e)) e = unwrap(e.expression);
  return isIdentifier(e) ? e.text : null;
}

/** The count, or the read of the last row, whose result carries the name. */
function readNamed(name: string, at: ts.Node, file: SourceFacts): DatabaseCall | null {
  return (
    databaseCallsOf(file).find((call) => {
      if (call.kind !== "read" || call.target === "" || call.node.pos > at.pos || enclosingFunction(call.node) !== enclosingFunction(at))
        return false;
      const isCount = /^(?:count|countDocuments)$/.test(call.verb);
      const isLast =
        /^(?:findFirst|findOne|first)$/.test(call.verb) && /["'](?:desc|DESC)["']|:\s*-1\b/.test(call.whole.getText(file.sourceFile));
      return (isCount || isLast) && resultNames(call).includes(name);
    }) ?? null
  );
}

function resultNames(call: DatabaseCall): readonly string[] {
  let e: ts.Node = call.whole;
  while (isAwaitExpression(e.parent) || isParenthesizedExpression(e.parent) || isAsExpression(e.parent)) e = e.parent;
  return isVariableDeclaration(e.parent) && e.parent.initializer === e ? boundNames(e.parent.name) : [];
}

/** A creation in the same table whose values hold the sum, or a variable that was made of it. */
function creationWith(sum: ts.BinaryExpression, read: DatabaseCall, body: ts.Node, file: SourceFacts): DatabaseCall | null {
  const names = new Set<string>();
  const isMade = (node: ts.Node): boolean => contains(node, (n) => n === sum || (isIdentifier(n) && names.has(n.text) && !isKey(n)), true);
  for (const node of file.nodes(VariableDeclaration)) {
    if (!isVariableDeclaration(node) || !node.initializer || node.pos < body.pos || node.end > body.end) continue;
    if (isMade(node.initializer) && !contains(node.initializer, isAwaitExpression))
      boundNames(node.name).forEach((name) => names.add(name));
  }
  return (
    databaseCallsOf(file).find(
      (call) =>
        call.kind === "write" &&
        call.target === read.target &&
        /^(?:create|insert|insertInto|insertOne|save)$/.test(call.verb) &&
        call.node.pos > read.node.pos &&
        body.pos <= call.node.pos &&
        call.node.end <= body.end &&
        contains(call.whole, (n) => isNumbered(n, isMade), true),
    ) ?? null
  );
}

function isKey(name: ts.Identifier): boolean {
  return isPropertyAssignment(name.parent) && name.parent.name === name;
}

/** `number: n + 1`, `{ number }`, but not `position: n + 1`. */
function isNumbered(node: ts.Node, isMade: (node: ts.Node) => boolean): boolean {
  if (isShorthandPropertyAssignment(node)) return !PLACE.test(node.name.text) && isMade(node.name);
  return (
    isPropertyAssignment(node) &&
    !PLACE.test(nameText(node.name)) &&
    !isObjectLiteralExpression(unwrap(node.initializer)) &&
    isMade(node.initializer)
  );
}
