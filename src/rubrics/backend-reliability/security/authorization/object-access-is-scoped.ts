import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { isOwnerName, mentionsOwner } from "../../../syntax/access-checks.ts";
import { dataAccessOf, type DataAccess } from "../../../syntax/data-access.ts";
import { enclosingFunction, functionName, isFunction, nameText, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import { routeOf } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** A row taken by the id that the caller sent, whoever owns it. */
export const objectAccessIsScoped: Rule = {
  id: "object-access-is-scoped",
  requirement: "authorization",
  severity: "advisory",
  title: "A row is reached by its owner, not by its id alone",
  why: "Ids are seen in links and logs: a caller who changes one number must not get another customer's row.",
  fix: "Put the owner or tenant of the caller into the query's condition, next to the id.",
  source: "OWASP API Security Top 10, API1 Broken Object Level Authorization; CWE-639",
  needsWholeFile: true,
  examples: {
    bad: `export const list = async (userId: string) => prisma.note.findMany({ where: { userId } });
export async function rename(req, res) {
  res.json(await prisma.note.update({ where: { id: req.params.id }, data: { title: req.body.title } }));
}
`,
    good: `export const list = async (userId: string) => prisma.note.findMany({ where: { userId } });
export async function rename(req, res) {
  res.json(await prisma.note.update({ where: { id: req.params.id, userId: req.user.id }, data: { title: req.body.title } }));
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const calls = file.nodes(ts.SyntaxKind.CallExpression).filter(ts.isCallExpression);
      const accesses = calls.map((call) => dataAccessOf(call, file)).filter((a) => a !== null);
      return [...ofAccesses(accesses, file), ...ofClients(calls, file)];
    },
  },
};

function ofAccesses(accesses: readonly DataAccess[], file: SourceFacts): readonly Problem[] {
  const scoped = accesses.filter((a) => a.isScoped);
  return accesses.flatMap((access): readonly Problem[] => {
    if (access.isScoped || isOwnerName(modelName(access.model))) return [];
    const outer = outermost(access.node, file);
    if (!outer || mentionsOwner(outer)) return [];
    if (isPrivileged(outer, file)) return [];
    if (access.isList) return ofList(access, outer, accesses);
    if (!access.onlyId) return [];
    const flow = inputIn(access.onlyId, file);
    if (flow && (access.isWrite || scoped.some((s) => s.model === access.model)))
      return scoped.length > 0 ? [ofInput(access, scoped, file)] : [];
    const same = scoped.filter((s) => s.model === access.model).length;
    if (!flow && same >= 2 && access.isWrite && isExposed(outer) && (parameterBehind(access.onlyId) ?? idParameter(access.onlyId)))
      return [ofInput(access, scoped, file)];
    const isLone = accesses.length === 1 && access.isWrite && isExported(outer) && !flow;
    const parameter = isLone ? (parameterBehind(access.onlyId) ?? idParameter(access.onlyId)) : null;
    if (!parameter || !access.model.startsWith("prisma.")) return [];
    return [
      {
        node: access.filter ?? access.node,
        alsoTouches: [access.node.expression],
        message: `\`${access.model}.${access.verb}\` goes by \`${parameter}\` alone; whether every caller checks whose row it is was not followed.`,
      },
    ];
  });
}

function ofInput(access: DataAccess, scoped: readonly DataAccess[], file: SourceFacts): Problem {
  const same = scoped.filter((s) => s.model === access.model).length;
  const others =
    same > 0
      ? `${same} other ${same === 1 ? "query" : "queries"} of it here`
      : `${scoped.length} other ${scoped.length === 1 ? "query" : "queries"} in this file`;
  return {
    node: access.filter ?? access.node,
    alsoTouches: [access.node.expression],
    message: `\`${modelName(access.model)}\` is reached by \`${access.onlyId?.getText(file.sourceFile) ?? "id"}\` from the caller alone; ${others} also ask${same === 1 || (same === 0 && scoped.length === 1) ? "s" : ""} whose it is. Checks in other files were not followed.`,
  };
}

/** A page of everyone's rows: no filter, but the caller's page and size. */
function ofList(access: DataAccess, outer: FunctionWithBody, accesses: readonly DataAccess[]): readonly Problem[] {
  if (access.filter || access.verb !== "findMany" || !isExported(outer) || accesses.some((a) => a.isScoped)) return [];
  const argument = access.node.arguments[0];
  const literal = argument && unwrap(argument);
  const names = literal && ts.isObjectLiteralExpression(literal) ? literal.properties.map((p) => (p.name ? nameText(p.name) : "")) : [];
  if (!names.includes("take") || !names.includes("skip")) return [];
  return [
    {
      node: access.node.expression,
      alsoTouches: [outer],
      message: `\`${access.model}.findMany\` pages through everyone's rows; whether every caller may see them was not followed.`,
    },
  ];
}

function modelName(model: string): string {
  return (model.split(".").at(-1) ?? model).replace(/^this\.|(?:Model|Repository|Repo|Table)$/g, "");
}

function outermost(node: ts.Node, file: SourceFacts): FunctionWithBody | null {
  let outer = enclosingFunction(node);
  for (let up = outer; up; up = enclosingFunction(up)) {
    outer = up;
    if (routeOf(up, file)) break;
  }
  return outer;
}

/** Code for operators, jobs and the like sees everyone's rows on purpose. */
function isPrivileged(fn: FunctionWithBody, file: SourceFacts): boolean {
  const owner = routeOf(fn, file)?.owner ?? "";
  return /admin|internal|cron|jobs?\/|worker|webhook|queue|script|system|superuser|backoffice/i.test(
    `${file.path} ${functionName(fn)} ${owner}`,
  );
}

/** A function that other files can call: exported, or a public method. */
function isExposed(fn: FunctionWithBody): boolean {
  if (!ts.isMethodDeclaration(fn)) return isExported(fn);
  return (
    !ts.isPrivateIdentifier(fn.name) &&
    !ts.getModifiers(fn)?.some((m) => m.kind === ts.SyntaxKind.PrivateKeyword || m.kind === ts.SyntaxKind.ProtectedKeyword)
  );
}

function isExported(fn: FunctionWithBody): boolean {
  for (let up: ts.Node = fn; !ts.isSourceFile(up); up = up.parent)
    if (ts.canHaveModifiers(up) && ts.getModifiers(up)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)) return !ts.isClassLike(up);
  return false;
}

/** A number parameter named as an id. */
function idParameter(node: ts.Node): string | null {
  const e = unwrap(node);
  return ts.isIdentifier(e) && /(?:^id|Id)$/.test(e.text) && enclosingParameters(e).includes(e.text) ? e.text : null;
}

function enclosingParameters(node: ts.Node): readonly string[] {
  const fn = enclosingFunction(node);
  return fn
    ? fn.parameters.flatMap((p) =>
        ts.isIdentifier(p.name)
          ? [p.name.text]
          : p.name.elements.map((e) => (ts.isBindingElement(e) && ts.isIdentifier(e.name) ? e.name.text : "")),
      )
    : [];
}

const DESTRUCTIVE = /^(?:delete|remove|destroy|revoke|archive|update|patch|disable)[A-Z]\w*$/;

/** `client.deleteThings({ id })` where other calls of the same client in the file name the tenant. */
function ofClients(calls: readonly ts.CallExpression[], file: SourceFacts): readonly Problem[] {
  return calls.flatMap((call): Problem[] => {
    if (!DESTRUCTIVE.test(calleeName(call))) return [];
    const receiver = receiverOf(call);
    const keys = keysOf(call.arguments[0]);
    if (!receiver || !keys || keys.some(isOwnerName)) return [];
    const name = receiver.getText(file.sourceFile);
    const siblings = calls.filter(
      (other) => other !== call && receiverOf(other)?.getText(file.sourceFile) === name && keysOf(other.arguments[0])?.some(isOwnerName),
    );
    const owner = siblings.length > 0 ? keysOf(siblings[0]?.arguments[0])?.find(isOwnerName) : undefined;
    if (
      !owner ||
      siblings.length < 2 ||
      !literalOf(call.arguments[0])?.properties.some((p) => isInputProperty(p, file)) ||
      isSettledBefore(call, calls, file)
    )
      return [];
    return [
      {
        node: call,
        message: `\`${calleeName(call)}\` goes by what the caller sent alone; ${siblings.length} other calls of \`${name}\` here name \`${owner}\`. Whether it was checked before was not followed.`,
      },
    ];
  });
}

function literalOf(node: ts.Node | undefined): ts.ObjectLiteralExpression | null {
  const e = node && unwrap(node);
  return e && ts.isObjectLiteralExpression(e) ? e : null;
}

function keysOf(node: ts.Node | undefined): readonly string[] | null {
  const literal = literalOf(node);
  if (!literal || literal.properties.some(ts.isSpreadAssignment)) return null;
  return literal.properties.map((p) => (p.name && !isFunction(p) ? nameText(p.name) : ""));
}

/** The function was let in by role, looked at the id, or asked for the same row with its owner before. */
function isSettledBefore(call: ts.CallExpression, calls: readonly ts.CallExpression[], file: SourceFacts): boolean {
  const outer = outermost(call, file);
  if (!outer || isPrivileged(outer, file)) return true;
  const values = (literalOf(call.arguments[0])?.properties ?? []).flatMap((p) => (p.name ? [nameText(p.name)] : []));
  const asked = calls.some((other) => {
    const keys = keysOf(other.arguments[0]);
    return other.pos < call.pos && other.pos > outer.pos && keys !== null && keys.some(isOwnerName) && values.some((v) => keys.includes(v));
  });
  if (asked) return true;
  return (literalOf(call.arguments[0])?.properties ?? []).some((p) => {
    const value = ts.isPropertyAssignment(p) ? p.initializer : ts.isShorthandPropertyAssignment(p) ? p.name : null;
    const flow = value && inputIn(value, file);
    return flow ? isExaminedBefore(flow, call, file) : false;
  });
}

function isInputProperty(property: ts.ObjectLiteralElementLike, file: SourceFacts): boolean {
  const value = ts.isPropertyAssignment(property)
    ? property.initializer
    : ts.isShorthandPropertyAssignment(property)
      ? property.name
      : null;
  return value !== null && inputIn(value, file) !== null;
}
