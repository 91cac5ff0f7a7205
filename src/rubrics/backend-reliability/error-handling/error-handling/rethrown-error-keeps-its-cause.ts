import { ts } from "ts-morph";
import { forEachChild, isCatchClause, isIdentifier, isNewExpression, isThrowStatement } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { treatmentOf, errorReceiverOf } from "../../../syntax/catches.ts";
import { isFunction, unwrap } from "../../../syntax/functions.ts";

/** A catch that throws another error and mentions the first one nowhere. */
export const rethrownErrorKeepsItsCause: Rule = {
  id: "rethrown-error-keeps-its-cause",
  requirement: "error-handling",
  severity: "advisory",
  title: "An error thrown in place of another keeps it as its cause",
  why: "The new error says where it was noticed, the lost one said what happened: without it the log shows a symptom and no reason.",
  fix: 'Pass it on: `throw new OrderFailed("...", { cause: error })`, or log the original before throwing.',
  source: "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Error/cause",
  examples: {
    bad: `export async function charge(order) {
  try {
    return await gateway.charge(order);
  } catch (error) {
    throw new Error("charge failed");
  }
}
`,
    good: `export async function charge(order) {
  try {
    return await gateway.charge(order);
  } catch (error) {
    throw new Error("charge failed", { cause: error });
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CatchClause],
    look: (node, file): readonly Problem[] => {
      const receiver = errorReceiverOf(node);
      if (!receiver || !isCatchClause(node)) return [];
      const misplaced = thrownIn(receiver.body).filter((thrown) => isMisplaced(thrown, receiver.errorName));
      if (misplaced.length > 0)
        return misplaced.map((thrown) => ({
          node: thrown,
          message: "The caught error is handed to `Error` as it is, which ignores it: the cause stands in an object, `{ cause: error }`.",
        }));
      const treatment = treatmentOf(receiver, file);
      if (treatment.usesError || treatment.logs.length > 0 || treatment.comment) return [];
      const tried = node.parent.tryBlock.getText(file.sourceFile).slice(0, 2000);
      if (!/\bawait\b/.test(tried) || EXPECTED.test(tried)) return [];
      return thrownIn(receiver.body).flatMap((thrown) => {
        const made = unwrap(thrown.expression);
        if (!isNewExpression(made) || isExpected(made.getText(file.sourceFile))) return [];
        return [
          { node: thrown, message: `\`${made.expression.getText(file.sourceFile)}\` replaces the caught error and keeps nothing of it.` },
        ];
      });
    },
  },
};

/** `throw new Error(message, error)`: the second argument of Node's own errors is `{ cause }`. */
function isMisplaced(thrown: ts.ThrowStatement, errorName: string | null): boolean {
  const made = thrown.expression && unwrap(thrown.expression);
  if (!made || !isNewExpression(made) || errorName === null) return false;
  const second = made.arguments?.[1];
  return (
    /^(?:Error|TypeError|RangeError)$/.test(made.expression.getText()) &&
    second !== undefined &&
    isIdentifier(second) &&
    second.text === errorName
  );
}

/** Checks whose only failure is the one that the new error names. */
const EXPECTED = /\b(?:JSON\.parse|verify\w*|decode\w*|parse\w*|validate\w*|jwtVerify|compare|authenticate|\.json\(\))\s*\(?/i;

/** The new error says all there is: an answer of the 4xx kind. */
function isExpected(text: string): boolean {
  return /Unauthori[sz]ed|Forbidden|NotFound|BadRequest|Validation|Invalid|Conflict|TRPCError|HttpError|HttpException|Auth\w*Error|NOT_FOUND|UNAUTHORI[SZ]ED|FORBIDDEN|BAD_REQUEST|NOT_AUTHENTICATED|\b4\d\d\b/.test(
    text,
  );
}

function thrownIn(body: ts.Node): readonly ts.ThrowStatement[] {
  const found: ts.ThrowStatement[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node) || isCatchClause(node)) return;
    if (isThrowStatement(node)) found.push(node);
    forEachChild(node, visit);
  };
  visit(body);
  return found;
}
