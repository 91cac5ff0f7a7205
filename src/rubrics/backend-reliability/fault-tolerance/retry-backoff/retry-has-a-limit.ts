import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isBlock,
  isBreakStatement,
  isDoStatement,
  isForStatement,
  isIterationStatement,
  isPropertyAssignment,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
  isVariableStatement,
  isWhileStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains, nameText, unwrap } from "../../../syntax/functions.ts";
import { numberOf } from "../../../syntax/literals.ts";
import { namesLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { DoStatement, ForStatement, TrueKeyword, WhileStatement } = ts.SyntaxKind;

const LIMITS = ["retries", "maxRetries", "maxAttempts", "numOfAttempts", "attempts", "maxRetryAttempts"];
const mayConfigure = namesLike(["forever", ...LIMITS]);
const LOOPS = [DoStatement, ForStatement, WhileStatement];

/** A loop or a library that retries for ever. Consumers that poll for work are not retries and left alone. */
export const retryHasALimit: Rule = {
  id: "retry-has-a-limit",
  requirement: "retry-backoff",
  severity: "blocking",
  title: "A retry gives up after a number of attempts",
  why: "A call that can never succeed (a 400, a deleted row) is repeated for ever, and holds its request or job while it does.",
  fix: "Count attempts and stop: three is usual; then answer with an error or hand the work to a dead-letter queue.",
  source: "https://sre.google/sre-book/handling-overload/ (retry budgets)",
  examples: {
    bad: `export async function deliver(hook) {
  while (true) {
    try {
      return await post(hook);
    } catch (error) {
      await sleep(1000);
    }
  }
}
`,
    good: `export async function deliver(hook) {
  for (let attempt = 1; attempt <= 3; attempt++) {
    try {
      return await post(hook);
    } catch (error) {
      if (attempt === 3) throw error;
      await sleep(100 * 2 ** attempt);
    }
  }
}
`,
  },
  typescript: {
    kinds: [WhileStatement, ForStatement, DoStatement, ts.SyntaxKind.PropertyAssignment],
    when: (file) => mayConfigure(file) || LOOPS.some((kind) => file.nodes(kind).length > 0),
    look: (node, file) => (isPropertyAssignment(node) ? configured(node) : endless(node, file)),
  },
};

function endless(node: ts.Node, file: SourceFacts): readonly Problem[] {
  if (!isIterationStatement(node, false) || !isEndless(node) || !isBlock(node.statement)) return [];
  const [only, ...others] = node.statement.statements.filter((s) => !isVariableStatement(s));
  if (
    !only ||
    !isTryStatement(only) ||
    !only.catchClause ||
    others.some((s) => contains(s, isAwaitExpression) && !/sleep|delay|wait|setTimeout/i.test(s.getText(file.sourceFile)))
  )
    return [];
  const leaves = (block: ts.Node): boolean => contains(block, (n) => isReturnStatement(n) || isBreakStatement(n) || isThrowStatement(n));
  if (!contains(only.tryBlock, isAwaitExpression) || !endsWithSuccess(only.tryBlock) || leaves(only.catchClause.block)) return [];
  return [
    {
      node: node.getFirstToken(file.sourceFile) ?? node,
      alsoTouches: [only.catchClause],
      severity: /sleep|delay|backoff|setTimeout/i.test(node.statement.getText(file.sourceFile)) ? "advisory" : "blocking",
      message: "This loop repeats the call until it succeeds, for ever.",
    },
  ];
}

/** The last statement of the try leaves the loop: it is a retry, not a consumer that goes on. */
function endsWithSuccess(block: ts.Block): boolean {
  const last = block.statements.at(-1);
  return last !== undefined && (isReturnStatement(last) || isBreakStatement(last));
}

function isEndless(loop: ts.IterationStatement): boolean {
  if (isWhileStatement(loop) || isDoStatement(loop)) {
    const condition = unwrap(loop.expression);
    return condition.kind === TrueKeyword || numberOf(condition) === 1;
  }
  return isForStatement(loop) && !loop.condition;
}

function configured(property: ts.PropertyAssignment): readonly Problem[] {
  const name = nameText(property.name);
  const value = unwrap(property.initializer);
  if (name === "forever" && value.kind === TrueKeyword)
    return [{ node: property, severity: "advisory", message: "`forever: true` retries without end." }];
  if (LIMITS.includes(name) && numberOf(value) === Infinity)
    return [{ node: property, message: `\`${name}: Infinity\` retries without end.` }];
  return [];
}
