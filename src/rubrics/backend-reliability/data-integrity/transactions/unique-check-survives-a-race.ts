import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isBlock,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  isVariableStatement,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { databaseCallsOf, type DatabaseCall } from "../../../syntax/database-calls.ts";
import { boundNames } from "../../../syntax/async-calls.ts";
import { contains, enclosingFunction, enclosingName, isFunction, unwrap } from "../../../syntax/functions.ts";
import { speaksOf } from "../../../syntax/input-checks.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { mayBeInTransaction } from "../../../syntax/transactions.ts";

const { ExclamationToken } = ts.SyntaxKind;

const CONFLICT =
  /^(?:P2002|23505|11000|ER_DUP_ENTRY|SQLITE_CONSTRAINT\w*|UniqueConstraint\w*|UniqueViolation\w*|isUnique\w*|onConflict\w*|onDuplicate\w*|doNothing|skipDuplicates|orIgnore|upsert|findOrCreate|lock|withLock|acquireLock|redlock|mutex|runExclusive|forUpdate|advisoryLock\w*|Serializable)$/;

/** A migration runs once, with nobody beside it. */
const MIGRATION = /(?:^|\/)(?:migrations?|upgrades?)\//;

/** "Is there one? No? Then create it": two requests at once both find none. */
export const uniqueCheckSurvivesARace: Rule = {
  id: "unique-check-survives-a-race",
  requirement: "transactions",
  severity: "advisory",
  title: "A check for an existing row holds until the row is written",
  why: "Two requests at once both find nothing and both insert: two accounts, two orders, or an unhandled constraint error.",
  fix: "Let a unique index decide: insert and handle the conflict (`onConflict`, `upsert`, P2002, 23505), and answer 409.",
  source: "https://cwe.mitre.org/data/definitions/367.html",
  needsWholeFile: true,
  examples: {
    bad: `export async function register(email) {
  const existing = await prisma.user.findUnique({ where: { email } });
  if (existing) throw new ConflictError("email is taken");
  return prisma.user.create({ data: { email } });
}
`,
    good: `export async function register(email) {
  try {
    return await prisma.user.create({ data: { email } });
  } catch (error) {
    if (error.code === "P2002") throw new ConflictError("email is taken");
    throw error;
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.IfStatement],
    when: (file) => databaseCallsOf(file).length >= 2,
    look: (node, file) => {
      if (!isIfStatement(node) || MIGRATION.test(file.path)) return [];
      const read = readBehind(node, file);
      const body = read ? enclosingFunction(node)?.body : undefined;
      if (!read || !body) return [];
      const create = creationAfter(node, read, file);
      if (!create || isOneAtATime(node, file) || mayBeInTransaction(node, file) || speaksOf(body, CONFLICT)) return [];
      return [
        {
          node: create.node.expression,
          alsoTouches: [node.expression, read.node.expression],
          message: `\`${read.target}.${read.verb}\` found nothing a moment ago, but another request may have inserted it since. Whether a unique index decides was not followed.`,
        },
      ];
    },
  },
};

/** What an administrator starts and nobody repeats beside it: a backup put back, a package installed. */
function isOneAtATime(node: ts.Node, file: SourceFacts): boolean {
  return /restore|backup|import|install|seed|migrate|snapshot|(?:^|\/)pack\./i.test(
    `${file.path.split("/").at(-1) ?? ""} ${enclosingName(node)}`,
  );
}

/** The read whose result the condition tests: `const found = await users.findOne(...); if (found) ...`. */
function readBehind(node: ts.IfStatement, file: SourceFacts): DatabaseCall | null {
  const name = testedName(node.expression);
  if (!name || !isBlock(node.parent)) return null;
  const index = node.parent.statements.indexOf(node);
  for (const statement of node.parent.statements.slice(Math.max(0, index - 4), index).toReversed()) {
    if (!isVariableStatement(statement)) continue;
    const declaration = statement.declarationList.declarations.find((d) => boundNames(d.name).includes(name));
    const value = declaration?.initializer;
    if (!value) continue;
    return databaseCallsOf(file).find((call) => call.kind === "read" && call.target !== "" && call.whole === unwrap(value)) ?? null;
  }
  return null;
}

/** `found` of `if (found)`, `if (!found)`, `if (found !== null)`, `if (count > 0)`, `if (rows.length > 0)`. */
function testedName(condition: ts.Node): string | null {
  let e = unwrap(condition);
  if (isPrefixUnaryExpression(e) && e.operator === ExclamationToken) e = unwrap(e.operand);
  if (isBinaryExpression(e)) {
    if (/^[<>]=?$/.test(e.operatorToken.getText()) && !/^(?:>0|>=1|<1|<=0)$/.test(`${e.operatorToken.getText()}${e.right.getText()}`))
      return null;
    e = unwrap(e.left);
  }
  if (isPropertyAccessExpression(e) && e.name.text === "length") e = unwrap(e.expression);
  return isIdentifier(e) ? e.text : null;
}

/** A creation in the same table: after an `if (found)` that leaves, or inside an `if (!found)`. */
function creationAfter(node: ts.IfStatement, read: DatabaseCall, file: SourceFacts): DatabaseCall | null {
  const creates = databaseCallsOf(file).filter(
    (call) => call.kind === "write" && call.target === read.target && /^(?:create|insert|insertInto|insertOne|save)$/.test(call.verb),
  );
  const within = (outer: ts.Node, call: DatabaseCall): boolean => outer.pos <= call.node.pos && call.node.end <= outer.end;
  if (isNegated(node.expression)) return creates.find((call) => within(node.thenStatement, call) && sameFunction(call.node, node)) ?? null;
  if (!leaves(node.thenStatement)) return (node.elseStatement && creates.find((call) => within(node.elseStatement ?? node, call))) ?? null;
  return creates.find((call) => call.node.pos > node.end && within(node.parent, call) && sameFunction(call.node, node)) ?? null;
}

function isNegated(condition: ts.Node): boolean {
  const e = unwrap(condition);
  if (isPrefixUnaryExpression(e)) return e.operator === ExclamationToken;
  return isBinaryExpression(e) && /^===?$/.test(e.operatorToken.getText()) && /^(?:null|undefined|0)$/.test(e.right.getText());
}

function leaves(statement: ts.Statement): boolean {
  return contains(statement, (n) => isReturnStatement(n) || isThrowStatement(n));
}

function sameFunction(a: ts.Node, b: ts.Node): boolean {
  const of = (node: ts.Node): ts.Node | null => {
    for (let up: ts.Node | undefined = node.parent; up; up = up.parent) if (isFunction(up)) return up;
    return null;
  };
  return of(a) === of(b);
}
