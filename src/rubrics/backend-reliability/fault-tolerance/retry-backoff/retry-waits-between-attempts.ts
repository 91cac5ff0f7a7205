import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isDoStatement,
  isForStatement,
  isIterationStatement,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
  isWhileStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { enclosingTry } from "../../../syntax/catches.ts";
import { contains, isFunction, walk } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const WAIT = /sleep|delay|(?<!a)wait|backoff|setTimeout|timeout|timer\b|pause|jitter/i;

/** A catch that speaks of a conflict settles it with the next attempt. */
const CONFLICT = /unique|conflict|duplicate|constraint|collision|P2002|P2034|23505|40001|serializ|EEXIST|EADDRINUSE/i;
/** A loop head that allows one repetition. */
const TWICE = /= ?0; ?\w+ ?< ?2;|= ?0; ?\w+ ?<= ?1;|= ?1; ?\w+ ?<= ?2;/;

/** A loop that tries again at once, or a library told to retry without a delay (axios-retry's own default is none). */
export const retryWaitsBetweenAttempts: Rule = {
  id: "retry-waits-between-attempts",
  requirement: "retry-backoff",
  severity: "blocking",
  title: "A retry waits between attempts",
  why: "Retrying at once multiplies the load on a dependency that is already failing, and all attempts fall into the same bad second.",
  fix: "Wait longer each time with jitter: 100, 200, 400 ms. p-retry and cockatiel do it; axios-retry needs `retryDelay: axiosRetry.exponentialDelay`.",
  source: "https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
  examples: {
    bad: `export async function push(entry) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await ledger.push(entry);
    } catch (error) {
      logger.warn({ err: error, attempt }, "push failed");
    }
  }
  throw new Error("gave up");
}
`,
    good: `export async function push(entry) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await ledger.push(entry);
    } catch (error) {
      logger.warn({ err: error, attempt }, "push failed");
      await sleep(100 * 2 ** attempt * Math.random());
    }
  }
  throw new Error("gave up");
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.ForStatement, ts.SyntaxKind.WhileStatement, ts.SyntaxKind.DoStatement, ts.SyntaxKind.CallExpression],
    callees: /^add$|retry/i,
    look: (node, file) => (isCallExpression(node) ? configured(node, file) : isIterationStatement(node, false) ? looped(node, file) : []),
  },
};

/** A counted or endless loop around try { await ...; return/break } whose catch goes round again without waiting. */
function looped(loop: ts.IterationStatement, file: SourceFacts): readonly Problem[] {
  const head = headOf(loop, file);
  const block = triedIn(loop);
  if (!block?.catchClause || !contains(block.tryBlock, isAwaitExpression) || !leavesOnSuccess(block.tryBlock)) return [];
  const isRetry = /attempt|retr(?:y|ies)|tries|true|;;|while \(1\)/i.test(head);
  if (!isRetry || !goesRound(block.catchClause.block) || WAIT.test(loop.statement.getText(file.sourceFile))) return [];
  if (isRepairedAfter(loop, block) || CONFLICT.test(block.catchClause.block.getText(file.sourceFile))) return [];
  const token = block.catchClause.getFirstToken(file.sourceFile) ?? block.catchClause;
  return [
    {
      node: token,
      alsoTouches: [loop.getFirstToken(file.sourceFile) ?? loop],
      message: "The loop tries again at once: no wait between attempts.",
      // A catch that lets only one kind of error go round may be settling a conflict, where waiting is a matter of taste.
      // Nor does a single repetition pile up load.
      ...(contains(block.catchClause.block, isThrowStatement) || TWICE.test(head) ? { severity: "advisory" as const } : {}),
    },
  ];
}

/** The rest of the loop's body removes what stood in the way before it tries again: that is no blind repetition. */
function isRepairedAfter(loop: ts.IterationStatement, block: ts.TryStatement): boolean {
  if (!isBlock(loop.statement)) return false;
  const rest = loop.statement.statements.slice(loop.statement.statements.indexOf(block) + 1);
  return rest.some((statement) => contains(statement, isAwaitExpression));
}

function headOf(loop: ts.IterationStatement, file: SourceFacts): string {
  return file.text.slice(loop.getStart(file.sourceFile), loop.statement.getStart(file.sourceFile));
}

function triedIn(loop: ts.IterationStatement): ts.TryStatement | null {
  if (!isBlock(loop.statement)) return null;
  return loop.statement.statements.find(isTryStatement) ?? null;
}

function leavesOnSuccess(block: ts.Block): boolean {
  return contains(block, (n) => isReturnStatement(n) || isBreakStatement(n));
}

/** Some path through the catch does not leave the loop. */
function goesRound(block: ts.Block): boolean {
  const last = block.statements.at(-1);
  return !last || !(isThrowStatement(last) || isReturnStatement(last) || isBreakStatement(last));
}

function configured(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (calleeName(call) !== "add" && !/retry/i.test(calleeName(call))) return [];
  const origin = calleeOf(call, file);
  if (origin.module === "axios-retry" && origin.path.length === 0) {
    const delay = propertyOf(call.arguments[1], "retryDelay");
    return delay.state === "absent"
      ? [
          {
            node: call.expression,
            alsoTouches: call.arguments,
            message: "axios-retry waits 0 ms between attempts unless `retryDelay` is set.",
          },
        ]
      : [];
  }
  if (origin.creation && (origin.module === "bullmq" || origin.module === "bull") && origin.path.at(-1) === "add") {
    const options = call.arguments[2] ?? (origin.module === "bull" ? call.arguments[1] : undefined);
    const attempts = propertyOf(options, "attempts");
    if (attempts.state === "present" && propertyOf(options, "backoff").state === "absent")
      return [{ node: attempts.value.parent, severity: "advisory", message: "`attempts` without `backoff` tries again at once." }];
  }
  return [];
}

/** true when a node stands in a loop that retries; exported for the rules about what is retried. */
export function retryLoopAround(node: ts.Node, file: SourceFacts): ts.IterationStatement | null {
  const held = enclosingTry(node);
  for (let up: ts.Node | undefined = held?.parent; up && !isFunction(up); up = up.parent) {
    if (!isForStatement(up) && !isWhileStatement(up) && !isDoStatement(up)) continue;
    let isNested = false;
    walk(up, (n) => {
      if (n === held) isNested = true;
    });
    if (isNested && /attempt|retr(?:y|ies)|tries/i.test(headOf(up, file))) return up;
  }
  return null;
}
