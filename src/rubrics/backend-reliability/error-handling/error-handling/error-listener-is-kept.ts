import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { formerOf } from "../../../syntax/former-file.ts";
import { isStringLiteralLike } from "../../../syntax/guards.ts";
import { lostCalls } from "../../../syntax/lost-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const LISTENS = ["on", "once", "addListener", "prependListener"];
/** What listens to the errors of the streams that it is handed. */
const LISTENS_ITSELF = ["pipeline", "finished"];

/** A change that takes the `error` listener from an emitter that is still there. */
export const errorListenerIsKept: Rule = {
  id: "error-listener-is-kept",
  requirement: "error-handling",
  severity: "advisory",
  title: "An emitter that had an error listener still has one",
  why: "Node ends the process when an emitter emits `error` and nobody listens, and a promise that its listener rejected hangs for ever.",
  fix: "Put the listener back, or hand the stream to `pipeline`, which listens itself.",
  source: "https://nodejs.org/api/events.html#error-events",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { openFeed } from "./feed.ts";
export function follow(accept) {
  const feed = openFeed();
  feed.on("error", (error) => logger.error({ err: error }, "feed")); // removed
  feed.on("data", accept);
}
`,
    good: `import { openFeed } from "./feed.ts";
export function follow(accept) {
  const feed = openFeed();
  feed.on("error", (error) => logger.error({ err: error }, "feed")); // removed
  feed.once("error", (error) => accept(null, error)); // added
  feed.on("data", accept);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const former = formerOf(file);
      if (!former || LISTENS_ITSELF.some((name) => file.names.has(name) && !former.names.has(name))) return [];
      return lostCalls(file, former, LISTENS, hearsErrors).map(({ on }) => problemOf(on, file));
    },
  },
};

function hearsErrors(call: ts.CallExpression): boolean {
  const event = call.arguments[0];
  return event !== undefined && isStringLiteralLike(event) && event.text === "error";
}

function problemOf(on: ts.Node, file: SourceFacts): Problem {
  const text = on.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60);
  return {
    node: on,
    message: `The change takes the \`error\` listener of \`${text}\` away: what it emits ends the process, or is never told.`,
  };
}
