import { ts } from "ts-morph";
import {
  canHaveModifiers,
  getModifiers,
  isCallExpression,
  isClassDeclaration,
  isExportAssignment,
  isFunctionDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isVariableStatement,
} from "./guards.ts";
import { decoratorCall, decoratorName, decorators } from "./decorators.ts";
import { functionOf, nameText, unwrap, wrappedFunction } from "./functions.ts";
import { stringOf } from "./literals.ts";
import type { Route } from "./route.ts";
import type { SourceFacts } from "./source-facts.ts";

const { ClassDeclaration, DefaultKeyword, ExportKeyword } = ts.SyntaxKind;

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
/** GraphQL: a method that answers a field of the root. */
const RESOLVER_VERBS: Readonly<Record<string, string>> = { Query: "QUERY", Mutation: "MUTATION" };
const NEXT_VERBS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);

/** Routes declared by NestJS decorators: the method, its path under the controller, its decorators and those of the class. */
export function nestRoutes(file: SourceFacts): Route[] {
  const routes: Route[] = [];
  if (!file.names.has("Controller") && !file.names.has("Resolver")) return routes;
  for (const owner of file.nodes(ClassDeclaration)) {
    if (!isClassDeclaration(owner)) continue;
    const controller = decoratorCall(owner, "Controller");
    const resolver = controller ? null : decoratorCall(owner, "Resolver");
    if (!controller && !resolver) continue;
    const verbs = controller ? NEST_VERBS : RESOLVER_VERBS;
    const prefix = controller ? (stringOf(controller.arguments[0]) ?? "") : "";
    const guards = decorators(owner).flatMap((d) =>
      decoratorName(d).startsWith("Use") || /auth|guard|role|permission|public|throttle/i.test(decoratorName(d)) ? [d] : [],
    );
    for (const member of owner.members) {
      if (!isMethodDeclaration(member)) continue;
      for (const mark of decorators(member)) {
        const method = verbs[decoratorName(mark)];
        if (!method) continue;
        const given = isCallExpression(mark.expression) ? stringOf(mark.expression.arguments[0]) : null;
        const own = resolver ? nameText(member.name) : given;
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

/** SvelteKit: `export async function POST` in `+server.ts`; Remix and React Router: `loader` and `action` of a file under `routes/`. */
export function fileRoutes(file: SourceFacts): Route[] {
  if (!file.path.includes("+server.") && !file.path.includes("routes/")) return [];
  const isSvelte = /(?:^|\/)\+server\.[jt]s$/.test(file.path);
  const isRemix =
    /(?:^|\/)routes\/.+\.[jt]sx?$/.test(file.path) &&
    [...file.imports.values()].some((i) => /^(?:@remix-run\/|react-router$|@react-router\/)/.test(i.from));
  if (!isSvelte && !isRemix) return [];
  const path = `/${file.path
    .replace(/^.*?(?:^|\/)routes\//, "")
    .replace(/(?:\/?\+server)?\.[jt]sx?$/, "")
    .replaceAll(isRemix ? "." : "/", "/")
    .replace(/\$(\w+)/g, "[$1]")}`;
  const methodOf = (name: string): string | null =>
    isSvelte ? (NEXT_VERBS.has(name) ? name : null) : name === "loader" ? "GET" : name === "action" ? "POST" : null;
  return exportedFunctions(file).flatMap(({ name, anchor, value }) => {
    const method = methodOf(name);
    const handler = functionOf(value) ?? functionOf(wrappedFunction(value));
    if (!method || !handler) return [];
    const e = unwrap(value);
    return [
      {
        framework: "other" as const,
        method,
        path,
        node: handler,
        anchor,
        middleware: isCallExpression(e) ? [e.expression] : [],
        inherited: [],
        handler,
        owner: path,
      },
    ];
  });
}

/** Exported functions and constants of a file, by name. */
function exportedFunctions(file: SourceFacts): readonly { name: string; anchor: ts.Node; value: ts.Node }[] {
  return file.sourceFile.statements.flatMap((statement): { name: string; anchor: ts.Node; value: ts.Node }[] => {
    if (!canHaveModifiers(statement) || !getModifiers(statement)?.some((m) => m.kind === ExportKeyword)) return [];
    if (isFunctionDeclaration(statement) && statement.name)
      return [{ name: statement.name.text, anchor: statement.name, value: statement }];
    if (!isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap((d) =>
      isIdentifier(d.name) && d.initializer ? [{ name: d.name.text, anchor: d.name, value: d.initializer }] : [],
    );
  });
}

/** Next.js: `export async function POST` in route files, the default export under pages/api. */
export function nextRoutes(file: SourceFacts): Route[] {
  if (!file.path.includes("route.") && !file.path.includes("pages/api/")) return [];
  const isRouteFile = /(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/.test(file.path);
  const isPagesApi = /(?:^|\/)pages\/api\//.test(file.path);
  if (!isRouteFile && !isPagesApi) return [];
  const path = file.path.replace(/^.*?(?:app|pages)\//, "/").replace(/(?:\/route)?\.[cm]?[jt]sx?$/, "");
  const routes: Route[] = [];
  const add = (method: string, node: ts.Node, anchor: ts.Node, value: ts.Node): void => {
    const e = unwrap(value);
    const wrappers = isCallExpression(e) ? [e.expression] : [];
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
    const isExported = canHaveModifiers(statement) && (getModifiers(statement)?.some((m) => m.kind === ExportKeyword) ?? false);
    const isDefault = canHaveModifiers(statement) && (getModifiers(statement)?.some((m) => m.kind === DefaultKeyword) ?? false);
    if (isRouteFile && isExported && isFunctionDeclaration(statement) && statement.name && NEXT_VERBS.has(statement.name.text))
      add(statement.name.text, statement, statement.name, statement);
    if (isRouteFile && isExported && isVariableStatement(statement))
      for (const d of statement.declarationList.declarations)
        if (isIdentifier(d.name) && NEXT_VERBS.has(d.name.text) && d.initializer) add(d.name.text, d, d.name, d.initializer);
    if (isPagesApi && isDefault && isFunctionDeclaration(statement)) add("ALL", statement, statement.name ?? statement, statement);
    if (isPagesApi && isExportAssignment(statement)) add("ALL", statement, statement.expression, statement.expression);
  }
  return routes;
}
