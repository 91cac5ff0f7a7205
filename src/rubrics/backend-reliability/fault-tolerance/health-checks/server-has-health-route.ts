import { ts } from "ts-morph";
import { isIdentifier } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { textParts } from "../../../syntax/literals.ts";
import { hasString, importsLike, loadsLate, serverStartsOf, startsServing } from "../../../syntax/servers.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { Identifier, TemplateExpression } = ts.SyntaxKind;

const HEALTH = /\/(?:\w*health\w*|live(?:ness|z)?|ready|readiness|readyz|ping|status|alive|_?up|heartbeat)\b/i;

/** A server that begins to listen in a file where nothing speaks of health. Routers in other files are followed where they are at hand. */
export const serverHasHealthRoute: Rule = {
  id: "server-has-health-route",
  requirement: "health-checks",
  severity: "advisory",
  title: "A server answers a health route",
  why: "Without one the load balancer sends requests to an instance whose database is gone, and the orchestrator never restarts a stuck one.",
  fix: "Add `GET /health` that reports the state of each dependency with a short timeout, and 503 when a critical one is down.",
  source: "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
  needsWholeFile: true,
  examples: {
    bad: `import express from "express";
const app = express();
app.get("/orders", listOrders);
app.listen(3000);
`,
    good: `import express from "express";
const app = express();
app.get("/health", async (req, res) => res.json({ database: await database.isUp() }));
app.get("/orders", listOrders);
app.listen(3000);
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: startsServing,
    look: (_node, file) => {
      const start = serverStartsOf(file).find((s) => s.kind === "http");
      if (!start || isAddedElsewhere(file) || speaksOfHealth(file) || importsAreAtHand(file, speaksOfHealth)) return [];
      return [
        { node: start.node.expression, alsoTouches: [start.node], message: "The server begins to listen and no health route is in sight." },
      ];
    },
  },
};

/** Routes come from a folder, an application that is loaded while it runs, or the file is about another port's metrics. */
function isAddedElsewhere(file: SourceFacts): boolean {
  const { dependencies } = file.repository;
  return (
    dependencies.has("@fastify/autoload") || dependencies.has("@fastify/under-pressure") || /metrics/i.test(file.path) || loadsLate(file)
  );
}

function speaksOfHealth(file: SourceFacts): boolean {
  return (
    hasString(file, HEALTH) ||
    importsLike(file, /health|terminus|lightship|under-pressure|actuator/i) ||
    file.nodes(TemplateExpression).some((n) => textParts(n).some((t) => HEALTH.test(t))) ||
    file.nodes(Identifier).some((n) => isIdentifier(n) && /health|readiness|liveness/i.test(n.text))
  );
}

/** Some imported local file speaks of it, or cannot be seen: a router elsewhere may hold the route. */
function importsAreAtHand(file: SourceFacts, test: (other: SourceFacts) => boolean): boolean {
  for (const imported of file.imports.values()) {
    if (!/^[.@~#]/.test(imported.from) || (imported.from.startsWith("@") && !imported.from.startsWith("@/"))) continue;
    const other = file.repository.exportOf(file.path, imported.from, imported.name)?.file;
    if (!other ? /rout|app|server|controller|api|module/i.test(imported.from) : test(other)) return true;
  }
  return false;
}
