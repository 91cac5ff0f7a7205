import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isReturnStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { isPrismaCall } from "../../../syntax/async-calls.ts";
import { enclosingName, unwrap } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { CallExpression } = ts.SyntaxKind;

const ON_PURPOSE = /clear|purge|truncate|flush|wipe|seed|backfill|rebuild|prune|teardown|resetDatabase|(?:All|Every)(?![a-z])/;
const SINGLE = /setting|config|preference|state|meta|cursor|lock|counter|version|singleton|instance|cache|backup|staging|temp|snapshot/i;

/** An update or delete that reaches every tenant's rows. */
export const bulkWriteHasACondition: Rule = {
  id: "bulk-write-has-a-condition",
  requirement: "authorization",
  severity: "blocking",
  title: "An update or delete says which rows it means",
  why: "Without a condition one tenant's action changes the rows of all.",
  fix: "Add the condition: the owner and the row. Where every row is meant, say so in the function's name.",
  source: "CWE-863; OWASP API Security Top 10, API1 Broken Object Level Authorization",
  examples: {
    bad: `import { db, plans } from "./db.ts";
import { eq } from "drizzle-orm";
export async function cancel(orgId: string) {
  await db.update(plans).set({ plan: null });
}
export async function choose(orgId: string, plan: string) {
  await db.update(plans).set({ plan }).where(eq(plans.orgId, orgId));
}
`,
    good: `import { db, plans } from "./db.ts";
import { eq } from "drizzle-orm";
export async function cancel(orgId: string) {
  await db.update(plans).set({ plan: null }).where(eq(plans.orgId, orgId));
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["set", "delete", "deleteMany", "updateMany"],
    look: (node, file) => {
      if (!isCallExpression(node) || /(?:^|\/)migrations?\//.test(file.path)) return [];
      const problem = isPrismaCall(node) ? ofPrisma(node, file) : ofBuilder(node, file);
      return problem && !ON_PURPOSE.test(enclosingName(node)) ? [problem] : [];
    },
  },
};

function ofPrisma(call: ts.CallExpression, file: SourceFacts): Problem | null {
  const name = calleeName(call);
  if (!/^(?:deleteMany|updateMany)$/.test(name)) return null;
  const where = propertyOf(call.arguments[0], "where");
  const isEmpty = where.state === "absent" || (where.state === "present" && isEmptyObject(where.value));
  if (!isEmpty || SINGLE.test(call.expression.getText(file.sourceFile))) return null;
  return {
    node: call.expression,
    severity: "advisory",
    message: `\`${call.expression.getText(file.sourceFile)}\` has no \`where\`: it reaches every row.`,
  };
}

function isEmptyObject(node: ts.Node): boolean {
  const e = unwrap(node);
  return isObjectLiteralExpression(e) && e.properties.length === 0;
}

/** Drizzle: `db.update(table).set(values)` and `db.delete(table)` with no `where` in the chain, run where they stand. */
function ofBuilder(call: ts.CallExpression, file: SourceFacts): Problem | null {
  const write = writeOf(call);
  if (!write || conditionAfter(call)) return null;
  const table = write.table.getText(file.sourceFile);
  if (SINGLE.test(table)) return null;
  const top = topOfChain(call);
  if (!isAwaitExpression(top.parent) && !isReturnStatement(top.parent) && !isExpressionStatement(top.parent)) return null;
  const siblings = siblingsWithCondition(write, file);
  if (siblings.total === 0 && ![...file.imports.values()].some((i) => /drizzle/.test(i.from))) return null;
  const others =
    siblings.same > 0
      ? `; ${siblings.same === 1 ? "another write" : `${siblings.same} others`} to it in this file ${siblings.same === 1 ? "has" : "have"} one`
      : "";
  return {
    node: write.call,
    alsoTouches: [call],
    severity: siblings.same > 0 ? "blocking" : "advisory",
    message: `The ${write.verb} of \`${table}\` has no \`where\` and reaches every row${others}.`,
  };
}

interface Write {
  readonly verb: "update" | "delete";
  readonly table: ts.Expression;
  readonly call: ts.CallExpression;
}

/** `x.update(table).set(...)` seen at `set`, `x.delete(table)` seen at `delete`, for tables given by name. */
function writeOf(call: ts.CallExpression): Write | null {
  const name = calleeName(call);
  if (name === "set") {
    const inner = receiverOf(call);
    const e = inner && unwrap(inner);
    const table = e && isCallExpression(e) && calleeName(e) === "update" && e.arguments.length === 1 ? e.arguments[0] : undefined;
    return e && isCallExpression(e) && table && isTable(table) && isDatabase(e) ? { verb: "update", table, call: e } : null;
  }
  const table = name === "delete" && call.arguments.length === 1 ? call.arguments[0] : undefined;
  return table && isTable(table) && isDatabase(call) && /^(?:[a-z]\w*\.)?[a-zA-Z]\w*$/.test(table.getText())
    ? { verb: "delete", table, call }
    : null;
}

function isTable(node: ts.Expression): boolean {
  return isIdentifier(node) || isPropertyAccessExpression(node);
}

function isDatabase(call: ts.CallExpression): boolean {
  const receiver = receiverOf(call);
  const e = receiver && unwrap(receiver);
  const name = e ? (isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "") : "";
  return /^(?:db|tx|trx|database|drizzle|conn|connection)$/i.test(name);
}

function topOfChain(call: ts.CallExpression): ts.Node {
  let e: ts.Node = call;
  while (isPropertyAccessExpression(e.parent) && isCallExpression(e.parent.parent) && e.parent.parent.expression === e.parent)
    e = e.parent.parent;
  return e;
}

function conditionAfter(call: ts.CallExpression): boolean {
  let e: ts.Node = call;
  while (isPropertyAccessExpression(e.parent)) {
    if (/^(?:where|\$dynamic|limit|from|innerJoin)$/.test(e.parent.name.text)) return true;
    if (!isCallExpression(e.parent.parent)) return false;
    e = e.parent.parent;
  }
  return false;
}

function siblingsWithCondition(write: Write, file: SourceFacts): { same: number; total: number } {
  let same = 0;
  let total = 0;
  for (const node of file.nodes(CallExpression)) {
    const other = isCallExpression(node) && node !== write.call ? writeOf(node) : null;
    if (!other || !isCallExpression(node) || !conditionAfter(node)) continue;
    total++;
    if (other.table.getText(file.sourceFile) === write.table.getText(file.sourceFile)) same++;
  }
  return { same, total };
}
