import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isCatchClause,
  isContinueStatement,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isLiteralExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isStatement,
  isVariableDeclaration,
  isVoidExpression,
} from "../../../syntax/guards.ts";
import { errorReceiverOf, treatmentOf, type ErrorReceiver } from "../../../syntax/catches.ts";
import { contains, enclosingFunction, functionName, unwrap } from "../../../syntax/functions.ts";
import type { Problem, Rule } from "../../../rule.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { FalseKeyword, NullKeyword, TrueKeyword } = ts.SyntaxKind;

/**
 * An empty catch, or one that gives a default and says nothing. Left alone: a comment that gives the reason, clean-up that may fail,
 * feature probes (parse, access, stat), and names that announce the fallback (`try...`, `safe...`, `is...`).
 */
export const caughtErrorIsHandled: Rule = {
  id: "caught-error-is-handled",
  requirement: "error-handling",
  severity: "blocking",
  title: "A caught error is logged, answered or thrown again",
  why: "A swallowed error leaves no trace: the caller goes on with wrong data and nobody can say later when it began.",
  fix: "Log the error with its context, return a result that says it failed, or throw it again; when it truly may be ignored, say why in a comment.",
  source: "https://github.com/goldbergyoni/nodebestpractices (2.2, 2.6)",
  examples: {
    bad: `export async function syncOrder(order) {
  try {
    await warehouse.push(order);
  } catch (error) {}
}
`,
    good: `export async function syncOrder(order) {
  try {
    await warehouse.push(order);
  } catch (error) {
    logger.error({ err: error, orderId: order.id }, "order was not pushed to the warehouse");
    throw error;
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CatchClause, ts.SyntaxKind.ArrowFunction, ts.SyntaxKind.FunctionExpression],
    look: (node, file) => {
      const receiver = errorReceiverOf(node);
      return receiver ? problemsOf(receiver, file) : [];
    },
  },
};

function problemsOf(receiver: ErrorReceiver, file: SourceFacts): readonly Problem[] {
  const treatment = treatmentOf(receiver, file);
  if (treatment.comment || treatment.rethrows || treatment.usesError || treatment.logs.length > 0) return [];
  const tried = triedText(receiver, file);
  if (PROBE.test(tried) || MAY_FAIL.test(tried) || TOLERANT.test(nameAround(receiver.node)) || !isTried(receiver)) return [];
  if (isToldByItsAbsence(receiver) || isExplainedAbove(receiver.node, file)) return [];
  const node = isCatchClause(receiver.node) ? (receiver.node.getFirstToken(file.sourceFile) ?? receiver.node) : receiver.node;
  if (isCatchClause(receiver.node) && treatment.isEmpty)
    return [
      {
        node,
        severity: /\bawait\b/.test(tried) && !isAnsweredBelow(receiver.node) ? "blocking" : "advisory",
        message: "The error is caught and dropped: nothing is logged, answered or thrown.",
      },
    ];
  if (treatment.isEmpty || (!treatment.acts && givesDefault(receiver.body)))
    return [
      {
        node,
        severity: "advisory",
        message: "The error becomes a default value without a trace: nobody can tell a failure from an empty answer.",
      },
    ];
  return [];
}

const EXPLAINS =
  /\b(?:best[- ]?effort|ignor\w*|optional\w*|swallow\w*|fail\w*|errors?|rejects?|throws?|fall(?:s|ing)?[- ]?back|default|missing|(?:not|non|in|un)[- ]?(?:critical|fatal|blocking|essential|important)|fire[- ](?:and|&)[- ]forget|harmless|matters?|intentional\w*|deliberate\w*|on purpose|silent\w*|safe(?:ly)?|tolerat\w*|may be|might|whether or not|regardless|never)\b/i;

/** A comment directly above the statement (or behind it on its line) that says why the failure may pass, as one inside an empty catch would. */
function isExplainedAbove(node: ts.Node, file: SourceFacts): boolean {
  if (isCatchClause(node)) return false;
  let statement: ts.Node = node;
  while (statement.parent && !isStatement(statement)) statement = statement.parent;
  const above = ts.getLeadingCommentRanges(file.text, statement.pos) ?? [];
  const behind = ts.getTrailingCommentRanges(file.text, statement.end) ?? [];
  return [...above.slice(-3), ...behind].some(({ pos, end }) => EXPLAINS.test(file.text.slice(pos, Math.min(end, pos + 1000))));
}

/** `.catch(...)` on a call; a promise kept in a variable is usually awaited elsewhere, and a schema's `.catch` gives a default value. */
function isTried(receiver: ErrorReceiver): boolean {
  if (isCatchClause(receiver.node)) return true;
  const call = receiver.node.parent;
  const source = isCallExpression(call) && isPropertyAccessExpression(call.expression) ? unwrap(call.expression.expression) : call;
  return isCallExpression(source) && !/^z\b|\.json\(\)$|\.text\(\)$/.test(source.getText());
}

/** What follows the try gives a plain answer, or asks whether the try left a value: the silence is meant, though it leaves no trace. */
function isAnsweredBelow(clause: ts.CatchClause): boolean {
  const { parent } = clause;
  if (!isBlock(parent.parent)) return false;
  const next = parent.parent.statements[parent.parent.statements.indexOf(parent) + 1];
  if (!next) return false;
  if (isReturnStatement(next)) return !next.expression || isLiteral(unwrap(next.expression));
  const assigned = parent.tryBlock.statements.flatMap((each) => {
    const e = isExpressionStatement(each) ? each.expression : null;
    return e && isBinaryExpression(e) && isIdentifier(e.left) ? [e.left.text] : [];
  });
  return isIfStatement(next) && contains(next.expression, (n) => isIdentifier(n) && assigned.includes(n.text));
}

/** `const repo = await load().catch(() => null); if (!repo) ...`: the default says that it failed, and is asked at once. */
function isToldByItsAbsence(receiver: ErrorReceiver): boolean {
  if (isCatchClause(receiver.node)) return false;
  let e: ts.Node = receiver.node.parent;
  while (isAwaitExpression(e.parent) || isParenthesizedExpression(e.parent)) e = e.parent;
  const declaration = e.parent;
  if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name)) return false;
  const name = declaration.name.text;
  const block = declaration.parent.parent.parent;
  return contains(block, (n) => isIfStatement(n) && n.pos > declaration.pos && asksFor(n.expression, name));
}

function asksFor(condition: ts.Node, name: string): boolean {
  const isNamed = (n: ts.Node): boolean => isIdentifier(n) && n.text === name;
  return contains(
    condition,
    (n) =>
      (n === condition && isNamed(n)) ||
      (isPrefixUnaryExpression(n) && isNamed(n.operand)) ||
      (isBinaryExpression(n) && isNamed(n.left) && n.right.kind === NullKeyword),
  );
}

const PROBE =
  /\b(?:JSON\.parse|new URL|URL\.canParse|parse\w*|decode\w*|atob|require(?:\.resolve)?|import|access|stat|lstat|exists\w*|readFile\w*|verify\w*|validate\w*|jwt\w*|\w*(?:ForJWT|FromJSON|fromJSON)|new Date|\w*Parser|waitFor\w*|decrypt\w*|\w*decipher\w*|Buffer\.from|localStorage|sessionStorage|structuredClone|Intl|toISOString|BigInt)\s*[(.]|^\{\s*(?:\w+ = |return |(?:const|let) \w+ = )?\(?(?:await )?[\w.]{1,80}\.(?:json|text|blob)\(\)/i;
const MAY_FAIL =
  /\b(?:unlink\w*|rm|rmSync|rmdir\w*|kill|close\w*|destroy|end|quit|disconnect|abort|\w*rollback\w*|release|unref|cleanup\w*|clearCookie|remove\w*Listener\w*|stop|cancel|terminate|shutdown|delete(?:File|Asset|Object|Temp\w*)?|del|unlock|startTyping|setPresence|chmod|chown|utimes)(?:\?\.)?\s*\(|ROLLBACK/i;
const TOLERANT = /^(?:try|safe|maybe|attempt|is|has|can|ignore|silent|parse|bestEffort|noop|detect|probe|guess|health|ping|check)|exists$/i;

/** The text of what may throw, up to 2,000 characters. */
function triedText(receiver: ErrorReceiver, file: SourceFacts): string {
  const tried = isCatchClause(receiver.node)
    ? receiver.node.parent.tryBlock
    : isCallExpression(receiver.node.parent)
      ? receiver.node.parent.expression
      : receiver.node;
  return tried.getText(file.sourceFile).slice(0, 2000);
}

function nameAround(node: ts.Node): string {
  const fn = enclosingFunction(node);
  return fn ? functionName(fn) : "";
}

function isNothing(value: ts.Node): boolean {
  return (isIdentifier(value) && value.text === "undefined") || value.kind === NullKeyword || isVoidExpression(value);
}

/** The body does nothing but return (or be) a literal. */
function givesDefault(body: ts.Node): boolean {
  if (!isBlock(body)) return isLiteral(unwrap(body));
  const only = body.statements[0];
  return (
    body.statements.length === 1 &&
    only !== undefined &&
    ((isReturnStatement(only) && (!only.expression || isLiteral(unwrap(only.expression)))) || isContinueStatement(only))
  );
}

function isLiteral(value: ts.Node): boolean {
  return (
    isNothing(value) ||
    isLiteralExpression(value) ||
    value.kind === FalseKeyword ||
    value.kind === TrueKeyword ||
    (isArrayLiteralExpression(value) && value.elements.length === 0) ||
    (isObjectLiteralExpression(value) && value.properties.length === 0)
  );
}
