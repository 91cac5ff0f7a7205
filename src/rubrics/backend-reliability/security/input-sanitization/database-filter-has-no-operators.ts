import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isTemplateExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { nameText, unwrap } from "../../../syntax/functions.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import { requestHandlerAround, routeOf } from "../../../syntax/requests.ts";
import { isCheckedOnTheWay } from "../../../syntax/input-checks.ts";
import { isWholePart } from "../../../syntax/request-values.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const FILTERED =
  /^(?:find|findOne|findOneAndUpdate|findOneAndDelete|findOneAndReplace|updateOne|updateMany|deleteOne|deleteMany|countDocuments|exists|distinct|replaceOne|where|aggregate)$/;
const MONGO = /^(?:mongodb|mongoose|mongoist|@nestjs\/mongoose|@typegoose\/typegoose)$/;

/** A document filter in which a caller can put operators. */
export const databaseFilterHasNoOperators: Rule = {
  id: "database-filter-has-no-operators",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "A database filter takes values from input, never operators",
  why: '`{"password": {"$ne": null}}` in place of a string signs in without a password, and `$where` runs code.',
  fix: "Name the fields one by one and make each a string (`String(x)`, a schema) or use `{ $eq: x }`.",
  source: "CWE-943; OWASP NoSQL Injection",
  examples: {
    bad: `import { users } from "./mongo.ts";
export const list = async (req, res) => res.json(await users.find(req.body));
`,
    good: `import { users } from "./mongo.ts";
export const list = async (req, res) => res.json(await users.find({ email: String(req.body.email) }));
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: FILTERED,
    look: (node, file) => (isCallExpression(node) && FILTERED.test(calleeName(node)) && receiverOf(node) ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const filter = call.arguments[0];
  const receiver = receiverOf(call);
  if (
    !filter ||
    !receiver ||
    /^(?:Array|Object|_|lodash|\[)|(?:[sS]ervice|[cC]ache|[cC]lient|[rR]edis|[sS]ecrets?)$/.test(receiver.getText(file.sourceFile))
  )
    return [];
  const flow = inputIn(filter, file);
  if (flow) {
    if (flow.validated || flow.part === "params" || !isWhole(filter) || isExaminedBefore(flow, call, file)) return [];
    return [
      {
        node: filter,
        severity:
          (flow.part === "body" || flow.part === "query") && (isOfMongo(call, file) || isWholePart(flow.source, flow.part, file))
            ? "blocking"
            : "advisory",
        message: `\`${flow.source.getText(file.sourceFile)}\` is the whole filter: the caller chooses fields and operators.`,
      },
    ];
  }
  const literal = unwrap(filter);
  return isObjectLiteralExpression(literal) ? ofFields(literal, call, file) : [];
}

/** Through a constant that a method of texts made: `email.toLowerCase()`. */
function isMadeText(value: ts.Node): boolean {
  const declaration = isIdentifier(value) ? declarationOf(value) : null;
  const made = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : null;
  return made !== null && isCallExpression(made) && /^(?:toLowerCase|toUpperCase|trim|toString|String|slice)$/.test(calleeName(made));
}

/** Middleware of the route parses what it lets through. */
function isCheckedBefore(call: ts.CallExpression, file: SourceFacts): boolean {
  const handler = requestHandlerAround(call, file);
  return handler !== null && isCheckedOnTheWay(routeOf(handler, file), file);
}

/** `url.searchParams.get("id")`: a text or nothing. */
function isText(source: ts.Node): boolean {
  const name = unwrap(source);
  const declaration = isIdentifier(name) ? declarationOf(name) : null;
  const e = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : name;
  return isCallExpression(e) && e.expression.getText().endsWith("earchParams.get");
}

/** The collection, or something in the file, comes from a library that takes operators. */
function isOfMongo(call: ts.CallExpression, file: SourceFacts): boolean {
  return MONGO.test(calleeOf(call, file).module ?? "") || [...file.imports.values()].some((i) => MONGO.test(i.from));
}

/** An object handed over whole, not a text. */
function isWhole(filter: ts.Node): boolean {
  const e = unwrap(filter);
  return isIdentifier(e) || isPropertyAccessExpression(e) || isCallExpression(e);
}

function ofFields(literal: ts.ObjectLiteralExpression, call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const isMongo = isOfMongo(call, file);
  for (const property of literal.properties) {
    if (isSpreadAssignment(property)) {
      const flow = inputIn(property.expression, file);
      if (flow && !flow.validated && !isExaminedBefore(flow, call, file))
        return [
          {
            node: property,
            message: `\`${flow.source.getText(file.sourceFile)}\` is spread into the filter: the caller chooses fields and operators.`,
          },
        ];
    }
    if (!isPropertyAssignment(property) && !isShorthandPropertyAssignment(property)) continue;
    const value = isPropertyAssignment(property) ? unwrap(property.initializer) : property.name;
    const flow = inputIn(value, file);
    if (!flow || flow.validated || isExaminedBefore(flow, call, file)) continue;
    if (nameText(property.name) === "$where") return [{ node: property, message: "`$where` runs text from the request as code." }];
    if (isText(flow.source) || isMadeText(value) || isCheckedBefore(call, file)) continue;
    if (isMongo && (flow.part === "body" || flow.part === "query") && !isTemplateExpression(value) && !isCallExpression(value))
      return [
        {
          node: property,
          severity: "advisory",
          message: `\`${nameText(property.name)}\` is compared with a part of the request that may be an object with operators; schemas elsewhere were not followed.`,
        },
      ];
  }
  return [];
}
