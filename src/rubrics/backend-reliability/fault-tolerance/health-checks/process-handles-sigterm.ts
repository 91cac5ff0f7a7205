import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { hasString, importsLike, serverStartsOf } from "../../../syntax/servers.ts";

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
    look: (_node, file) => {
      const start = serverStartsOf(file)[0];
      if (
        !start ||
        hasString(file, /^SIG(?:TERM|INT)$/) ||
        importsLike(file, /shutdown|terminus|lightship|graceful|close-with-grace|stoppable|death|signal|lifecycle|exit-hook/i)
      )
        return [];
      const handles = file
        .nodes(ts.SyntaxKind.Identifier)
        .some(
          (n) =>
            ts.isIdentifier(n) && /shutdown|SIGTERM|onSignal|gracefulExit|onApplicationShutdown|onModuleDestroy|AsyncDispose/i.test(n.text),
        );
      if (handles || isHostedElsewhere(start.node, start.kind)) return [];
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

/** A consumer inside a class or a factory is stopped by whoever owns it. */
function isHostedElsewhere(node: ts.Node, kind: "http" | "consumer"): boolean {
  if (kind === "http") return false;
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) if (ts.isClassLike(up) || ts.isFunctionLike(up)) return true;
  return false;
}
