import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isParameter,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isTryStatement,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { contains, enclosingFunction, functionOf } from "../../../syntax/functions.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const STARTS = /^(?:startSpan|startActiveSpan)$/;

/** A span that is started and, on some path or on all, never ended. */
export const spanIsEnded: Rule = {
  id: "span-is-ended",
  requirement: "distributed-tracing",
  severity: "blocking",
  title: "A span that is started is ended on every path",
  why: "A span is exported when it ends: one that never does is missing from the trace, exactly where the error was.",
  fix: "End it in finally: `try { ... } catch (error) { span.recordException(error); throw error; } finally { span.end(); }`.",
  source: "https://opentelemetry.io/docs/languages/js/instrumentation/#create-spans",
  examples: {
    bad: `import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("ledger");
export async function settle(batch) {
  const span = tracer.startSpan("settle");
  await ledger.settle(batch);
  span.end();
}
`,
    good: `import { trace } from "@opentelemetry/api";
const tracer = trace.getTracer("ledger");
export async function settle(batch) {
  const span = tracer.startSpan("settle");
  try {
    await ledger.settle(batch);
  } finally {
    span.end();
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["startSpan", "startActiveSpan"],
    look: (node, file) => {
      const tracer = isCallExpression(node) && STARTS.test(calleeName(node)) ? tracerOf(node, file) : null;
      if (!tracer || !isCallExpression(node)) return [];
      const span = spanOf(node);
      if (!span || leaves(span.body, span.name)) return [];
      const ends = endsIn(span, node.end);
      if (ends === "always" || (tracer === "perhaps" && calleeName(node) === "startActiveSpan")) return [];
      const message =
        ends === "never"
          ? `\`${span.name}\` is never ended: it will not be in any trace.`
          : `\`${span.name}\` is not ended when something between throws: the trace lacks it just then.`;
      const isSure = ends === "never" && tracer === "surely";
      return [{ node: node.expression, severity: isSure ? "blocking" : "advisory", alsoTouches: [span.declaration], message }];
    },
  },
};

/** OpenTelemetry's tracer, or perhaps a wrapper of one, which may end its spans itself. Sentry and Datadog do: null. */
function tracerOf(node: ts.CallExpression, file: SourceFacts): "surely" | "perhaps" | null {
  const { module } = calleeOf(node, file);
  if (module === "@opentelemetry/api") return "surely";
  if (module !== null && !/^[.@~#/]/.test(module)) return null;
  if (module !== null && /sentry|dd-trace|datadog/i.test(module)) return null;
  return /(?:^|\.)_?(?:tracer|\w*Tracer)$|getTracer\([^)]{0,80}\)$/.test(receiverOf(node)?.getText(file.sourceFile) ?? "")
    ? "perhaps"
    : null;
}

interface Span {
  readonly name: string;
  readonly body: ts.Node;
  readonly declaration: ts.Node;
}

/** The variable or callback parameter that holds the span, and the code in which it must end. */
function spanOf(node: ts.CallExpression): Span | null {
  if (calleeName(node) === "startActiveSpan") {
    const callback = functionOf(node.arguments.at(-1));
    const parameter = callback?.parameters[0];
    return callback?.body && parameter && isIdentifier(parameter.name)
      ? { name: parameter.name.text, body: callback.body, declaration: parameter }
      : null;
  }
  const holder = node.parent;
  const body = enclosingFunction(node)?.body;
  if (!isVariableDeclaration(holder) || !isIdentifier(holder.name) || !body) return null;
  return { name: holder.name.text, body, declaration: holder };
}

/** Returned, stored, or handed to a function that may end it. */
function leaves(body: ts.Node, name: string): boolean {
  return contains(
    body,
    (n) => {
      if (!isIdentifier(n) || n.text !== name) return false;
      const up = n.parent;
      if (isReturnStatement(up) || isShorthandPropertyAssignment(up) || isNewExpression(up) || isArrayLiteralExpression(up)) return true;
      if (isPropertyAssignment(up) || isBinaryExpression(up)) return (isPropertyAssignment(up) ? up.initializer : up.right) === n;
      return isCallExpression(up) && up.arguments.some((a) => a === n) && calleeName(up) !== "setSpan"
        ? true
        : isArrowFunction(up) && up.body === n;
    },
    true,
  );
}

/** Whether the span ends on every path: in a finally, a catch or a callback, or with nothing awaited between its start and its end. */
function endsIn({ body, name, declaration }: Span, startedAt: number): "always" | "sometimes" | "never" {
  const isEnd = (n: ts.Node): boolean =>
    isCallExpression(n) &&
    isPropertyAccessExpression(n.expression) &&
    /^(?:end|finish)$/.test(n.expression.name.text) &&
    n.expression.expression.getText() === name;
  const ends = (block: ts.Node): boolean => contains(block, isEnd, true);
  if (!ends(body)) return "never";
  const isGuarded = contains(
    body,
    (n) =>
      (isTryStatement(n) &&
        ((n.finallyBlock !== undefined && ends(n.finallyBlock)) || (n.catchClause !== undefined && ends(n.catchClause.block)))) ||
      (isEnd(n) && enclosingFunction(n)?.body !== body),
    true,
  );
  let lastEnd = 0;
  contains(
    body,
    (n) => {
      if (isEnd(n)) lastEnd = n.pos;
      return false;
    },
    true,
  );
  const from = isParameter(declaration) ? body.pos : startedAt;
  const waits = contains(body, (n) => isAwaitExpression(n) && n.pos >= from && n.pos < lastEnd, true);
  return isGuarded || !waits ? "always" : "sometimes";
}
