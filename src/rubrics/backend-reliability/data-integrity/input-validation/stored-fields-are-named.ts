import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSpreadAssignment,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { databaseCallOf, type DatabaseCall } from "../../../syntax/database-calls.ts";
import { contains, enclosingFunction, unwrap } from "../../../syntax/functions.ts";
import { checksPart, isCheckedOnTheWay, reachOf } from "../../../syntax/input-checks.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { holdsWholePart } from "../../../syntax/request-values.ts";
import { requestHandlerAround, routeOf } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** A request body written to the database as it came: the client decides which columns it sets. */
export const storedFieldsAreNamed: Rule = {
  id: "stored-fields-are-named",
  requirement: "input-validation",
  severity: "blocking",
  title: "What is stored is named field by field, or parsed",
  why: "A body that is stored whole lets the client set every column there is: the role, the price, the owner.",
  fix: "Name the fields that may be set, or parse the body with a schema that strips unknown keys and store the result.",
  source: "https://cheatsheetseries.owasp.org/cheatsheets/Mass_Assignment_Cheat_Sheet.html",
  examples: {
    bad: `import { Router } from "express";
const router = Router();
router.patch("/me", async (req, res) => {
  const user = await prisma.user.update({ where: { id: req.session.userId }, data: req.body });
  res.json({ id: user.id });
});
`,
    good: `import { Router } from "express";
const router = Router();
router.patch("/me", async (req, res) => {
  const { displayName, locale } = Profile.parse(req.body);
  const user = await prisma.user.update({ where: { id: req.session.userId }, data: { displayName, locale } });
  res.json({ id: user.id });
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    words: ["body", "rawBody", "json", "text", "formData", "parseBody", "arrayBuffer", "Body"],
    look: (node, file) => {
      if (!isCallExpression(node)) return [];
      const call = databaseCallOf(node, file);
      if (!call || call.kind !== "write") return onModel(node, file);
      const stored = dataOf(call).flatMap((data) => wholeBodyIn(data, file))[0];
      const handler = stored ? requestHandlerAround(node, file) : null;
      if (!stored || !handler || isCheckedOnTheWay(routeOf(handler, file), file) || checksPart(handler, "body", file)) return [];
      const isElsewhere = reachOf(handler, file) === "elsewhere" || file.partial;
      const problem: Problem = {
        node: stored,
        alsoTouches: [call.node.expression],
        message: `The body goes into \`${call.target || call.verb}\` as the client sent it: every column can be set.${isElsewhere ? " Middleware of the route was not followed." : ""}`,
      };
      return [isElsewhere ? { ...problem, severity: "advisory" } : problem];
    },
  },
};

/** `User.create(req.body)`, and `Object.assign(row, req.body)` before `row.save()`: the library is not known here. */
function onModel(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const found = copiedOnto(call, file) ?? createdFrom(call, file);
  const handler = found ? requestHandlerAround(call, file) : null;
  if (!found || !handler || isCheckedOnTheWay(routeOf(handler, file), file) || checksPart(handler, "body", file)) return [];
  return [
    {
      node: found.body,
      alsoTouches: [call.expression],
      severity: "advisory",
      message: `The body goes into \`${found.into}\` as the client sent it: every column can be set. What the model lets through was not followed.`,
    },
  ];
}

/** `create` of a model: a name that begins like a class and is none of the language's. */
function createdFrom(call: ts.CallExpression, file: SourceFacts): { body: ts.Node; into: string } | null {
  if (!/^(?:create|build|insert|bulkCreate|insertMany)$/.test(calleeName(call))) return null;
  const model = receiverOf(call);
  const name = model ? (model.getText(file.sourceFile).split(".").at(-1) ?? "") : "";
  if (!/^[A-Z][a-z]\w*$|Model$/.test(name) || /^(?:Object|Array|Promise|Map|Set|Date|Error|Buffer)$|Service|Client|Api$/.test(name))
    return null;
  const body = call.arguments[0] && wholeBodyIn(call.arguments[0], file)[0];
  return body ? { body, into: name } : null;
}

function copiedOnto(call: ts.CallExpression, file: SourceFacts): { body: ts.Node; into: string } | null {
  if (
    !/^(?:assign|merge)$/.test(calleeName(call)) ||
    !/^(?:Object|_|lodash|\w*[rR]epo(?:sitory)?)$/.test(receiverOf(call)?.getText(file.sourceFile).split(".").at(-1) ?? "")
  )
    return null;
  const [first, ...others] = call.arguments;
  const row = first && unwrap(first);
  const body = others.find((argument) => holdsWholePart(unwrap(argument), "body", file));
  const fn = enclosingFunction(call);
  if (!row || !body || !isIdentifier(row) || !fn) return null;
  const isSaved = contains(
    fn,
    (n) =>
      isCallExpression(n) &&
      n.pos > call.pos &&
      /^(?:save|persist|persistAndFlush|flush)$/.test(calleeName(n)) &&
      (receiverOf(n)?.getText(file.sourceFile) === row.text || n.arguments.some((a) => a.getText(file.sourceFile) === row.text)),
    true,
  );
  return isSaved ? { body, into: row.text } : null;
}

/** The arguments that become columns. */
function dataOf(call: DatabaseCall): readonly ts.Node[] {
  if (call.library === "prisma") {
    return ["data", "create", "update"].flatMap((name) => {
      const answer = propertyOf(call.node.arguments[0], name);
      return answer.state === "present" ? [answer.value] : [];
    });
  }
  if (call.library === "sql") return [];
  const own = /^(?:update|findOneAndUpdate|findByIdAndUpdate|updateOne|updateMany|replaceOne)$/.test(call.verb)
    ? call.node.arguments
    : call.node.arguments.slice(0, 1);
  return [...own, ...chainedData(call)];
}

/** `.values(x)` and `.set(x)` further down the chain. */
function chainedData(call: DatabaseCall): readonly ts.Node[] {
  const data: ts.Node[] = [];
  for (let e: ts.Node = call.whole; isCallExpression(e) && e !== call.node;) {
    if (!isPropertyAccessExpression(e.expression)) break;
    if (/^(?:values|set)$/.test(e.expression.name.text)) data.push(...e.arguments);
    e = e.expression.expression;
  }
  return data;
}

function wholeBodyIn(data: ts.Node, file: SourceFacts): readonly ts.Node[] {
  const e = unwrap(data);
  if (holdsWholePart(e, "body", file)) return [data];
  if (isArrayLiteralExpression(e)) return e.elements.flatMap((x) => wholeBodyIn(x, file));
  if (!isObjectLiteralExpression(e)) return [];
  return e.properties.flatMap((property) => {
    if (isSpreadAssignment(property)) return holdsWholePart(property.expression, "body", file) ? [property] : [];
    return isPropertyAssignment(property) && /^["']?\$set/.test(property.name.getText()) ? wholeBodyIn(property.initializer, file) : [];
  });
}
