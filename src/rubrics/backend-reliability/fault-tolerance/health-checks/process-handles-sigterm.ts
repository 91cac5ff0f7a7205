import { ts } from "ts-morph";
import {
  isCallExpression,
  isClassLike,
  isFunctionLike,
  isIdentifier,
  isReturnStatement,
  isStringLiteralLike,
  isVariableDeclaration,
  isVariableStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains, enclosingFunction } from "../../../syntax/functions.ts";
import { receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { hasString, importsLike, loadsLate, serverStartsOf, startsServing } from "../../../syntax/servers.ts";
import { callsLike } from "../../../syntax/named-calls.ts";

const { ExportKeyword, Identifier } = ts.SyntaxKind;

/** A process that takes work and never hears that it must stop. */
export const processHandlesSigterm: Rule = {
  id: "process-handles-sigterm",
  requirement: "health-checks",
  severity: "advisory",
  title: "A process that takes work handles SIGTERM",
  why: "Every deploy and scale-down sends SIGTERM: without a handler the requests and jobs in flight are cut off.",
  fix: "On SIGTERM stop taking work, finish what is in flight within a deadline, close connections, then exit.",
  source: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
  needsWholeFile: true,
  examples: {
    bad: `import express from "express";
const app = express();
app.get("/health", (req, res) => res.sendStatus(200));
app.listen(3000);
`,
    good: `import express from "express";
const app = express();
app.get("/health", (req, res) => res.sendStatus(200));
const server = app.listen(3000);
process.on("SIGTERM", () => server.close());
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: (file) => listening(file).length > 0 || startsServing(file),
    look: (_node, file) => {
      const lone = interruptAlone(file);
      if (lone) return [lone];
      const start = serverStartsOf(file)[0];
      if (
        !start ||
        hasString(file, /^SIG(?:TERM|INT)$/) ||
        importsLike(file, /shutdown|terminus|lightship|graceful|close-with-grace|stoppable|death|signal|lifecycle|exit-hook/i)
      )
        return [];
      const handles = file
        .nodes(Identifier)
        .some(
          (n) =>
            isIdentifier(n) && /shutdown|SIGTERM|onSignal|gracefulExit|onApplicationShutdown|onModuleDestroy|AsyncDispose/i.test(n.text),
        );
      if (handles || loadsLate(file) || /metrics/i.test(file.path) || isHostedElsewhere(start.node, start.kind) || isHandedOn(start.node))
        return [];
      return [
        {
          node: start.node.expression,
          alsoTouches: [start.node],
          message: `${start.kind === "http" ? "The server" : "The consumer"} starts here and nothing in this file handles SIGTERM.`,
        },
      ];
    },
  },
};

/** `process.on("SIGINT", ...)` without its brother: a terminal stops it cleanly, an orchestrator does not. */
const listening = callsLike(["on", "once"]);

function interruptAlone(file: SourceFacts): Problem | null {
  for (const call of [...file.callsNamed("on"), ...file.callsNamed("once")]) {
    const event = call.arguments[0];
    if (!event || !isStringLiteralLike(event) || event.text !== "SIGINT") continue;
    const isProcess = receiverOf(call)?.getText(file.sourceFile) === "process";
    if (isProcess && call.arguments.length > 1 && !hasString(file, /^SIGTERM$/))
      return {
        node: call.expression,
        message: "`SIGINT` is handled and `SIGTERM` is not: what an orchestrator sends ends the process at once.",
      };
  }
  return null;
}

/** The server goes back to whoever called, who stops it. */
function isHandedOn(node: ts.Node): boolean {
  const fn = enclosingFunction(node);
  if (!fn?.body) return false;
  if (isReturnStatement(node.parent) || node.parent === fn) return true;
  const declared = isVariableDeclaration(node.parent) && isIdentifier(node.parent.name) ? node.parent.name.text : null;
  const receiver = isCallExpression(node) ? receiverOf(node) : null;
  const name = declared ?? (receiver && isIdentifier(receiver) ? receiver.text : null);
  return (
    name !== null && contains(fn.body, (n) => isReturnStatement(n) && n.expression !== undefined && mentions(n.expression, name), true)
  );
}

/** `export const worker = new Worker(...)`. */
function isExported(declaration: ts.VariableDeclaration): boolean {
  const statement = declaration.parent.parent;
  return isVariableStatement(statement) && (statement.modifiers?.some(({ kind }) => kind === ExportKeyword) ?? false);
}

function mentions(node: ts.Node, name: string): boolean {
  return contains(node, (n) => isIdentifier(n) && n.text === name, true);
}

/** A consumer inside a class or a factory is stopped by whoever owns it, an exported one by whoever imports it. */
function isHostedElsewhere(node: ts.Node, kind: "http" | "consumer"): boolean {
  if (kind === "http") return false;
  if (isVariableDeclaration(node.parent) && isExported(node.parent)) return true;
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) if (isClassLike(up) || isFunctionLike(up)) return true;
  return false;
}
