import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { decoratorName, decorators } from "../../../syntax/decorators.ts";
import { contains, enclosingFunction, functionName, nameText, unwrap } from "../../../syntax/functions.ts";
import { isCheckCall, isCheckedOnTheWay } from "../../../syntax/input-checks.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { requestHandlerAround, requestPartOf, routeOf } from "../../../syntax/requests.ts";
import { callsLike, remembered, propertiesLike } from "../../../syntax/named-calls.ts";
import { perFile } from "../../../syntax/per-file.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const {
  GreaterThanEqualsToken,
  GreaterThanToken,
  LessThanEqualsToken,
  LessThanToken,
  PlusToken,
  PrefixUnaryExpression,
  PropertyDeclaration,
  VariableDeclaration,
} = ts.SyntaxKind;

const PAGE_SIZE = /^(?:raw)?_?(?:limit|take|page_?size|per_?page|items_?per_?page|max_?results|page_?limit|results_?per_?page)$/i;
const PAGING = /^(?:page|page_?(?:number|token|index)|offset|skip|cursor|after|before|sort|sort_?by|order|order_?by|query|search)$/i;
const ANSWER = /output|response|result|reply|answer|\bmeta|statistic/i;
const BOUNDS = /^(?:max|lte|lt|less|refine|superRefine|transform|pipe|valid|negative|check|catch)$/;

/** The number of rows that one request may ask for, taken from the client without an upper bound. */
export const pageSizeHasALimit: Rule = {
  id: "page-size-has-a-limit",
  requirement: "input-validation",
  severity: "advisory",
  title: "The page size that a client asks for has an upper bound",
  why: "`?limit=10000000` makes one request read the whole table into memory, and a few of them take the service down.",
  fix: "Clamp it where it is read: `Math.min(Math.max(limit, 1), 100)`, or `.max(100)` in the schema.",
  source: "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
  examples: {
    bad: `export async function listOrders(req, res) {
  const limit = parseInt(req.query.limit, 10) || 20;
  res.json(await orders.find({ take: limit }));
}
`,
    good: `export async function listOrders(req, res) {
  const limit = Math.min(parseInt(req.query.limit, 10) || 20, 100);
  res.json(await orders.find({ take: limit }));
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: PAGE_SIZE,
    look: (_node, file) => [
      ...(mayConvert(file) ? file.nodes(VariableDeclaration) : []).flatMap((node) =>
        isVariableDeclaration(node) ? ofVariable(node, file) : [],
      ),
      ...sizes(file).flatMap((node) => (isPropertyAssignment(node) ? ofProperty(node, file) : [])),
      ...(mayConvert(file) ? limits(file) : []).flatMap((node) => ofCall(node, file)),
      ...(mayDescribe(file) ? file.nodes(PropertyDeclaration) : []).flatMap((node) =>
        isPropertyDeclaration(node) ? ofDtoField(node, file) : [],
      ),
    ],
  },
};

const CONVERSIONS = ["parseInt", "Number", "parseFloat", "toInteger", "toNumber"];
/** Whether the file turns anything into a number, which `isConversion` looks for. */
const mayConvert = perFile(
  (file) =>
    CONVERSIONS.some((name) => file.names.has(name)) ||
    file.nodes(PrefixUnaryExpression).some((node) => isPrefixUnaryExpression(node) && node.operator === PlusToken),
);
const mayDescribe = perFile((file) => [...file.imports.values()].some(({ from }) => from === "class-validator"));

const limits = callsLike(["limit", "take"]);
const sizes = propertiesLike(PAGE_SIZE);
const isPageSize = remembered((name) => PAGE_SIZE.test(name));

function ofCall(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const argument = call.arguments.length === 1 ? call.arguments[0] : undefined;
  return argument && isUnboundedRead(argument, file) ? [problemAt(argument, calleeName(call))] : [];
}

function problemAt(node: ts.Node, name: string, where = "comes from the request"): Problem {
  return { node, message: `\`${name}\` ${where} without an upper bound: one request may ask for every row.` };
}

function ofVariable(node: ts.VariableDeclaration, file: SourceFacts): readonly Problem[] {
  if (isObjectBindingPattern(node.name)) return [];
  const name = nameText(node.name);
  if (!isPageSize(name) || !node.initializer) return [];
  const body = enclosingFunction(node)?.body;
  if (!body || !isUnboundedRead(node.initializer, file)) return [];
  return isBoundedLater(name, body) ? [] : [problemAt(node, name)];
}

function ofProperty(node: ts.PropertyAssignment, file: SourceFacts): readonly Problem[] {
  const name = nameText(node.name);
  if (isUnboundedRead(node.initializer, file)) return [problemAt(node, name)];
  const chain = schemaChain(node.initializer, file);
  if (!chain || chain.some((step) => BOUNDS.test(step)) || !chain.includes("number") || !isRequestField(node, chain)) return [];
  return [problemAt(node, name, "is accepted by the schema")];
}

/** The steps of `z.coerce.number().min(1)` or `Joi.number()`, root first; null when the expression is no such chain. */
function schemaChain(node: ts.Node, file: SourceFacts): readonly string[] | null {
  const steps: string[] = [];
  let e = unwrap(node);
  for (;;) {
    if (isCallExpression(e)) e = unwrap(e.expression);
    else if (isPropertyAccessExpression(e)) {
      steps.unshift(e.name.text);
      e = unwrap(e.expression);
    } else break;
  }
  if (!isIdentifier(e) || steps.length === 0) return null;
  const from = file.imports.get(e.text)?.from ?? "";
  return /^(?:zod|zod\/v4|joi|yup|@hono\/zod-openapi)$/.test(from) ? steps : null;
}

/** What an answer says about its list, and no request asks for. */
const TOTALS = /^(?:total|totalCount|totalItems|count|has_?More|next_?(?:Offset|Page|Cursor)|pageCount|totalPages)$/i;

/** A schema of a request: the number is coerced, or a page or an order stands beside it; and nothing around says that it describes an answer. */
function isRequestField(node: ts.PropertyAssignment, chain: readonly string[]): boolean {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent)
    if ((isVariableDeclaration(up) || isPropertyAssignment(up)) && ANSWER.test(nameText(up.name))) return false;
  const siblings = isObjectLiteralExpression(node.parent) ? node.parent.properties.map((p) => nameText(p.name)) : [];
  if (siblings.some((name) => TOTALS.test(name))) return false;
  return chain.includes("coerce") || siblings.some((name) => PAGING.test(name));
}

/** A class-validator field that says it is a number and not how large it may be. Commands are made by our own code from what a route accepted. */
function ofDtoField(node: ts.PropertyDeclaration, file: SourceFacts): readonly Problem[] {
  const name = nameText(node.name);
  if (!isPageSize(name) || functionName(node.parent).endsWith("Command")) return [];
  const marks = decorators(node).filter((d) => file.imports.get(decoratorName(d))?.from === "class-validator");
  const names = marks.map(decoratorName);
  const isNumber = names.some((n) => /^(?:IsInt|IsNumber|IsPositive|IsNumberString)$/.test(n));
  if (!isNumber || names.some((n) => /^(?:Max|IsIn|Validate|IsEnum)$/.test(n))) return [];
  return decorators(node).some((d) => /max|limit|range|transform/i.test(decoratorName(d)))
    ? []
    : [problemAt(node.name, name, "is accepted by the class")];
}

/** A query or body value turned into a number on the spot, with nothing that bounds it. */
function isUnboundedRead(node: ts.Node, file: SourceFacts): boolean {
  const handler = requestHandlerAround(node, file);
  if (handler && isCheckedOnTheWay(routeOf(handler, file), file)) return false;
  const isRead = contains(node, (n) => isConversion(n) && contains(n, (x) => isClientValue(x, file)));
  return isRead && !contains(node, (n) => isBound(n));
}

function isClientValue(node: ts.Node, file: SourceFacts): boolean {
  const part = isIdentifier(node) || isPropertyAccessExpression(node) || isCallExpression(node) ? requestPartOf(node, file) : null;
  const name = isIdentifier(node) ? node.text : isPropertyAccessExpression(node) ? node.name.text : "";
  return (part === "query" || part === "body") && !PAGING.test(name);
}

function isConversion(node: ts.Node): boolean {
  if (isPrefixUnaryExpression(node)) return node.operator === PlusToken;
  return isCallExpression(node) && /^(?:Number\.)?(?:parseInt|Number|parseFloat|toInteger|toNumber)$/.test(node.expression.getText());
}

function isBound(node: ts.Node): boolean {
  if (isConditionalExpression(node) && contains(node.condition, isComparison)) return true;
  if (!isCallExpression(node) || isConversion(node)) return false;
  return /min|clamp|cap|bound|limit|sanit|valid|safe|^includes$|^has$|^indexOf$/i.test(calleeName(node)) || isCheckCall(node);
}

function isComparison(node: ts.Node): boolean {
  return (
    isBinaryExpression(node) &&
    [GreaterThanToken, GreaterThanEqualsToken, LessThanToken, LessThanEqualsToken].includes(node.operatorToken.kind)
  );
}

/** Compared, clamped or checked after it was read. */
function isBoundedLater(name: string, body: ts.Node): boolean {
  const speaks = (node: ts.Node): boolean => contains(node, (n) => isIdentifier(n) && n.text === name);
  return contains(
    body,
    (node) => (isComparison(node) && speaks(node)) || (isCallExpression(node) && isBound(node) && node.arguments.some(speaks)),
    true,
  );
}
