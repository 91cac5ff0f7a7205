import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isReturnStatement,
  isThrowStatement,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { databaseCallsOf, type DatabaseCall } from "../../../syntax/database-calls.ts";
import { contains, enclosingFunction, unwrap } from "../../../syntax/functions.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { mayBeInTransaction } from "../../../syntax/transactions.ts";

const LOCKED =
  /\b(?:isolationLevel|Serializable|advisory|forUpdate|FOR UPDATE|withLock|acquireLock|redlock|mutex|runExclusive|P2002|23505|onConflict)\b/;
const MAKES = /^(?:create|createMany|insert|insertOne|insertMany|save|bulkCreate|upsert)$/;

/** "Are there fewer than allowed? Then add one": requests at once all count the same. */
export const countedLimitSurvivesARace: Rule = {
  id: "counted-limit-survives-a-race",
  requirement: "transactions",
  severity: "advisory",
  title: "A limit on rows holds when requests come at once",
  why: "Ten requests at the same moment count the same rows, all are below the limit, and all add one.",
  fix: "Count and add in one serializable transaction or under a lock of the owner, or decrement a counter of what is left and let it refuse.",
  source: "CWE-367; https://www.postgresql.org/docs/current/transaction-iso.html",
  examples: {
    bad: `export async function addDomain(team, slug) {
  const domains = await prisma.domain.count({ where: { teamId: team.id } });
  if (domains >= team.domainsLimit) throw new Error("limit reached");
  return prisma.domain.create({ data: { slug, teamId: team.id } });
}
`,
    good: `export async function addDomain(team, slug) {
  return prisma.$transaction(async (tx) => {
    const domains = await tx.domain.count({ where: { teamId: team.id } });
    if (domains >= team.domainsLimit) throw new Error("limit reached");
    return tx.domain.create({ data: { slug, teamId: team.id } });
  }, { isolationLevel: "Serializable" });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: ["count", "countDocuments"],
    look: (_node, file) => {
      const calls = databaseCallsOf(file);
      return calls.filter((call) => /^(?:count|countDocuments)$/.test(call.verb)).flatMap((call) => problemOf(call, calls, file) ?? []);
    },
  },
};

function problemOf(count: DatabaseCall, calls: readonly DatabaseCall[], file: SourceFacts): Problem | null {
  const name = nameOfResult(count.whole);
  const fn = enclosingFunction(count.node);
  if (!name || !fn?.body || count.target === "" || mayBeInTransaction(count.node, file)) return null;
  const check = limitCheck(fn.body, name, count.node.end);
  const made = check
    ? calls.find((call) => MAKES.test(call.verb) && call.target === count.target && call.node.pos > check.end && call.node.end <= fn.end)
    : undefined;
  if (!check || !made || LOCKED.test(fn.body.getText(file.sourceFile))) return null;
  return {
    node: count.node.expression,
    alsoTouches: [check.expression, made.node.expression],
    message: `\`${name}\` was counted a moment before \`${made.target}.${made.verb}\`: requests at once all find it below the limit. A constraint in the database was not followed.`,
  };
}

function nameOfResult(whole: ts.Node): string | null {
  const up = isAwaitExpression(whole.parent) ? whole.parent.parent : whole.parent;
  return isVariableDeclaration(up) && isIdentifier(up.name) ? up.name.text : null;
}

/** `if (count >= limit) return ...`, with a limit that is a name: more than none is another question. */
function limitCheck(body: ts.Node, name: string, after: number): ts.IfStatement | null {
  let found: ts.IfStatement | null = null;
  contains(
    body,
    (n) => {
      if (found || !isIfStatement(n) || n.pos < after || !contains(n.expression, (c) => comparesWithLimit(c, name))) return false;
      if (
        contains(
          n.thenStatement,
          (x) => isReturnStatement(x) || isThrowStatement(x) || (isCallExpression(x) && /throw|fail/i.test(x.expression.getText())),
        )
      )
        found = n;
      return false;
    },
    true,
  );
  return found;
}

function comparesWithLimit(node: ts.Node, name: string): boolean {
  if (!isBinaryExpression(node) || !/^[<>]=?$/.test(node.operatorToken.getText())) return false;
  const sides = [unwrap(node.left), unwrap(node.right)];
  const other = sides.find((side) => !(isIdentifier(side) && side.text === name));
  return sides.some((side) => isIdentifier(side) && side.text === name) && other !== undefined && /[a-z]/i.test(other.getText());
}
