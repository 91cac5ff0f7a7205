import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  isStringLiteralLike,
  isTypeOfExpression,
} from "../../../syntax/guards.ts";
import { unwrap } from "../../../syntax/functions.ts";
import type { Rule } from "../../../rule.ts";
import { isCalled, lostSafeguards } from "../../../syntax/lost-safeguards.ts";

/** Calls and decorators that say what a value may be. */
const CHECKS =
  /^(?:parse|parseAsync|safeParse|safeParseAsync|validate\w*|isValid\w*|\w*Validator|max|min|length|email|url|uuid|cuid|int|positive|nonnegative|nonempty|finite|strict|regex|pattern|alphanum|isNaN|isInteger|isFinite|isSafeInteger|isArray|Is[A-Z]\w+|Max(?:Length)?|Min(?:Length)?|Length|Matches|Array(?:Max|Min)Size|ValidateNested|ParseIntPipe|ParseUUIDPipe|ValidationPipe|BadRequest\w*|BAD_REQUEST|clamp|escapeRegExp|isUUID|isMongoId|isValidObjectId|isEmail|isURL)$/;
/** Parses another thing than what people send. */
const NO_CHECK = /^(?:JSON|Date|path|url|querystring|qs|parser|yaml|dotenv)$/;
const REFUSES = /^(?:400|413|422)$/;

const isWord = (node: ts.Node): boolean => {
  if (isNumericLiteral(node)) return REFUSES.test(node.text);
  if (isStringLiteralLike(node)) return node.text === "BAD_REQUEST" || isTypeWord(node);
  return isIdentifier(node) && CHECKS.test(node.text) && isCalled(node) && !NO_CHECK.test(receiverText(node));
};

/** `typeof x !== "string"`. */
function isTypeWord(node: ts.Node): boolean {
  // "undefined" asks where the code runs (`typeof window`), or whether there is a value at all.
  const { parent } = node;
  return isBinaryExpression(parent) && isTypeOfExpression(unwrap(parent.left)) && parent.right.getText().slice(1, -1) !== "undefined";
}

function receiverText(node: ts.Identifier): string {
  const up = node.parent;
  return isPropertyAccessExpression(up) && up.name === node && isIdentifier(up.expression) ? up.expression.text : "";
}

/** A change that takes a check from a value that is still used. */
export const checkOfInputIsKept: Rule = {
  id: "check-of-input-is-kept",
  requirement: "input-validation",
  severity: "advisory",
  title: "What checked the input still does",
  why: "A value that was refused yesterday is stored today, and what reads it later was written for the checked one.",
  fix: "Put the check back, or say in the pull request where the value is checked now.",
  source: "CWE-20; OWASP Input Validation Cheat Sheet",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { z } from "zod";
export const createNote = z.object({
  title: z.string().min(1).max(120), // removed
  title: z.string().min(1), // added
  text: z.string().max(10_000),
});
`,
    good: `import { z } from "zod";
const shortText = z.string().min(1).max(120); // added
export const createNote = z.object({
  title: z.string().min(1).max(120), // removed
  title: shortText, // added
  text: z.string().max(10_000),
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) =>
      lostSafeguards(file, isWord).map(({ name, at }) => ({
        node: at,
        message: `The change takes \`${name}\` away here: what the value may be is no longer checked at this place. A check elsewhere was not followed.`,
      })),
  },
};
