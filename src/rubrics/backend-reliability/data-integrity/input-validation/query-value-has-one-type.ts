import { ts } from "ts-morph";
import {
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLike,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { contains, unwrap } from "../../../syntax/functions.ts";
import { checksPart, isCheckedOnTheWay } from "../../../syntax/input-checks.ts";
import { requestHandlerAround, requestPartOf, routeOf } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { declarationOf } from "../../../syntax/declarations.ts";

const STRING_ONLY =
  /^(?:split|trim|trimStart|trimEnd|toLowerCase|toUpperCase|startsWith|endsWith|replace|replaceAll|match|padStart|padEnd|substring|substr|charAt|normalize|localeCompare)$/;
const ARRAY_ONLY = /^(?:join|map|filter|forEach|reduce|some|every|push|sort|flatMap|find)$/;

/** A method that only strings (or only arrays) have, called on a query value that may be either. */
export const queryValueHasOneType: Rule = {
  id: "query-value-has-one-type",
  requirement: "input-validation",
  severity: "advisory",
  title: "A query value's type is known before a method of it is called",
  why: "`?tag=a&tag=b` makes the value an array and `?tag=a` a string: the method of the other type is not there, and the request ends in a 500.",
  fix: "Parse the query with a schema, or test it first: `const tags = [req.query.tag ?? []].flat()`.",
  source: "https://codeql.github.com/codeql-query-help/javascript/js-type-confusion-through-parameter-tampering/",
  examples: {
    bad: `app.get("/search", async (req, res) => {
  const words = req.query.q.split(" ");
  res.json(await index.search(words));
});
`,
    good: `app.get("/search", async (req, res) => {
  if (typeof req.query.q !== "string") return res.status(400).json({ error: "q must be given once" });
  const words = req.query.q.split(" ");
  res.json(await index.search(words));
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    words: ["query"],
    look: (node, file) => {
      if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return [];
      const method = node.expression.name.text;
      const expected = STRING_ONLY.test(method) ? "a string" : ARRAY_ONLY.test(method) ? "an array" : null;
      if (!expected) return [];
      const value = unwrap(node.expression.expression);
      const name = fieldName(value);
      if (!name || requestPartOf(value, file) !== "query" || !isParsedObject(value, file)) return [];
      const handler = requestHandlerAround(node, file);
      if (!handler?.body || isCheckedOnTheWay(routeOf(handler, file), file) || checksPart(handler, "query", file)) return [];
      if (isPathSegment(name, file) || isTakenApart(handler.body, name)) return [];
      return [
        {
          node: node.expression,
          message: `\`${name}\` is ${expected} only if the client sends it ${expected === "a string" ? "once" : "more than once"}; \`.${method}\` fails otherwise.`,
        },
      ];
    },
  },
};

function fieldName(value: ts.Node): string {
  if (isPropertyAccessExpression(value)) return value.name.text;
  return isIdentifier(value) ? value.text : "";
}

/** From the query object that Express and Next parse, not from `searchParams.get` or `c.req.query("x")`, which give one string. */
function isParsedObject(value: ts.Node, file: SourceFacts): boolean {
  let source = value;
  if (isIdentifier(value)) {
    const declaration = declarationOf(value);
    if (!declaration) return false;
    source = declaration;
    if (isBindingElement(declaration)) {
      if (declaration.initializer && !isStringLiteralLike(declaration.initializer)) return false;
      source = declaration.parent.parent;
    }
    if (!isVariableDeclaration(source) || !source.initializer) return false;
    source = unwrap(source.initializer);
  }
  return /^_?(?:req|request|ctx(?:\.request)?)\??\.query\b/.test(source.getText(file.sourceFile));
}

/** `[slug]` and `[...path]` of a Next file: the framework gives these, one type each. */
function isPathSegment(name: string, file: SourceFacts): boolean {
  return file.path.includes(`[${name}]`) || file.path.includes(`[...${name}]`) || file.path.includes(`[[...${name}]]`);
}

function isTakenApart(body: ts.Node, name: string): boolean {
  return contains(
    body,
    (n) =>
      isCallExpression(n) &&
      /^(?:String|\[\]\.concat|castArray|_\.castArray|toArray|Array\.from)$/.test(n.expression.getText()) &&
      n.arguments.some((a) => a.getText().includes(name)),
    true,
  );
}
