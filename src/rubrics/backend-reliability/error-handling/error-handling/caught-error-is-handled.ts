import { ts } from "ts-morph";
import {
  isBlock,
  isCallExpression,
  isCatchClause,
  isContinueStatement,
  isPropertyAccessExpression,
  isReturnStatement,
} from "../../../syntax/guards.ts";
import { errorReceiverOf, treatmentOf, type ErrorReceiver } from "../../../syntax/catches.ts";
import { enclosingFunction, functionName, unwrap } from "../../../syntax/functions.ts";
import { isAnsweredBelow, isExplainedAbove, isHeardElsewhere, isLiteral, isToldByItsAbsence } from "../../../syntax/meant-silences.ts";
import type { Problem, Rule } from "../../../rule.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

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
  if (isHeardElsewhere(receiver, file) || isToldByItsAbsence(receiver) || isExplainedAbove(receiver.node, file)) return [];
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

/** `.catch(...)` on a call; a promise kept in a variable is usually awaited elsewhere, and a schema's `.catch` gives a default value. */
function isTried(receiver: ErrorReceiver): boolean {
  if (isCatchClause(receiver.node)) return true;
  const call = receiver.node.parent;
  const source = isCallExpression(call) && isPropertyAccessExpression(call.expression) ? unwrap(call.expression.expression) : call;
  return isCallExpression(source) && !/^z\b|\.json\(\)$|\.text\(\)$/.test(source.getText());
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
