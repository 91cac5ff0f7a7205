import { ts } from "ts-morph";
import {
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isParameter,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
  isTemplateExpression,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { enclosingFunction, unwrap } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import { perFile } from "../../../syntax/per-file.ts";
import { callsLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { type Hole, builtText, holesOf } from "./sql-text.ts";

const { TemplateExpression } = ts.SyntaxKind;

const STATEMENT = /\b(?:select\s|insert\s+into|update\s+\S+\s+set|delete\s+from|where\s|order\s+by|from\s+\S+\s+|values\s*\(|union\s)/i;

const TEXT_CALLS =
  /^(?:query|execute|raw|literal|unsafe|\$queryRawUnsafe|\$executeRawUnsafe|whereRaw|orWhereRaw|andWhereRaw|havingRaw|orderByRaw|groupByRaw|joinRaw|fromRaw|selectRaw|andWhere|orWhere|prepare|exec|all|run|get)$/;

const SURELY_SQL = /^(?:raw|unsafe|\$queryRawUnsafe|\$executeRawUnsafe|\w+Raw|literal)$/;

/** Holes that stand for parts of the statement, not for values. */
const FRAGMENT =
  /table|column|schema|alias|field|placeholder|where|clause|condition|order|direction|\bdir\b|sort|join|select|fragment|sql|query(?:Part|Text)|columns|prefix|suffix|interval|database|\bidx\b|index|cte|limit|offset|count|timeout|lock/i;

const SAFE_CALL = /escape|quote|ident|format|number|parseInt|parseFloat|toFixed|toISOString|getTime|validate|sanitiz|uuid|literal/i;

const MIGRATION = /(?:^|[/-])migrations?\//;

/** A statement with a value pasted into its text. */
export const sqlIsParameterized: Rule = {
  id: "sql-is-parameterized",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "SQL gets its values as parameters",
  why: "A value that is part of the statement's text can change the statement: one quote reads or deletes the whole table.",
  fix: "Pass the value as a parameter (`$1`, `?`, a tagged `sql` template), and pick identifiers from a fixed list.",
  source: "CWE-89; OWASP SQL Injection Prevention Cheat Sheet",
  examples: {
    bad: `export async function search(req, res) {
  res.json(await pool.query(\`SELECT id FROM invoice WHERE number = '\${req.query.number}'\`));
}
`,
    good: `export async function search(req, res) {
  res.json(await pool.query("SELECT id FROM invoice WHERE number = $1", [req.query.number]));
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.TemplateExpression],
    callees: TEXT_CALLS,
    look: (node, file) => {
      const problem = problemsIn(file).get(node);
      return problem ? [problem] : [];
    },
  },
};

const textCalls = callsLike((name) => TEXT_CALLS.test(name));

/** What is said about a file, by the node where it is said: the statements of one function that are put together in one way are one finding at the first. */
const problemsIn = perFile((file): ReadonlyMap<ts.Node, Problem> => {
  const groups = new Map<string, { at: ts.Node; problem: Problem }>();
  if (MIGRATION.test(file.path)) return new Map();
  const nodes = [...textCalls(file), ...file.nodes(TemplateExpression)];
  for (const node of nodes.toSorted((a, b) => a.pos - b.pos))
    for (const problem of isTemplateExpression(node) ? ofCondition(node, file) : ofCall(node, file)) {
      const key = `${outermost(problem.node)?.pos ?? `top ${node.pos}`} ${problem.severity ?? "blocking"}`;
      const first = groups.get(key);
      if (first) first.problem = { ...first.problem, alsoTouches: [...(first.problem.alsoTouches ?? []), problem.node] };
      else groups.set(key, { at: node, problem });
    }
  return new Map([...groups.values()].map(({ at, problem }) => [at, problem]));
});

function outermost(node: ts.Node): ts.Node | null {
  let outer: ts.Node | null = null;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) outer = fn;
  return outer;
}

function ofCall(node: ts.Node, file: SourceFacts): readonly Problem[] {
  if (!isCallExpression(node) || !TEXT_CALLS.test(calleeName(node)) || !receiverOf(node)) return [];
  const text = node.arguments[0] && builtText(node.arguments[0]);
  if (!text) return [];
  const holes = holesOf(text);
  const whole = holes.map((h) => h.before).join("") + text.getText(file.sourceFile);
  if (!SURELY_SQL.test(calleeName(node)) && !STATEMENT.test(whole)) return [];
  for (const hole of holes) {
    const problem = problemAt(hole, node, file);
    if (problem) return [problem];
  }
  return [];
}

/** `path = '${p.value}'` put together for a statement elsewhere in the file, from what a parameter holds. */
function ofCondition(text: ts.TemplateExpression, file: SourceFacts): readonly Problem[] {
  let before = text.head.text;
  for (const span of text.templateSpans) {
    const isQuoted = CONDITION.test(before.slice(-60)) && /^%?'/.test(span.literal.text);
    before = span.literal.text;
    const root = isQuoted ? rootOf(span.expression) : null;
    if (!root || SAFE_CALL.test(span.expression.getText(file.sourceFile)) || !isPieceOfSql(text, file)) continue;
    const declaration = declarationOf(root);
    const top = declaration && isBindingElement(declaration) ? declaration.parent.parent : declaration;
    if (!top || !isParameter(top) || !isHandedIn(top) || /Enum|number|Date|boolean/.test(top.type?.getText(file.sourceFile) ?? ""))
      continue;
    return [
      {
        node: span.expression,
        severity: "advisory",
        message: `\`${span.expression.getText(file.sourceFile).slice(0, 60)}\` stands in quotes in a piece of SQL; where the callers take it from was not followed.`,
      },
    ];
  }
  return [];
}

/** What stands before a quoted value: a comparison, or a function of texts. */
const CONDITION = /(?:[\w)]\s?(?:=|!=|<>)|\blike|\bilike|\b(?:startsWith|endsWith|like|contains|position)\([\w.]{1,40},)\s?'%?$/i;

/** Not handed to a query at once, which is looked at there, nor to a tag that binds; the file writes a SELECT. */
function isPieceOfSql(text: ts.Node, file: SourceFacts): boolean {
  if (isTaggedTemplateExpression(text.parent) || (isCallExpression(text.parent) && TEXT_CALLS.test(calleeName(text.parent)))) return false;
  return /\bSELECT\b/.test(file.text) && /\bFROM\b/.test(file.text);
}

/** A parameter of a function that others call, or of a callback that is given the elements of one: `filters.map((filter) => ...)`. */
function isHandedIn(parameter: ts.ParameterDeclaration): boolean {
  const call = parameter.parent.parent;
  if (!isCallExpression(call) || !call.arguments.some((a) => a === parameter.parent)) return true;
  const list = receiverOf(call);
  const root = list && rootOf(list);
  const declaration = root ? declarationOf(root) : null;
  const top = declaration && isBindingElement(declaration) ? declaration.parent.parent : declaration;
  return top !== null && isParameter(top);
}

function rootOf(node: ts.Node): ts.Identifier | null {
  let e = unwrap(node);
  while (isPropertyAccessExpression(e)) e = unwrap(e.expression);
  return isIdentifier(e) ? e : null;
}

function problemAt(hole: Hole, call: ts.CallExpression, file: SourceFacts): Problem | null {
  const name = hole.node.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60);
  if (stringOf(hole.node) !== null) return null;
  const flow = inputIn(hole.node, file);
  if (flow) {
    if (isExaminedBefore(flow, call, file)) return null;
    const message = `\`${name}\` comes from the request and becomes part of the statement.`;
    return {
      node: hole.node,
      alsoTouches: [call.expression],
      severity: flow.validated ? "advisory" : "blocking",
      message: flow.validated ? `${message} What its schema lets through was not followed.` : message,
    };
  }
  const parameter = parameterBehind(hole.node);
  if (!parameter || FRAGMENT.test(name) || SAFE_CALL.test(name) || /^[A-Z_\d]+$/.test(name)) return null;
  const isQuoted = (hole.before.split("'").length - 1) % 2 === 1;
  const isValue = /(?:[=<>]|\b(?:i?like|in\s*\(|values\s*\()|contains\s*\()\s*$/i.test(hole.before.slice(-30));
  if (!isQuoted && !isValue) return null;
  return {
    node: hole.node,
    alsoTouches: [call.expression],
    severity: "advisory",
    message: `\`${name}\` becomes part of the statement's text; where the callers take \`${parameter}\` from was not followed.`,
  };
}
