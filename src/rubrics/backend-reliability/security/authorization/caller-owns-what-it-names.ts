import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { dataAccessOf, type DataAccess } from "../../../syntax/data-access.ts";
import { writesIn } from "../../../syntax/database-calls.ts";
import { contains, unwrap, walk, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { firstInputRead, inputIn, type InputFlow } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { findSignedInHandlers, type SignedInHandler } from "./find-signed-in-handlers.ts";

const CHANGES =
  /^(?:update|delete|remove|archive|restore|edit|save|patch|destroy|revoke|resend|publish|cancel|disable|enable|rename|move|transfer|start|stop)[A-Z]\w*$/;
const FETCHES = /^(?:get|find|fetch|load|read)[A-Z]\w*$/;
/** Methods of clients and stores that go by an id; what they are called on says what of. */
const BY_ID = /^(?:retrieve|fetch|load|findById|getById|deleteById|updateById|removeById|cancel|archive|destroy)$/;

/** A signed-in caller who names a row and gets it: who calls is asked, whose row it is is not. */
export const callerOwnsWhatItNames: Rule = {
  id: "caller-owns-what-it-names",
  requirement: "authorization",
  severity: "advisory",
  title: "Being signed in is not owning the row",
  why: "Anyone with an account sends another customer's id and reads, changes or deletes what is not theirs.",
  fix: "Use the caller in the lookup (`where: { id, ownerId: user.id }`), or compare the row's owner with the caller's before anything is done with it.",
  source: "OWASP API Security Top 10, API1 Broken Object Level Authorization; CWE-639",
  needsWholeFile: true,
  examples: {
    bad: `export default async function handler(req, res) {
  const user = await getAuthenticatedUser(req);
  if (!user) return res.status(401).end();
  const formId = req.query.formId as string;
  const email = req.query.email as string;
  await prisma.invitation.delete({ where: { email_formId: { email, formId } } });
  res.status(204).end();
}
`,
    good: `export default async function handler(req, res) {
  const user = await getAuthenticatedUser(req);
  if (!user) return res.status(401).end();
  const formId = req.query.formId as string;
  const email = req.query.email as string;
  const form = await prisma.form.findFirst({ where: { id: formId, ownerId: user.id } });
  if (!form) return res.status(404).end();
  await prisma.invitation.delete({ where: { email_formId: { email, formId } } });
  res.status(204).end();
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => findSignedInHandlers(file).flatMap((handler) => problemOf(handler, file) ?? []),
  },
};

function problemOf(handler: SignedInHandler, file: SourceFacts): readonly Problem[] | null {
  const { fn } = handler;
  let found: Problem | null = null;
  if (fn.body)
    walk(
      fn.body,
      (n) => {
        if (found) return false;
        if (isCallExpression(n)) found = ofAccess(n, fn, file) ?? ofFunction(n, handler, file) ?? ofMethod(n, file);
        return found === null;
      },
      true,
    );
  found ??= handler.kind === "changes" ? ofWrite(fn, file) : null;
  return found ? [found] : null;
}

/** `runs.retrieve(runId)`: a store or another system, told an id of the request and nothing of the caller. */
function ofMethod(call: ts.CallExpression, file: SourceFacts): Problem | null {
  const argument = call.arguments[0];
  if (!isPropertyAccessExpression(call.expression) || !BY_ID.test(call.expression.name.text) || call.arguments.length !== 1 || !argument)
    return null;
  const flow = isIdName(argument) ? inputIn(argument, file) : null;
  return flow ? toldById(call, argument, flow, file) : null;
}

/** Rows are written by what was sent, whatever the condition: the handler asks for a caller and then uses nothing of it. */
function ofWrite(fn: FunctionWithBody, file: SourceFacts): Problem | null {
  const read = fn.body ? firstInputRead(fn, file) : null;
  const write = read && fn.body ? writesIn(fn.body, file).find((w) => w.node.pos > read.pos) : undefined;
  if (!read || !write || !namesId(fn)) return null;
  return {
    node: read,
    alsoTouches: [write.node.expression],
    message: `\`${write.target || "A row"}\` is written by what was sent: it is asked whether someone is signed in, and nothing of the caller is used. Checks in other files were not followed.`,
  };
}

/** A write whose condition holds nothing but what was sent. A condition of an id alone is another rule's. */
function ofAccess(call: ts.CallExpression, fn: FunctionWithBody, file: SourceFacts): Problem | null {
  const access: DataAccess | null = dataAccessOf(call, file);
  if (!access?.isWrite || !access.filter || access.onlyId) return null;
  const flows = leavesOf(access.filter).map((leaf) => inputIn(leaf, file));
  const first = flows[0];
  if (!first || !flows.every((flow) => flow !== null) || !namesId(access.filter)) return null;
  return {
    node: first.part === "input" ? access.filter : (firstInputRead(fn, file) ?? access.filter),
    alsoTouches: [call.expression],
    message: `\`${access.model}.${access.verb}\` goes by \`${textOf(first, file)}\` from the request: it is asked whether someone is signed in, not whose it is. Checks in other files were not followed.`,
  };
}

function namesId(filter: ts.Node): boolean {
  return contains(filter, (n) => isIdentifier(n) && /(?:^id|Id|_id|slug|uuid)$/.test(n.text), true);
}

/** The values of a filter's fields, through nested objects. */
function leavesOf(filter: ts.Node): readonly ts.Node[] {
  const e = unwrap(filter);
  if (!isObjectLiteralExpression(e)) return [e];
  return e.properties.flatMap((p) =>
    isPropertyAssignment(p) ? leavesOf(p.initializer) : isShorthandPropertyAssignment(p) ? [p.name] : [p],
  );
}

/** `findServerById(serverId)`: a function of one's own that is told an id of the request and nothing of the caller. */
function ofFunction(call: ts.CallExpression, handler: SignedInHandler, file: SourceFacts): Problem | null {
  const callee = call.expression;
  const argument = call.arguments[0];
  if (!isIdentifier(callee) || call.arguments.length !== 1 || !argument || !file.imports.has(callee.text)) return null;
  const isRead = FETCHES.test(callee.text) && (handler.kind === "socket" || handler.kind === "changes");
  if (!isRead && !CHANGES.test(callee.text)) return null;
  const flow = isIdName(argument) ? inputIn(argument, file) : null;
  return flow ? toldById(call, argument, flow, file) : null;
}

function isIdName(argument: ts.Expression): boolean {
  const e = unwrap(argument);
  return /(?:^id|Id)$/.test(isPropertyAccessExpression(e) ? e.name.text : isIdentifier(e) ? e.text : "");
}

function toldById(call: ts.CallExpression, argument: ts.Expression, flow: InputFlow, file: SourceFacts): Problem {
  return {
    node: call,
    alsoTouches: [flow.source],
    message: `\`${calleeName(call)}\` is told \`${unwrap(argument).getText(file.sourceFile).slice(0, 60)}\` from the request and nothing of the caller: it is asked whether someone is signed in, not whose it is. Checks inside it were not followed.`,
  };
}

function textOf(flow: InputFlow, file: SourceFacts): string {
  return flow.source.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60);
}
