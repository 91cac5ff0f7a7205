import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isExpressionStatement,
  isFunctionLike,
  isIdentifier,
  isIfStatement,
  isObjectBindingPattern,
  isSwitchStatement,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { answerOf, mayAnswer } from "../../../syntax/answers-by-name.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { enclosingFunction, isAsync } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { isPromiseMember, isValueUse, isWaited, references, usedAsValue } from "../../../syntax/value-uses.ts";

const { AwaitExpression, EqualsToken } = ts.SyntaxKind;

/**
 * A variable that holds a promise and is read as if it held the value: its members, its truth, its parts. Left alone as soon as the variable is
 * awaited, returned, handed on, or chained with `then`: then somebody waits.
 */
export const promiseIsAwaitedBeforeUse: Rule = {
  id: "promise-is-awaited-before-use",
  requirement: "error-handling",
  severity: "blocking",
  title: "A promise is awaited before its value is used",
  why: "A promise is truthy and has none of the value's members: the check always passes, the field is undefined, and a rejection is unhandled.",
  fix: "Write `await` before the call.",
  source: "https://typescript-eslint.io/rules/no-misused-promises/",
  examples: {
    bad: `async function isCurrent(code) {
  const answer = await fetch("https://codes.example.com/check?code=" + code, { signal: AbortSignal.timeout(2_000) });
  return answer.ok;
}

export async function confirm(code) {
  const valid = isCurrent(code);
  if (!valid) throw new InvalidCode();
}
`,
    good: `async function isCurrent(code) {
  const answer = await fetch("https://codes.example.com/check?code=" + code, { signal: AbortSignal.timeout(2_000) });
  return answer.ok;
}

export async function confirm(code) {
  const valid = await isCurrent(code);
  if (!valid) throw new InvalidCode();
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.VariableDeclaration, ts.SyntaxKind.BinaryExpression],
    look: (node, file) => {
      if (isVariableDeclaration(node)) return declared(node, file);
      return isBinaryExpression(node) && isExpressionStatement(node.parent) ? assigned(node, file) : [];
    },
  },
};

function declared(node: ts.VariableDeclaration, file: SourceFacts): readonly Problem[] {
  const call = node.initializer;
  if (!call || !isCallExpression(call) || !mayAnswer(call, file)) return [];
  const answer = answerOf(call, file);
  const text = calleeText(call, file);
  if (isObjectBindingPattern(node.name)) {
    const isOutcome =
      MONGO_WRITE.test(text) && node.name.elements.some((e) => MONGO_OUTCOME.test((e.propertyName ?? e.name).getText(file.sourceFile)));
    if (
      (answer !== "surely" && !isOutcome) ||
      node.name.elements.some((e) => isPromiseMember((e.propertyName ?? e.name).getText(file.sourceFile)))
    )
      return [];
    return [
      { node: call, message: `\`${text}(...)\` gives a promise, and it is taken apart without being awaited: every part is undefined.` },
    ];
  }
  if (!isIdentifier(node.name) || answer === "unknown") return [];
  const isThing =
    receiverOf(call) !== null &&
    call.arguments.length > 0 &&
    LOOKS_UP_A_THING.test(calleeName(call)) &&
    !GIVES_A_TOOL.test(calleeName(call));
  const use = usedAsValue(node, node.name.text, isThing ? "surely" : answer, file);
  if (!use) return [];
  const message = `\`${node.name.text}\` holds the promise of \`${text}(...)\`, and is read as its value: it is never awaited.`;
  return [{ node: call, alsoTouches: [use], message, severity: answer === "surely" ? "blocking" : "advisory" }];
}

/** `x = call()` beside `x = await other()` in the same function: one branch leaves a promise where the others leave the value. */
function assigned(node: ts.BinaryExpression, file: SourceFacts): readonly Problem[] {
  if (node.operatorToken.kind !== EqualsToken || !isIdentifier(node.left) || !isCallExpression(node.right)) return [];
  const { left, right } = node;
  if (!mayAnswer(right, file)) return [];
  const around = enclosingFunction(node);
  if (!around || !isAsync(around) || answerOf(right, file) !== "surely") return [];
  const declaration = declarationOf(left);
  if (!declaration) return [];
  const uses = references(declaration, left.text, file);
  const after = branchingAround(node).end;
  if (uses.some(isWaited) || !uses.some((use) => use.pos >= after && isValueUse(use, "surely"))) return [];
  const isAwaitedFirst =
    isVariableDeclaration(declaration) && declaration.initializer !== undefined && isAwaitExpression(declaration.initializer);
  const sibling =
    isAwaitedFirst ||
    file.nodes(AwaitExpression).find((each) => {
      const up = each.parent;
      return (
        isBinaryExpression(up) &&
        up.right === each &&
        isIdentifier(up.left) &&
        up.left.text === left.text &&
        enclosingFunction(up) === around
      );
    });
  return sibling
    ? [
        {
          node: right,
          message: `\`${left.text}\` is given the promise of \`${calleeText(right, file)}(...)\` here and an awaited value elsewhere.`,
        },
      ]
    : [];
}

/** The outermost if or switch around an assignment, within its function: what stands behind it reads what any of the branches left. */
function branchingAround(node: ts.Node): ts.Node {
  let outermost = node;
  for (let up: ts.Node | undefined = node.parent; up && !isFunctionLike(up); up = up.parent)
    if (isIfStatement(up) || isSwitchStatement(up)) outermost = up;
  return outermost;
}

/** Writes of MongoDB's driver and of Mongoose, whose outcome is an object; what is taken out of it says that it was meant to be there. */
const MONGO_WRITE = /\.(?:insertOne|insertMany|updateOne|updateMany|replaceOne|deleteOne|deleteMany|bulkWrite)$/;
const MONGO_OUTCOME =
  /^(?:modifiedCount|matchedCount|upsertedCount|upsertedId|insertedId|insertedIds|insertedCount|deletedCount|acknowledged)$/;

/** `getPad(id)`, unlike `find(filter)`, is no query that goes on being built. */
const LOOKS_UP_A_THING = /^(?:get|load|fetch|find|read|resolve)[A-Z]/;
const GIVES_A_TOOL =
  /(?:Query|Builder|Client|Collection|Model|Repository|Connection|Stream|Manager|Service|Logger|Config|Instance|Context|Handler|Factory|Provider|Cursor|By\w+|All|Many|One|Where|Table|Transaction|Response|Request|Page|Element|Locator)$/;
