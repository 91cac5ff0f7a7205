import { ts } from "ts-morph";
import {
  isCallExpression,
  isForOfStatement,
  isIdentifier,
  isNewExpression,
  isParameter,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isTemplateExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { nameText, unwrap } from "../../../syntax/functions.ts";
import { declarationOf, isGlobal } from "../../../syntax/declarations.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import { nameOfValue } from "../../../syntax/secret-names.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** A regular expression whose text a caller sends. */
export const patternIsNotBuiltFromInput: Rule = {
  id: "pattern-is-not-built-from-input",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "No regular expression is built from raw input",
  why: "One pattern such as `(a+)+$` keeps the only thread busy for minutes, and `.*` matches every row.",
  fix: "Escape the value (`RegExp.escape`, `escape-string-regexp`), search by a plain string, or use RE2.",
  source: "CWE-1333, CWE-625",
  examples: {
    bad: `export const search = (req, res) => res.json(names.filter((n) => new RegExp(req.query.q, "i").test(n)));
`,
    good: `import escape from "escape-string-regexp";
export const search = (req, res) => res.json(names.filter((n) => new RegExp(escape(req.query.q), "i").test(n)));
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.NewExpression, ts.SyntaxKind.CallExpression, ts.SyntaxKind.PropertyAssignment],
    callees: ["RegExp"],
    words: ["RegExp", "$regex"],
    look: (node, file) => {
      const pattern = patternOf(node);
      return pattern ? problemsOf(pattern, file) : [];
    },
  },
};

function patternOf(node: ts.Node): ts.Node | null {
  if (isNewExpression(node) || isCallExpression(node)) {
    const callee = unwrap(node.expression);
    return isIdentifier(callee) && callee.text === "RegExp" && isGlobal(callee) ? (node.arguments?.[0] ?? null) : null;
  }
  if (!isPropertyAssignment(node) || nameText(node.name) !== "$regex") return null;
  const answer = propertyOf(node.parent, "$regex");
  return answer.state === "present" && isPropertyAssignment(node) && answer.value === node.initializer ? answer.value : null;
}

function problemsOf(pattern: ts.Node, file: SourceFacts): readonly Problem[] {
  const flow = inputIn(pattern, file);
  if (!flow) return ofHole(pattern, file);
  if (isExaminedBefore(flow, pattern, file)) return [];
  return [
    {
      node: pattern,
      severity: flow.validated ? "advisory" : "blocking",
      message: `\`${flow.source.getText(file.sourceFile).slice(0, 60)}\` from the request is read as a regular expression.`,
    },
  ];
}

/** Values that are patterns, or that nobody writes: lists of the program, numbers, separators. */
const PATTERN =
  /pattern|reg_?exp?|^re$|source|expr|char|delim|prefix|suffix|separator|escape|quot|flags|version|ext(?:ension)?s?$|index|count|length|size|max|min|digits?|locale|lang|^[a-z]$|match|alternat|group|token|tag|type|dir$|root$|glob|rule|mask|format|os$|sep$/i;
const CONSTANT = /^[A-Z][A-Z0-9_]+$/;

/** `new RegExp(`\\b${word}\\b`)`: a word of a parameter or a row, between pieces of a pattern and not escaped. */
function ofHole(pattern: ts.Node, file: SourceFacts): readonly Problem[] {
  const e = unwrap(pattern);
  if (!isTemplateExpression(e)) return [];
  const hole = e.templateSpans
    .map((span) => unwrap(span.expression))
    .find(
      (h) =>
        (isIdentifier(h) || isPropertyAccessExpression(h)) &&
        !PATTERN.test(nameOfValue(h)) &&
        !CONSTANT.test(nameOfValue(h)) &&
        isHandedIn(h),
    );
  return hole
    ? [
        {
          node: pattern,
          severity: "advisory",
          message: `\`${hole.getText(file.sourceFile).slice(0, 60)}\` is read as part of a regular expression as it is; where it comes from was not followed.`,
        },
      ]
    : [];
}

/** A parameter, a member of one, or the variable of a loop; nothing that an escaping call has made. */
function isHandedIn(hole: ts.Node): boolean {
  let root = hole;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  const declaration = isIdentifier(root) ? declarationOf(root) : null;
  if (!declaration) return false;
  if (isParameter(declaration)) return !/^(?:number|boolean|RegExp)$/.test(declaration.type?.getText() ?? "");
  return parameterBehind(hole) !== null || (isVariableDeclaration(declaration) && isForOfStatement(declaration.parent.parent));
}
