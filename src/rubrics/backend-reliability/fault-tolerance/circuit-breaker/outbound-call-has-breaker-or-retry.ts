import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { enclosingTry } from "../../../syntax/catches.ts";
import { outboundCallsOf, type OutboundCall, callsOut } from "../../../syntax/outbound-calls.ts";
import { isInsideRequestHandler } from "../../../syntax/requests.ts";
import { importsLike } from "../../../syntax/servers.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** An inference, so advisory and said once a file: a request that waits for another service, with no breaker, retry or fallback in sight. */
export const outboundCallHasBreakerOrRetry: Rule = {
  id: "outbound-call-has-breaker-or-retry",
  requirement: "circuit-breaker",
  severity: "advisory",
  title: "A call on the request path has a breaker, a retry or a fallback",
  why: "When the dependency slows down, every request waits for it: one slow service becomes an outage of this one.",
  fix: "Put a circuit breaker around the client (opossum, cockatiel: 5 failures in 10 s, 30 s reset) with a fallback.",
  source: "https://sre.google/sre-book/addressing-cascading-failures/",
  needsWholeFile: true,
  examples: {
    bad: `import express from "express";
const app = express();
app.get("/quote/:id", async (req, res) => {
  const answer = await fetch(\`https://quotes.example.com/\${req.params.id}\`, { signal: AbortSignal.timeout(2000) });
  res.json(await answer.json());
});
`,
    good: `import express from "express";
import CircuitBreaker from "opossum";
const app = express();
const quotes = new CircuitBreaker((id) => fetch(\`https://quotes.example.com/\${id}\`, { signal: AbortSignal.timeout(2000) }));
app.get("/quote/:id", async (req, res) => {
  res.json(await (await quotes.fire(req.params.id)).json());
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: callsOut,
    look: (_node, file) => {
      const [first, ...others] = outboundCallsOf(file).filter((call) => isExposed(call, file));
      if (!first || isProtected(file)) return [];
      const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
      return [
        {
          node: first.node.expression,
          alsoTouches: others.map((o) => o.node.expression),
          message: `\`${calleeText(first.node, file)}(...)\`${more} is waited for while a request is answered, with no breaker, retry or fallback in this file.`,
        },
      ];
    },
  },
};

function isExposed(call: OutboundCall, file: SourceFacts): boolean {
  return isInsideRequestHandler(call.node, file) && enclosingTry(call.node) === null;
}

/** Any resilience library, or a name that says so: what it wraps is not followed. */
function isProtected(file: SourceFacts): boolean {
  return importsLike(
    file,
    /opossum|cockatiel|brakes|hystrix|mollitia|p-retry|async-retry|axios-retry|fetch-retry|promise-retry|exponential-backoff|retry|breaker|resilien|fallback/i,
  );
}
