import { ts } from "ts-morph";
import {
  isCallExpression,
  isImportDeclaration,
  isNamedImports,
  isStringLiteral,
  isStringLiteralLike,
  isVariableStatement,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeName, calleeOf, originOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { TypeKeyword } = ts.SyntaxKind;

/** Modules that OpenTelemetry instruments by patching them as they load. */
const PATCHED =
  /^(?:express|fastify|koa|@nestjs\/core|pg|mysql2?|mongodb|mongoose|ioredis|redis|knex|kafkajs|amqplib|graphql|@hapi\/hapi|restify)$/;

/** Tracing that starts in a file which has already loaded what it should patch. */
export const instrumentationLoadsFirst: Rule = {
  id: "instrumentation-loads-first",
  requirement: "distributed-tracing",
  severity: "advisory",
  title: "Instrumentation starts before the modules it patches are loaded",
  why: "Imports run before the first statement: what is loaded by then is not patched, and its calls are missing from every trace without any error.",
  fix: "Move it to a file of its own and load that first: `node --import ./instrumentation.ts src/main.ts`, or make it the first import.",
  source: "https://opentelemetry.io/docs/languages/js/getting-started/nodejs/#setup",
  needsWholeFile: true,
  examples: {
    bad: `import express from "express";
import { NodeSDK } from "@opentelemetry/sdk-node";
const sdk = new NodeSDK({ serviceName: "orders" });
sdk.start();
const app = express();
`,
    good: `import { NodeSDK } from "@opentelemetry/sdk-node";
const sdk = new NodeSDK({ serviceName: "orders" });
sdk.start();
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["start", "init", "registerInstrumentations"],
    look: (node, file) => {
      if (!isCallExpression(node) || !startsTracing(node, file)) return [];
      const early = loadedBefore(node, file);
      if (!early) return [];
      return [
        {
          node: node.expression,
          alsoTouches: [early.node],
          message: `\`${early.name}\` is loaded before tracing starts here, so its calls are not traced.`,
        },
      ];
    },
  },
};

function startsTracing(node: ts.CallExpression, file: SourceFacts): boolean {
  const name = calleeName(node);
  const origin = calleeOf(node, file);
  if (name === "start") return origin.module === "@opentelemetry/sdk-node" && origin.path[0] === "NodeSDK";
  if (name === "init") return origin.module === "dd-trace" && origin.path.at(-1) === "init";
  return name === "registerInstrumentations" && originOf(node.expression, file).module === "@opentelemetry/instrumentation";
}

/** An import declaration anywhere in the file (they all run first), or a `require` above the call. Type-only imports load nothing. */
function loadedBefore(node: ts.CallExpression, file: SourceFacts): { readonly node: ts.Node; readonly name: string } | null {
  for (const statement of file.sourceFile.statements) {
    if (
      isImportDeclaration(statement) &&
      !isTypeOnly(statement) &&
      isStringLiteral(statement.moduleSpecifier) &&
      PATCHED.test(statement.moduleSpecifier.text)
    )
      return { node: statement, name: statement.moduleSpecifier.text };
    if (!isVariableStatement(statement) || statement.pos > node.pos) continue;
    for (const { initializer } of statement.declarationList.declarations) {
      const required =
        initializer && isCallExpression(initializer) && initializer.expression.getText() === "require"
          ? initializer.arguments[0]
          : undefined;
      if (required && isStringLiteralLike(required) && PATCHED.test(required.text)) return { node: statement, name: required.text };
    }
  }
  return null;
}

function isTypeOnly(statement: ts.ImportDeclaration): boolean {
  const clause = statement.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === TypeKeyword) return true;
  const names = clause.namedBindings;
  return clause.name === undefined && names !== undefined && isNamedImports(names) && names.elements.every((e) => e.isTypeOnly);
}
