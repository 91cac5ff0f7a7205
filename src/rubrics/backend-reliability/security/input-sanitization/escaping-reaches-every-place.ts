import { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isPropertyAccessExpression, isRegularExpressionLiteral } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { stringOf } from "../../../syntax/literals.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Characters that end a text, a tag or a parameter early. */
const ENDS = /^(?:'|"|`|<|>|&|\\|\n|\r|\0|\$|;|\||%|_|\*|--)$/;
/** What is put in their place to make them harmless. */
const HARMLESS = /^(?:''|""|\\+['"`\\$n%_*]|\\+\$&|&(?:lt|gt|amp|quot|apos|#\d+|#x[\da-f]+);|%[\da-f]{2}|\$1''|''\$1|\$1\\+['"])$/i;

/** A dangerous character made harmless where it first stands, and nowhere else. */
export const escapingReachesEveryPlace: Rule = {
  id: "escaping-reaches-every-place",
  requirement: "input-sanitization",
  severity: "advisory",
  title: "A character is escaped wherever it stands, not only the first time",
  why: "`replace` with a text, or a pattern without `g`, changes the first place alone: the second quote ends the statement after all.",
  fix: "Use `replaceAll` or the `g` flag; better, hand the value over as a parameter.",
  source: "CWE-116; https://codeql.github.com/codeql-query-help/javascript/js-incomplete-sanitization/",
  examples: {
    bad: `export const quote = (name: string) => "'" + name.replace("'", "''") + "'";
`,
    good: `export const quote = (name: string) => "'" + name.replaceAll("'", "''") + "'";
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["replace"],
    look: (node, file) => (isCallExpression(node) ? problemOf(node, file) : []),
  },
};

function problemOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const [pattern, by] = call.arguments;
  if (!pattern || !by || !isPropertyAccessExpression(call.expression)) return [];
  const place = firstPlace(pattern);
  const made = /^["'`]/.test(by.getText(file.sourceFile)) ? (stringOf(by) ?? by.getText(file.sourceFile).slice(1, -1)) : null;
  if (!place || made === null || !HARMLESS.test(made) || isWalked(call)) return [];
  return [{ node: call, message: `Only the first ${place} is made harmless here; the next one stays as it is.` }];
}

/** The character that is sought without going on: a text, or a pattern without `g`. */
function firstPlace(pattern: ts.Expression): string | null {
  if (!isRegularExpressionLiteral(pattern)) {
    const text = isIdentifier(pattern) ? null : stringOf(pattern);
    return text !== null && ENDS.test(text) ? `\`${text.replace("`", "backtick").replace(/\s/g, "line break")}\`` : null;
  }
  const end = pattern.text.lastIndexOf("/");
  const body = pattern.text.slice(1, end);
  if (/[gy]/.test(pattern.text.slice(end)) || /^\^|\$$/.test(body)) return null;
  const sought = /^(?:\(\[\^[^\]]{1,4}\]\))?(\\?['"`<>&\\]|\\n|\\r|\[['"<>&\\]{1,6}\])$/.exec(body);
  return sought?.[1] ? `\`${sought[1].replace("`", "backtick")}\`` : null;
}

/** One of a chain that goes through the characters: `.split("").map((c) => c.replace("'", "''"))`. */
function isWalked(call: ts.CallExpression): boolean {
  return isPropertyAccessExpression(call.expression) && /^(?:c|ch|char|character|s\[i\])$/.test(call.expression.expression.getText());
}
