import { ts } from "ts-morph";
import { isObjectLiteralExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { idParameter, isExported, isExposed, isOfStore } from "./exposed-functions.ts";
import { findUnscopedClientCalls, isDestructive, isPrivileged, outermost } from "./find-unscoped-client-calls.ts";
import { isOwnerName, mentionsIdentity, mentionsOwner } from "../../../syntax/access-checks.ts";
import { accessCandidates, dataAccessOf, type DataAccess, isAccessVerb } from "../../../syntax/data-access.ts";
import { enclosingFunction, nameText, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { inputIn } from "../../../syntax/request-input.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { serverActionOf } from "../../../syntax/server-actions.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { CAPABILITY, isOfContext, isOwnRow, isHandedOn, modelName } from "./row-ids.ts";

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
    words: (name) => isAccessVerb(name) || isDestructive(name),
    look: (_node, file) => {
      const accesses = accessCandidates(file).flatMap((call) => dataAccessOf(call, file) ?? []);
      return [...onePerFunction(ofAccesses(accesses, file)), ...findUnscopedClientCalls(file)];
    },
  },
};

/** The condition; of a chain that ends in `where`, the whole statement, which says what happens to the row. */
function placeOf(access: DataAccess): ts.Node {
  return calleeName(access.node) === "where" ? access.node : (access.filter ?? access.node);
}

/** Several accesses of one function with one fault are one finding at the first. */
function onePerFunction(problems: readonly Problem[]): readonly Problem[] {
  const groups = new Map<string, Problem>();
  for (const problem of problems) {
    const key = `${enclosingFunction(problem.node)?.pos ?? -1} ${problem.message}`;
    const first = groups.get(key);
    groups.set(key, first ? { ...first, alsoTouches: [...(first.alsoTouches ?? []), problem.node] } : problem);
  }
  return [...groups.values()];
}

/** false for what nothing below speaks of: neither an upsert, nor a list of everything, nor reached by its id alone. */
function mayBeSaid(access: DataAccess): boolean {
  if (access.verb === "upsert") return true;
  return access.isList ? access.verb === "findMany" && !access.filter : access.onlyId !== null;
}

function ofAccesses(accesses: readonly DataAccess[], file: SourceFacts): readonly Problem[] {
  const scoped = accesses.filter((a) => a.isScoped);
  return accesses.flatMap((access): readonly Problem[] => {
    if (access.isScoped || !mayBeSaid(access) || isOwnerName(modelName(access.model))) return [];
    const outer = outermost(access.node, file);
    const created = outer && !isPrivileged(outer, file) ? ownerCreated(access, outer) : null;
    if (created) return [ofUpsert(access, created, file)];
    if (!outer || mentionsOwner(outer)) return [];
    if (isPrivileged(outer, file)) return [];
    if (access.isList) return ofList(access, outer, accesses);
    if (!access.onlyId || isOwnRow(access.onlyId, access.model, file) || isOfContext(access.onlyId)) return [];
    const flow = serverActionOf(outer, file)?.client === "" ? null : inputIn(access.onlyId, file);
    if (flow && isHandedOn(access.onlyId, outer, access.node)) return [];
    if (flow && scoped.length > 0 && (access.isWrite || scoped.some((s) => s.model === access.model)))
      return [ofInput(access, scoped, file)];
    if (flow)
      return access.isWrite && mentionsIdentity(outer) && !MACHINE.test(outer.getText(file.sourceFile)) ? [ofCaller(access, file)] : [];
    const same = scoped.filter((s) => s.model === access.model).length;
    if (
      !flow &&
      same >= 2 &&
      access.isWrite &&
      isExposed(outer) &&
      !isOfStore(outer, file) &&
      (parameterBehind(access.onlyId) ?? idParameter(access.onlyId))
    )
      return [ofInput(access, scoped, file)];
    const isLone = accesses.length === 1 && access.isWrite && isExported(outer) && !flow;
    const parameter = isLone ? (parameterBehind(access.onlyId) ?? idParameter(access.onlyId)) : null;
    if (
      !parameter ||
      /^(?:ctx|context|session|user|opts|req|request)$/.test(parameter) ||
      !access.model.startsWith("prisma.") ||
      CAPABILITY.test(access.model) ||
      isOwnRow(access.onlyId, access.model, file)
    )
      return [];
    return [
      {
        node: placeOf(access),
        alsoTouches: [access.node.expression],
        message: `\`${access.model}.${access.verb}\` goes by \`${parameter}\` alone; whether every caller checks whose row it is was not followed.`,
      },
    ];
  });
}

/** The owner that an `upsert` by id alone gives to a new row, and does not ask for in the condition: `create: { ...data, workspaceId }`. */
function ownerCreated(access: DataAccess, outer: FunctionWithBody): string | null {
  if (access.verb !== "upsert" || !access.onlyId || isHandedOn(access.onlyId, outer, access.node)) return null;
  if ((parameterBehind(access.onlyId) ?? idParameter(access.onlyId)) === null) return null;
  const create = propertyOf(access.node.arguments[0], "create");
  const literal = create.state === "present" ? unwrap(create.value) : null;
  if (!literal || !isObjectLiteralExpression(literal)) return null;
  return literal.properties.map((p) => (p.name ? nameText(p.name) : "")).find((name) => name.endsWith("Id") && isOwnerName(name)) ?? null;
}

function ofUpsert(access: DataAccess, owner: string, file: SourceFacts): Problem {
  return {
    node: placeOf(access),
    alsoTouches: [access.node.expression],
    message: `\`${modelName(access.model)}\` is written by \`${access.onlyId?.getText(file.sourceFile) ?? "id"}\` alone: a new row gets its \`${owner}\`, but a row that exists is overwritten whoever it belongs to. Checks in other files were not followed.`,
  };
}

/** Callers that are other systems, not people with rows of their own. */
const MACHINE = /signature|hmac|Receiver\b|CRON|webhook|INTERNAL/;

/** The handler asks whether someone is signed in, and then takes whatever row they name. */
function ofCaller(access: DataAccess, file: SourceFacts): Problem {
  return {
    node: placeOf(access),
    alsoTouches: [access.node.expression],
    message: `\`${modelName(access.model)}\` is changed by \`${access.onlyId?.getText(file.sourceFile) ?? "id"}\` from the request alone: it is asked who calls, not whose row it is. Checks in other files were not followed.`,
  };
}

function ofInput(access: DataAccess, scoped: readonly DataAccess[], file: SourceFacts): Problem {
  const same = scoped.filter((s) => s.model === access.model).length;
  const others =
    same > 0
      ? `${same} other ${same === 1 ? "query" : "queries"} of it here`
      : `${scoped.length} other ${scoped.length === 1 ? "query" : "queries"} in this file`;
  return {
    node: placeOf(access),
    alsoTouches: [access.node.expression],
    message: `\`${modelName(access.model)}\` is reached by \`${access.onlyId?.getText(file.sourceFile) ?? "id"}\` from its caller alone; ${others} also ask${same === 1 || (same === 0 && scoped.length === 1) ? "s" : ""} whose it is. Checks in other files were not followed.`,
  };
}

/** A page of everyone's rows: no filter, but the caller's page and size. */
function ofList(access: DataAccess, outer: FunctionWithBody, accesses: readonly DataAccess[]): readonly Problem[] {
  if (access.filter || access.verb !== "findMany" || !isExported(outer) || accesses.some((a) => a.isScoped)) return [];
  const argument = access.node.arguments[0];
  const literal = argument && unwrap(argument);
  const names = literal && isObjectLiteralExpression(literal) ? literal.properties.map((p) => (p.name ? nameText(p.name) : "")) : [];
  if (!names.includes("take") || !names.includes("skip")) return [];
  return [
    {
      node: access.node.expression,
      alsoTouches: [outer],
      message: `\`${access.model}.findMany\` pages through everyone's rows; whether every caller may see them was not followed.`,
    },
  ];
}
