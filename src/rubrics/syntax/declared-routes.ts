import { ts } from "ts-morph";
import { decoratorCall, decoratorName, decorators } from "./decorators.ts";
import { functionOf, unwrap, wrappedFunction } from "./functions.ts";
import { stringOf } from "./literals.ts";
import type { Route } from "./route.ts";
import type { SourceFacts } from "./source-facts.ts";

const NEST_VERBS: Readonly<Record<string, string>> = {
  Get: "GET",
  Post: "POST",
  Put: "PUT",
  Patch: "PATCH",
  Delete: "DELETE",
  All: "ALL",
  Head: "HEAD",
  Options: "OPTIONS",
  Sse: "GET",
};
const NEXT_VERBS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);

/** Routes declared by NestJS decorators: the method, its path under the controller, its decorators and those of the class. */
export function nestRoutes(file: SourceFacts): Route[] {
  const routes: Route[] = [];
  for (const owner of file.nodes(ts.SyntaxKind.ClassDeclaration)) {
    if (!ts.isClassDeclaration(owner)) continue;
    const controller = decoratorCall(owner, "Controller");
    if (!controller) continue;
    const prefix = stringOf(controller.arguments[0]) ?? "";
    const guards = decorators(owner).flatMap((d) =>
      decoratorName(d).startsWith("Use") || /auth|guard|role|permission|public|throttle/i.test(decoratorName(d)) ? [d] : [],
    );
    for (const member of owner.members) {
      if (!ts.isMethodDeclaration(member)) continue;
      for (const mark of decorators(member)) {
        const method = NEST_VERBS[decoratorName(mark)];
        if (!method) continue;
        const own = ts.isCallExpression(mark.expression) ? stringOf(mark.expression.arguments[0]) : null;
        routes.push({
          framework: "nest",
          method,
          path: `/${[prefix, own ?? ""]
            .map((p) => p.replace(/^\/|\/$/g, ""))
            .filter(Boolean)
            .join("/")}`,
          node: member,
          anchor: mark,
          middleware: decorators(member).filter((d) => d !== mark),
          inherited: guards,
          handler: member,
          owner: owner.name?.text ?? "",
        });
      }
    }
  }
  return routes;
}

/** Next.js: `export async function POST` in route files, the default export under pages/api. */
export function nextRoutes(file: SourceFacts): Route[] {
  const isRouteFile = /(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/.test(file.path);
  const isPagesApi = /(?:^|\/)pages\/api\//.test(file.path);
  if (!isRouteFile && !isPagesApi) return [];
  const path = file.path.replace(/^.*?(?:app|pages)\//, "/").replace(/(?:\/route)?\.[cm]?[jt]sx?$/, "");
  const routes: Route[] = [];
  const add = (method: string, node: ts.Node, anchor: ts.Node, value: ts.Node): void => {
    const e = unwrap(value);
    const wrappers = ts.isCallExpression(e) ? [e.expression] : [];
    routes.push({
      framework: "next",
      method,
      path,
      node,
      anchor,
      middleware: wrappers,
      inherited: [],
      handler: functionOf(e) ?? functionOf(wrappedFunction(e)),
      owner: path,
    });
  };
  for (const statement of file.sourceFile.statements) {
    const isExported =
      ts.canHaveModifiers(statement) && (ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword) ?? false);
    const isDefault =
      ts.canHaveModifiers(statement) && (ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword) ?? false);
    if (isRouteFile && isExported && ts.isFunctionDeclaration(statement) && statement.name && NEXT_VERBS.has(statement.name.text))
      add(statement.name.text, statement, statement.name, statement);
    if (isRouteFile && isExported && ts.isVariableStatement(statement))
      for (const d of statement.declarationList.declarations)
        if (ts.isIdentifier(d.name) && NEXT_VERBS.has(d.name.text) && d.initializer) add(d.name.text, d, d.name, d.initializer);
    if (isPagesApi && isDefault && ts.isFunctionDeclaration(statement)) add("ALL", statement, statement.name ?? statement, statement);
    if (isPagesApi && ts.isExportAssignment(statement)) add("ALL", statement, statement.expression, statement.expression);
  }
  return routes;
}
