import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { formerOf } from "../../../syntax/former-file.ts";
import { lostOptions } from "../../../syntax/lost-options.ts";
import { remembered } from "../../../syntax/named-calls.ts";

const isCorrelationId = remembered((name) => /^(?:x-)?(?:req(?:uest)?|correlation|trace|transaction)[-_]?ids?$/i.test(name));

/** A change that takes the request's id from a log line, a call or a job that is still there. */
export const correlationIdIsKept: Rule = {
  id: "correlation-id-is-kept",
  requirement: "correlation-ids",
  severity: "advisory",
  title: "What carried the request's id still does",
  why: "One line without the id breaks the trail: what happened before and after it can no longer be put together.",
  fix: "Hand the id on again, or let the logger or client add it and say so in the pull request.",
  source: "https://microservices.io/patterns/observability/distributed-tracing.html",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `export async function remove(job) {
  await storage.remove(job.key);
  logger.info({ key: job.key, requestId: job.requestId }, "removed"); // removed
  logger.info({ key: job.key }, "removed"); // added
}
`,
    good: `export async function remove(job) {
  await storage.remove(job.key);
  const log = logger.child({ requestId: job.requestId }); // added
  logger.info({ key: job.key, requestId: job.requestId }, "removed"); // removed
  log.info({ key: job.key }, "removed"); // added
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const former = formerOf(file);
      if (!former) return [];
      return lostOptions(file, former, isCorrelationId).map(({ owner, settings, name }): Problem => ({
        node: owner,
        ...(settings ? { alsoTouches: [settings] } : {}),
        message: `The change takes \`${name}\` from \`${owner.getText(file.sourceFile).slice(0, 60)}\`: this part of a request can no longer be found by it.`,
      }));
    },
  },
};
