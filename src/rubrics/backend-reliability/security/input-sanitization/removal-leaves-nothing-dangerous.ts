import { ts } from "ts-morph";
import { isCallExpression, isDoStatement, isRegularExpressionLiteral, isSourceFile, isWhileStatement } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains, enclosingFunction, isFunction } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName } from "../../../syntax/origin.ts";

/** Sequences of several characters that are taken away because they are dangerous. */
const DANGEROUS: readonly (readonly [RegExp, string, string])[] = [
  [/\\\.\\\.(?:\\\/|\/|\[[^\]]{0,8}[\\/]|\(\\\/)|^\.\.[\\/]$|\.\.\\\//, "`../`", "`....//` becomes `../`"],
  [/<\\?\/?script/i, "`<script`", "`<scr<scriptipt` becomes `<script`"],
  [/^javascript:?$/i, "`javascript:`", "`javajavascript:script:` becomes `javascript:`"],
];
/** A look at the result that refuses what is left. */
const CHECKED = /startsWith|^relative$|isWithin|isInside|isSafe|basename|isAbsolute|assert|DOMPurify|sanitizeHtml|isSubPath|resolveWithin/i;

/** A dangerous sequence taken out once: what stood around it closes up into the same. */
export const removalLeavesNothingDangerous: Rule = {
  id: "removal-leaves-nothing-dangerous",
  requirement: "input-sanitization",
  severity: "advisory",
  title: "What is taken out of a text does not come back by its removal",
  why: "Taking `../` out of `....//` leaves `../`: one pass of replacing is a filter that its attackers know by heart.",
  fix: "Refuse a text that holds the sequence, resolve the path and compare its start, or repeat until nothing changes.",
  source: "CWE-182; https://codeql.github.com/codeql-query-help/javascript/js-incomplete-multi-character-sanitization/",
  examples: {
    bad: `export const nameOf = (upload: string) => upload.replace(/\\.\\.\\//g, "");
`,
    good: `import path from "node:path";
export const nameOf = (upload: string) => path.basename(upload);
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["replace", "replaceAll"],
    look: (node) => (isCallExpression(node) ? problemsOf(node) : []),
  },
};

function problemsOf(call: ts.CallExpression): readonly Problem[] {
  const [pattern, by] = call.arguments;
  if (!pattern || !by || stringOf(by) !== "") return [];
  const text = isRegularExpressionLiteral(pattern) ? pattern.text.replace(/^\/|\/[a-z]*$/g, "") : stringOf(pattern);
  if (text === null || text.startsWith("^")) return [];
  const found = DANGEROUS.find(([form]) => form.test(text));
  if (!found || isRepeated(call) || isCheckedAround(call)) return [];
  return [{ node: call, message: `${found[1]} is taken out in one pass: ${found[2]} by the removal itself.` }];
}

/** In a loop that goes on until nothing changes. */
function isRepeated(call: ts.CallExpression): boolean {
  for (let up: ts.Node = call.parent; !isFunction(up) && !isSourceFile(up); up = up.parent)
    if (isDoStatement(up) || isWhileStatement(up)) return true;
  return false;
}

function isCheckedAround(call: ts.CallExpression): boolean {
  const body = enclosingFunction(call);
  return body !== null && contains(body, (n) => isCallExpression(n) && CHECKED.test(calleeName(n)), true);
}
