import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { isOwnerName } from "../../../syntax/access-checks.ts";
import { dataAccessOf, type DataAccess } from "../../../syntax/data-access.ts";
import { contains, isFunction, nameText, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import type { Route } from "../../../syntax/route.ts";
import { routesOf, hasRoutes } from "../../../syntax/routes.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { givenParents, inputFields, isPropertyKey, namesFor, parametersOf, TENANT } from "./names-of-parents.ts";
import { isPrivileged } from "./find-unscoped-client-calls.ts";

/** A function that is handed a row's id and gives back, or changes, the row. */
const BY_ID =
  /^(?:get|find|fetch|load|read|update|delete|remove|archive|restore|edit|set|save|patch|destroy|revoke|resend|publish)[A-Z]\w*$/;
/** Calls that decide whether the caller may. */
const MAY =
  /^(?:can|may|has|is|check|verify|require|assert|ensure|authorize|validate|with|get\w*(?:Access|Member|Role|Permission))|access|permission|member|authoriz|team|belongs/i;

/** An id from the path that is looked up without the parent that was checked. */
export const nestedIdBelongsToItsParent: Rule = {
  id: "nested-id-belongs-to-its-parent",
  requirement: "authorization",
  severity: "advisory",
  title: "What stands below a parent in the path is looked up within it",
  why: "The check of the parent is passed with one's own, and the child may be anyone's: `/teams/mine/invoices/yours`.",
  fix: "Put the parent into the condition of the lookup and of the write, and answer 404 when both do not belong together.",
  source: "OWASP API Security Top 10, API1 Broken Object Level Authorization; CWE-639",
  needsWholeFile: true,
  examples: {
    bad: `import { Router } from "express";
export const invoices = Router();
invoices.get("/teams/:teamId/invoices/:invoiceId", async (req, res) => {
  const { teamId, invoiceId } = req.params;
  if (!(await isMember(req.user.id, teamId))) return res.status(403).end();
  res.json(await prisma.invoice.findUnique({ where: { id: invoiceId } }));
});
`,
    good: `import { Router } from "express";
export const invoices = Router();
invoices.get("/teams/:teamId/invoices/:invoiceId", async (req, res) => {
  const { teamId, invoiceId } = req.params;
  if (!(await isMember(req.user.id, teamId))) return res.status(403).end();
  res.json(await prisma.invoice.findFirst({ where: { id: invoiceId, teamId } }));
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasRoutes,
    look: (_node, file) =>
      routesOf(file).flatMap((route) => {
        const problem = route.framework === "trpc" ? ofInput(route, file) : ofPath(route, file);
        return problem ? [problem] : [];
      }),
  },
};

/** What a handler calls its parents and the child below them. */
interface Family {
  readonly child: string;
  readonly childNames: ReadonlySet<string>;
  readonly parent: string;
  readonly parentNames: ReadonlySet<string>;
  /** true when something on the way to the handler has checked the parent. */
  readonly isCheckedBefore: boolean;
}

/** `/teams/:teamId/invoices/:invoiceId`. */
function ofPath(route: Route, file: SourceFacts): Problem | null {
  const { handler } = route;
  const path = parametersOf(route.path);
  const child = path.at(-1);
  const parents = path.slice(0, -1);
  if (!handler?.body || !child || parents.length === 0 || isPrivileged(handler, file)) return null;
  const childNames = namesFor(child, handler, file);
  const given = givenParents(route);
  const parentNames = new Set([...parents.flatMap((parent) => [...namesFor(parent, handler, file)]), ...given]);
  if (parentNames.size === 0 || childNames.size === 0) return null;
  const family = { child, childNames, parent: parents.at(-1) ?? "", parentNames, isCheckedBefore: given.length > 0 };
  return problemOf(handler, family, file);
}

/** A procedure whose input names a tenant and a row: `({ input }) => ... input.projectId ... input.id`. */
function ofInput(route: Route, file: SourceFacts): Problem | null {
  const { handler } = route;
  if (!handler?.body || isPrivileged(handler, file)) return null;
  const fields = inputFields(handler);
  const parents = fields.filter(
    (name) => isOwnerName(name) && /Id$|_id$|Slug$/.test(name) && !/^(?:user|member|customer|creator)/i.test(name),
  );
  const parent = parents[0];
  if (parent === undefined) return null;
  const stem = parent.replace(/_?(?:Id|id|Slug)$/, "").toLowerCase();
  const isCheckedBefore = route.owner.toLowerCase().includes(stem) || route.middleware.some((m) => MAY.test(m.getText(file.sourceFile)));
  for (const child of fields.filter((name) => /(?:^id|Id)$/.test(name) && !parents.includes(name))) {
    const family = { child, childNames: new Set([child]), parent, parentNames: new Set(parents), isCheckedBefore };
    const problem = problemOf(handler, family, file, true);
    if (problem) return problem;
  }
  return null;
}

function problemOf(handler: FunctionWithBody, family: Family, file: SourceFacts, isWriteOnly = false): Problem | null {
  const { child, childNames, parentNames } = family;
  if (!handler.body) return null;
  const says = (node: ts.Node, names: ReadonlySet<string>): boolean =>
    contains(node, (n) => isIdentifier(n) && names.has(n.text) && !isPropertyKey(n) && !isOtherMember(n), true);
  const calls: ts.CallExpression[] = [];
  let isTied = false;
  let isChecked = family.isCheckedBefore;
  contains(
    handler.body,
    (n) => {
      if (isCallExpression(n) && !n.arguments.some((a) => isFunction(unwrap(a))) && !n.expression.getText().startsWith("Promise.")) {
        const own = n.arguments.some((a) => says(a, childNames));
        const parent = n.arguments.some((a) => says(a, parentNames));
        if (own && parent && !/^(?:log|info|debug|warn|error|capture\w*)$/.test(calleeName(n))) isTied = true;
        if (parent && MAY.test(n.expression.getText(file.sourceFile))) isChecked = true;
        if (own && !parent && MAY.test(calleeName(n)) && !BY_ID.test(calleeName(n))) isTied = true;
        if (own && !parent) calls.push(n);
      }
      if (isObjectLiteralExpression(n) && says(n, childNames) && says(n, parentNames)) isTied = true;
      if (
        isBinaryExpression(n) &&
        /^[!=]==?$/.test(n.operatorToken.getText()) &&
        [n.left, n.right].some((s) => isName(s, parentNames)) &&
        [n.left, n.right].some((s) => isPropertyAccessExpression(unwrap(s)))
      )
        isTied = true;
      return false;
    },
    true,
  );
  if (isTied || !isChecked) return null;
  const lookup = calls.find(
    (call) => goesByIdAlone(call, childNames, file) && (!isWriteOnly || dataAccessOf(call, file)?.isWrite === true),
  );
  return lookup
    ? {
        node: isWriteOnly ? (lookup.arguments[0] ?? lookup.expression) : lookup.expression,
        alsoTouches: [lookup],
        message: `\`${calleeName(lookup)}\` goes by \`${child}\` alone: that \`${family.parent}\` was checked says nothing about what is not its own. Checks in other files were not followed.`,
      }
    : null;
}

/** `project.plan`: something about the parent that does not say which it is. */
function isOtherMember(name: ts.Identifier): boolean {
  const up = name.parent;
  return (
    TENANT.test(name.text) && isPropertyAccessExpression(up) && up.expression === name && !/^(?:id|_id|slug|uuid|key)$/.test(up.name.text)
  );
}

function isName(node: ts.Node, names: ReadonlySet<string>): boolean {
  const e = unwrap(node);
  if (isIdentifier(e)) return names.has(e.text);
  return isPropertyAccessExpression(e) && names.has(e.name.text) && /params|query|input|body/i.test(e.expression.getText());
}

/** `include: { team: ... }`: the owner comes along and may be compared afterwards. */
function bringsOwner(call: ts.CallExpression): boolean {
  return call.arguments.some((a) => contains(a, (n) => isPropertyAssignment(n) && isOwnerName(nameText(n.name)), true));
}

/** The row's own id, or the one field of the condition, is the child. */
function isByName({ onlyId, filter }: DataAccess, names: ReadonlySet<string>): boolean {
  if (onlyId) return isName(onlyId, names);
  const literal = filter ? unwrap(filter) : null;
  const property = literal && isObjectLiteralExpression(literal) && literal.properties.length === 1 ? literal.properties[0] : undefined;
  return property !== undefined && isPropertyAssignment(property) && isName(property.initializer, names);
}

/** `{ where: { id: child } }` and nothing else, or `getThing(child)`. */
function goesByIdAlone(call: ts.CallExpression, names: ReadonlySet<string>, file: SourceFacts): boolean {
  const access = dataAccessOf(call, file);
  if (access) return isByName(access, names) && !access.isScoped && !bringsOwner(call);
  const first = call.arguments[0];
  if (!first || !isIdentifier(call.expression) || !BY_ID.test(call.expression.text) || !isName(first, names)) return false;
  return call.arguments
    .slice(1)
    .every((a) => !contains(a, (n) => isIdentifier(n) && /user|session|auth|team|org|workspace|member|tenant|ctx|req/i.test(n.text)));
}
