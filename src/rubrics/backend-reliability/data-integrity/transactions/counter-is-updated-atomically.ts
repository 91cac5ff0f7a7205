import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLike,
  isTemplateHead,
  isTemplateTail,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { databaseCallsOf, type DatabaseCall, isWriteVerb } from "../../../syntax/database-calls.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, nameText, unwrap } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const CHANGES = /update|set|save|upsert/i;

const { BarBarToken, MinusEqualsToken, MinusToken, PlusEqualsToken, PlusToken, QuestionQuestionToken } = ts.SyntaxKind;

/** A number read from a row, changed in memory and written back: what happened in between is lost. */
export const counterIsUpdatedAtomically: Rule = {
  id: "counter-is-updated-atomically",
  requirement: "transactions",
  severity: "advisory",
  title: "A number in a row is changed where it is stored",
  why: "Two requests read the same value and both write value plus one: one change is lost. With money or stock, that is money or stock.",
  fix: "Let the database count (`{ increment: 1 }`, `balance = balance - $1`), or lock the row (`SELECT ... FOR UPDATE`) or compare a version when writing.",
  source: "Martin Kleppmann, Designing Data-Intensive Applications, chapter 7, Preventing Lost Updates",
  examples: {
    bad: `export async function spend(id, points) {
  const wallet = await prisma.wallet.findUnique({ where: { id } });
  await prisma.wallet.update({ where: { id }, data: { points: wallet.points - points } });
}
`,
    good: `export async function spend(id, points) {
  await prisma.wallet.update({ where: { id, points: { gte: points } }, data: { points: { decrement: points } } });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.PropertyAssignment, ts.SyntaxKind.BinaryExpression],
    words: (name) => isWriteVerb(name) && CHANGES.test(name),
    look: (node, file) => {
      if (isBinaryExpression(node)) return ofDocument(node);
      if (!isPropertyAssignment(node)) return [];
      const sum = unwrap(node.initializer);
      if (!isBinaryExpression(sum) || ![PlusToken, MinusToken].includes(sum.operatorToken.kind)) return [];
      const field = nameText(node.name);
      const row = [sum.left, sum.right].map((side) => rowRead(side, field)).find((found) => found !== null);
      const write = row ? writeAround(node, file) : null;
      if (!row || !write || !isSameTable(row, write, file)) return [];
      const body = enclosingFunction(node)?.body;
      if (!body || isLocked(body) || comparesVersion(write, field)) return [];
      return [
        {
          node,
          alsoTouches: [row],
          message: `\`${field}\` is read, changed in memory and written back: of two requests at once, one change is lost. Locks in other functions were not followed.`,
        },
      ];
    },
  },
};

/** `wallet.points -= points; await wallet.save()`, where the document was read in the same function. */
function ofDocument(node: ts.BinaryExpression): readonly Problem[] {
  const { kind } = node.operatorToken;
  if (kind !== PlusEqualsToken && kind !== MinusEqualsToken) return [];
  const left = unwrap(node.left);
  if (!isPropertyAccessExpression(left) || !isIdentifier(left.expression)) return [];
  const row = declarationOf(left.expression);
  const body = enclosingFunction(node)?.body;
  if (!row || !isVariableDeclaration(row) || !row.initializer || !body || !isReadOfOne(row.initializer) || isLocked(body)) return [];
  const name = left.expression.text;
  const saved = contains(body, (n) => isCallExpression(n) && n.pos > node.pos && savesRow(n, name), true);
  return saved && row.pos > body.pos
    ? [
        {
          node,
          alsoTouches: [row],
          message: `\`${left.name.text}\` is read, changed in memory and saved with its row: of two requests at once, one change is lost. Locks in other functions were not followed.`,
        },
      ]
    : [];
}

/** `await Model.findById(id)`, `await repository.findOne(...)`, with or without a chain behind. */
function isReadOfOne(value: ts.Node): boolean {
  return (
    isAwaitExpression(value) &&
    contains(
      value,
      (n) => isCallExpression(n) && /^(?:findById|findByPk|findOne|findOneBy|findOneOrFail|findOneByOrFail)$/.test(calleeName(n)),
    )
  );
}

function savesRow(call: ts.CallExpression, name: string): boolean {
  if (calleeName(call) !== "save") return false;
  return receiverOf(call)?.getText() === name || call.arguments.some((a) => a.getText() === name);
}

/** The declaration of `wallet` in `wallet.points`, when the field carries the same name; null otherwise. */
function rowRead(side: ts.Node, field: string): ts.VariableDeclaration | null {
  let e = unwrap(side);
  if (isBinaryExpression(e) && [QuestionQuestionToken, BarBarToken].includes(e.operatorToken.kind)) e = unwrap(e.left);
  if (isCallExpression(e) && e.expression.getText() === "Number" && e.arguments[0]) e = unwrap(e.arguments[0]);
  if (!isPropertyAccessExpression(e) || e.name.text !== field) return null;
  const owner = unwrap(e.expression);
  const declaration = isIdentifier(owner) ? declarationOf(owner) : null;
  return declaration && isVariableDeclaration(declaration) ? declaration : null;
}

/** The write whose arguments hold the node. */
function writeAround(node: ts.Node, file: SourceFacts): DatabaseCall | null {
  for (const call of databaseCallsOf(file))
    if (call.kind === "write" && CHANGES.test(call.verb) && call.whole.pos <= node.pos && node.end <= call.whole.end) return call;
  return null;
}

/** The row was read from the table that is written. */
function isSameTable(row: ts.VariableDeclaration, write: DatabaseCall, file: SourceFacts): boolean {
  const value = row.initializer;
  if (!value) return false;
  return databaseCallsOf(file).some(
    (call) =>
      call.kind === "read" &&
      call.target === write.target &&
      call.target !== "" &&
      value.pos <= call.node.pos &&
      call.node.end <= value.end,
  );
}

function isLocked(body: ts.Node): boolean {
  return contains(
    body,
    (n) =>
      ((isStringLiteralLike(n) || isTemplateHead(n) || isTemplateTail(n)) && /for update|pg_advisory|serializable/i.test(n.text)) ||
      (isIdentifier(n) &&
        /^(?:forUpdate|lock|setLock|pessimistic\w*|withLock|acquire|acquireLock|redlock|mutex|runExclusive|Serializable|isolationLevel)$/.test(
          n.text,
        )),
    true,
  );
}

/** The write's condition names the old value or a version: a lost race writes nothing. */
function comparesVersion(write: DatabaseCall, field: string): boolean {
  const where = propertyOf(write.node.arguments[0], "where");
  const condition = where.state === "present" ? where.value : write.whole;
  const test = new RegExp(`\\b(?:version|updatedAt|updated_at|etag|revision)\\b`);
  if (test.test(condition.getText())) return true;
  return where.state === "present" && propertyOf(where.value, field).state === "present";
}
