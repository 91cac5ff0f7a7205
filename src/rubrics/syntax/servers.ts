import { ts } from "ts-morph";
import { isCallExpression, isImportDeclaration, isNewExpression } from "./guards.ts";
import { stringOf } from "./literals.ts";
import { mayComeFrom } from "./module-reach.ts";
import { callsLike } from "./named-calls.ts";
import { calleeName, calleeOf, originOf, receiverOf } from "./origin.ts";
import { perFile } from "./per-file.ts";
import { routerFramework } from "./router-framework.ts";
import type { SourceFacts } from "./source-facts.ts";

const { CallExpression, ImportDeclaration, ImportKeyword, NewExpression, NoSubstitutionTemplateLiteral, StringLiteral } = ts.SyntaxKind;

/** A place where the process begins to take work. */
export interface ServerStart {
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly kind: "http" | "consumer";
}

/** Where this file begins to listen for HTTP or to consume a queue; in source order. */
export const serverStartsOf = perFile((file): readonly ServerStart[] => {
  if (startingCalls(file).length === 0 && !mayHaveWorker(file)) return NO_STARTS;
  return [...listens(file), ...consumers(file)].toSorted((a, b) => a.node.pos - b.node.pos);
});

const NO_STARTS: readonly ServerStart[] = [];
const startingCalls = callsLike(["listen", "serve", "run", "consume"]);

/** true when a server or consumer starts in the file: for `when`. */
export function startsServing(file: SourceFacts): boolean {
  return serverStartsOf(file).length > 0;
}

function listens(file: SourceFacts): ServerStart[] {
  return [...file.callsNamed("listen"), ...file.callsNamed("serve")].flatMap((node): ServerStart[] => {
    const name = calleeName(node);
    const origin = calleeOf(node, file);
    if (
      name === "serve" &&
      ((origin.module ?? "").startsWith("@hono/node-server") || (origin.kind === "global" && /^(?:Bun|Deno)$/.test(origin.path[0] ?? "")))
    )
      return [{ node, kind: "http" }];
    const receiver = receiverOf(node);
    if (name !== "listen" || !receiver) return [];
    const isServer =
      /^(?:http|https|http2|express|fastify|koa|restify|polka|@nestjs\/core|apollo-server\S*|@apollo\/server\S*)$/.test(
        origin.module ?? "",
      ) || routerFramework(receiver, file) !== null;
    return isServer ? [{ node, kind: "http" }] : [];
  });
}

const mayHaveWorker = perFile((file) => file.nodes(NewExpression).length > 0 && mayComeFrom(file, (module) => module === "bullmq"));

function consumers(file: SourceFacts): ServerStart[] {
  const workers = (mayHaveWorker(file) ? file.nodes(NewExpression) : []).flatMap((node): ServerStart[] => {
    if (!isNewExpression(node)) return [];
    const origin = originOf(node.expression, file);
    return origin.module === "bullmq" && origin.path[0] === "Worker" ? [{ node, kind: "consumer" }] : [];
  });
  const calls = [...file.callsNamed("run"), ...file.callsNamed("consume")].flatMap((node): ServerStart[] => {
    const name = calleeName(node);
    const origin = calleeOf(node, file);
    const isKafka = origin.module === "kafkajs" && name === "run";
    const isAmqp = /^(?:amqplib|amqp-connection-manager)$/.test(origin.module ?? "") && name === "consume";
    return isKafka || isAmqp ? [{ node, kind: "consumer" }] : [];
  });
  return [...workers, ...calls];
}

/** true when the file loads modules while it runs (`await import("./app.ts")`): what they add cannot be seen from here. */
export function loadsLate(file: SourceFacts): boolean {
  return file.nodes(CallExpression).some((node) => isCallExpression(node) && node.expression.kind === ImportKeyword);
}

/** true when a string somewhere in the file satisfies the test. */
export function hasString(file: SourceFacts, test: RegExp): boolean {
  return [StringLiteral, NoSubstitutionTemplateLiteral].some((kind) => file.nodes(kind).some((node) => test.test(stringOf(node) ?? "")));
}

/** true when the file imports from, or under, a name that satisfies the test. */
export function importsLike(file: SourceFacts, test: RegExp): boolean {
  const known = importTests(file);
  let answer = known.get(test.source);
  if (answer === undefined) known.set(test.source, (answer = importedNames(file).some((name) => test.test(name))));
  return answer;
}

/** What importsLike found out about a file, by the pattern. */
const importTests = perFile(() => new Map<string, boolean>());

/** Local names and modules of the imports. */
const importedNames = perFile((file): readonly string[] => {
  const names = new Set<string>();
  for (const [local, imported] of file.imports) names.add(local).add(imported.from);
  for (const node of file.nodes(ImportDeclaration)) if (isImportDeclaration(node)) names.add(stringOf(node.moduleSpecifier) ?? "");
  return [...names];
});
