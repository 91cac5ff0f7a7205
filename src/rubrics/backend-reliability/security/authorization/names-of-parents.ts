import type { ts } from "ts-morph";
import {
  isBindingElement,
  isIdentifier,
  isObjectBindingPattern,
  isParameter,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertySignature,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import { contains, nameText, type FunctionWithBody } from "../../../syntax/functions.ts";
import type { Route } from "../../../syntax/route.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const PARAMETER = /\[(?!\.\.\.)(\w+)\]|[:{](\w+)/g;

/** Names of the parameters of a path, in order. */
export function parametersOf(path: string): readonly string[] {
  return [...path.matchAll(PARAMETER)].flatMap((match) => match[1] ?? match[2] ?? []);
}

/** Names by which a handler knows a path parameter: the parameter's own, and the variable it is renamed to. */
export function namesFor(parameter: string, handler: FunctionWithBody, file: SourceFacts): ReadonlySet<string> {
  const names = new Set<string>();
  contains(
    handler,
    (n) => {
      if (isIdentifier(n) && n.text === parameter && !isPropertyKey(n)) names.add(parameter);
      if (
        isBindingElement(n) &&
        n.propertyName?.getText(file.sourceFile) === parameter &&
        isIdentifier(n.name) &&
        !/\bbody\b|\.json\(/.test(n.parent.parent.getText(file.sourceFile).split("=").at(-1) ?? "")
      ) {
        names.delete(parameter);
        names.add(n.name.text);
      }
      return false;
    },
    true,
  );
  return names;
}

/** The tenant that a wrapper found and checked hands to its handler: `withProjectAuth(async (req, res, project) => ...)`, `withTeam(({ team }) => ...)`. */
export function givenParents(route: Route): readonly string[] {
  const wrapper = route.middleware
    .map((m) => m.getText())
    .find((text) => /^with\w*(?:Auth|Team|Workspace|Project|Org|Tenant|Member|Access)/.test(text));
  if (!wrapper || !route.handler) return [];
  const names = route.handler.parameters.flatMap((p) =>
    isIdentifier(p.name) ? [p.name.text] : isObjectBindingPattern(p.name) ? p.name.elements.map((e) => nameText(e.name)) : [],
  );
  return names.filter((name) => TENANT.test(name));
}

/** Names of what rows belong to. */
export const TENANT = /^(?:team|workspace|project|org|organi[sz]ation|tenant|account|company|store|shop)$/;

/** Names of the fields that a procedure reads of its input: `input.id`, `const { id } = input`. */
export function inputFields(handler: FunctionWithBody): readonly string[] {
  const names = new Set<string>();
  contains(
    handler,
    (n) => {
      if (isPropertyAccessExpression(n) && /(?:^|\.)input$/.test(n.expression.getText())) names.add(n.name.text);
      if (isVariableDeclaration(n) && isObjectBindingPattern(n.name) && n.initializer && /(?:^|\.)input$/.test(n.initializer.getText()))
        for (const element of n.name.elements) names.add(nameText(element.propertyName ?? element.name));
      return false;
    },
    true,
  );
  return [...names];
}

/** `id` of `{ id: x }`, of `{ id: renamed } = params` and of `req.user.id`. */
export function isPropertyKey(name: ts.Identifier): boolean {
  const up = name.parent;
  if (isPropertyAssignment(up)) return up.name === name;
  if (isBindingElement(up)) return up.propertyName === name;
  if (isPropertyAccessExpression(up) && up.name === name) return !/(?:params|query|input|body)$/i.test(up.expression.getText());
  return isPropertySignature(up) || (isParameter(up) && up.name !== name);
}
