import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { isOwnerName } from "../../../syntax/access-checks.ts";
import { dataAccessOf } from "../../../syntax/data-access.ts";
import { contains, isFunction, nameText, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import type { Route } from "../../../syntax/route.ts";
import { routesOf } from "../../../syntax/routes.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { isPrivileged } from "./find-unscoped-client-calls.ts";

const PARAMETER = /\[(?!\.\.\.)(\w+)\]|[:{](\w+)/g;
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
    look: (_node, file) =>
      routesOf(file).flatMap((route) => {
        const problem = problemOf(route, file);
        return problem ? [problem] : [];
      }),
  },
};

function problemOf(route: Route, file: SourceFacts): Problem | null {
  const handler = route.handler;
  const path = parametersOf(route.path);
  const child = path.at(-1);
  const parents = path.slice(0, -1);
  if (!handler?.body || !child || parents.length === 0 || isPrivileged(handler, file)) return null;
  const childNames = namesFor(child, handler, file);
  const parentNames = parents.flatMap((parent) => [...namesFor(parent, handler, file)]);
  if (parentNames.length === 0 || childNames.size === 0) return null;
  const says = (node: ts.Node, names: Iterable<string>): boolean => {
    const set = names instanceof Set ? names : new Set(names);
    return contains(node, (n) => ts.isIdentifier(n) && set.has(n.text) && !isPropertyKey(n), true);
  };
  const parentSet = new Set(parentNames);
  const calls: ts.CallExpression[] = [];
  let isTied = false;
  let isChecked = false;
  contains(
    handler.body,
    (n) => {
      if (ts.isCallExpression(n) && !n.arguments.some((a) => isFunction(unwrap(a)))) {
        const own = n.arguments.some((a) => says(a, childNames));
        const parent = n.arguments.some((a) => says(a, parentSet));
        if (own && parent && !/^(?:log|info|debug|warn|error|capture\w*)$/.test(calleeName(n))) isTied = true;
        if (parent && MAY.test(n.expression.getText(file.sourceFile))) isChecked = true;
        if (own && !parent && MAY.test(calleeName(n)) && !BY_ID.test(calleeName(n))) isTied = true;
        if (own && !parent) calls.push(n);
      }
      if (ts.isObjectLiteralExpression(n) && says(n, childNames) && says(n, parentSet)) isTied = true;
      if (
        ts.isBinaryExpression(n) &&
        /^[!=]==?$/.test(n.operatorToken.getText()) &&
        [n.left, n.right].some((s) => isName(s, parentSet)) &&
        [n.left, n.right].some((s) => ts.isPropertyAccessExpression(unwrap(s)))
      )
        isTied = true;
      return false;
    },
    true,
  );
  if (isTied || !isChecked) return null;
  const lookup = calls.find((call) => goesByIdAlone(call, childNames, file));
  return lookup
    ? {
        node: lookup.expression,
        alsoTouches: [lookup],
        message: `\`${calleeName(lookup)}\` goes by \`${child}\` alone: that \`${parents.at(-1) ?? ""}\` was checked says nothing about what is not its own. Checks in other files were not followed.`,
      }
    : null;
}

function parametersOf(path: string): readonly string[] {
  return [...path.matchAll(PARAMETER)].flatMap((match) => match[1] ?? match[2] ?? []);
}

/** Names by which a handler knows a path parameter: the parameter's own, and the variable it is renamed to. */
function namesFor(parameter: string, handler: FunctionWithBody, file: SourceFacts): ReadonlySet<string> {
  const names = new Set<string>();
  contains(
    handler,
    (n) => {
      if (ts.isIdentifier(n) && n.text === parameter && !isPropertyKey(n)) names.add(parameter);
      if (ts.isBindingElement(n) && n.propertyName?.getText(file.sourceFile) === parameter && ts.isIdentifier(n.name)) {
        names.delete(parameter);
        names.add(n.name.text);
      }
      return false;
    },
    true,
  );
  return names;
}

/** `id` of `{ id: x }`, of `{ id: renamed } = params` and of `req.user.id`. */
function isPropertyKey(name: ts.Identifier): boolean {
  const up = name.parent;
  if (ts.isPropertyAssignment(up)) return up.name === name;
  if (ts.isBindingElement(up)) return up.propertyName === name;
  if (ts.isPropertyAccessExpression(up) && up.name === name) return !/(?:params|query|input|body)$/i.test(up.expression.getText());
  return ts.isPropertySignature(up) || (ts.isParameter(up) && up.name !== name);
}

function isName(node: ts.Node, names: ReadonlySet<string>): boolean {
  const e = unwrap(node);
  if (ts.isIdentifier(e)) return names.has(e.text);
  return ts.isPropertyAccessExpression(e) && names.has(e.name.text) && /params|query|input|body/i.test(e.expression.getText());
}

/** `include: { team: ... }`: the owner comes along and may be compared afterwards. */
function bringsOwner(call: ts.CallExpression): boolean {
  return call.arguments.some((a) => contains(a, (n) => ts.isPropertyAssignment(n) && isOwnerName(nameText(n.name)), true));
}

/** `{ where: { id: child } }` and nothing else, or `getThing(child)`. */
function goesByIdAlone(call: ts.CallExpression, names: ReadonlySet<string>, file: SourceFacts): boolean {
  const access = dataAccessOf(call, file);
  if (access) return access.onlyId !== null && isName(access.onlyId, names) && !access.isScoped && !bringsOwner(call);
  const first = call.arguments[0];
  if (!first || !ts.isIdentifier(call.expression) || !BY_ID.test(call.expression.text) || !isName(first, names)) return false;
  return call.arguments
    .slice(1)
    .every((a) => !contains(a, (n) => ts.isIdentifier(n) && /user|session|auth|team|org|workspace|member|tenant|ctx|req/i.test(n.text)));
}
