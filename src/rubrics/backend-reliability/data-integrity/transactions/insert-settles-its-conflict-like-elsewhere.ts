import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { databaseCallsOf, type DatabaseCall } from "../../../syntax/database-calls.ts";
import { enclosingFunction } from "../../../syntax/functions.ts";
import { speaksOf } from "../../../syntax/input-checks.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const SETTLES = /\.(?:onConflict\w*|onDuplicateKeyUpdate|orIgnore|orUpdate)\(/;
/** The function looks first, takes a lock, or handles the database's refusal. */
const HANDLED =
  /^(?:P2002|23505|ER_DUP_ENTRY|SQLITE_CONSTRAINT\w*|Unique\w*|isUnique\w*|isDuplicate\w*|forUpdate|lock|withLock|advisoryLock\w*|del|delete|deleteFrom|truncate)$/;

/** An insert that fails where its row is there already, beside others into the same table that say what happens then. */
export const insertSettlesItsConflictLikeElsewhere: Rule = {
  id: "insert-settles-its-conflict-like-elsewhere",
  requirement: "transactions",
  severity: "advisory",
  title: "An insert says what happens when the row is there, as the others into its table do",
  why: "The others show that the table has a unique key that is met: two requests at once, or one repeated, end in an error here and nowhere else.",
  fix: "Add the same `onConflict` (`ignore`, `merge`, `doNothing`, `doUpdateSet`), or answer the refusal of the database with 409.",
  source: "https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT; https://cwe.mitre.org/data/definitions/367.html",
  needsWholeFile: true,
  examples: {
    bad: `export async function grant(userId: string, role: string) {
  await db("user_role").insert({ user_id: userId, role });
}
export async function grantAll(rows: Row[]) {
  await db("user_role").insert(rows).onConflict(["user_id", "role"]).ignore();
}
export async function copy(rows: Row[]) {
  await db("user_role").insert(rows).onConflict(["user_id", "role"]).merge();
}
`,
    good: `export async function grant(userId: string, role: string) {
  await db("user_role").insert({ user_id: userId, role }).onConflict(["user_id", "role"]).ignore();
}
export async function grantAll(rows: Row[]) {
  await db("user_role").insert(rows).onConflict(["user_id", "role"]).ignore();
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: ["insert", "insertInto"],
    look: (_node, file) => problemsOf(file),
  },
};

function problemsOf(file: SourceFacts): readonly Problem[] {
  const inserts = databaseCallsOf(file).filter((call) => /^insert(?:Into)?$/.test(call.verb) && call.target !== "");
  if (inserts.length < 3) return [];
  const settled = inserts.filter((call) => isSettled(call, file));
  return inserts.flatMap((call): Problem[] => {
    const others = settled.filter((other) => other.target === call.target);
    if (settled.includes(call) || others.length < 2 || isHandled(call)) return [];
    return [
      {
        node: call.node.expression,
        alsoTouches: [call.node],
        message: `${others.length} other inserts into \`${call.target}\` here say what happens when the row is there; this one fails.`,
      },
    ];
  });
}

function isSettled(call: DatabaseCall, file: SourceFacts): boolean {
  return SETTLES.test(call.whole.getText(file.sourceFile));
}

function isHandled(call: DatabaseCall): boolean {
  const body = enclosingFunction(call.node)?.body;
  return body !== undefined && speaksOf(body, HANDLED);
}
