import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { formerOf } from "../../../syntax/former-file.ts";
import { lostCalls } from "../../../syntax/lost-calls.ts";
import { lostOptions } from "../../../syntax/lost-options.ts";
import { remembered } from "../../../syntax/named-calls.ts";
import { receiverOf } from "../../../syntax/origin.ts";

const isTimeout = remembered(
  (name) => /^(?:signal|deadline(?:Ms)?|maxTimeMS|max_?wait\w{0,20})$|time_?out/i.test(name) && !/^clear/i.test(name),
);
const CALLS = ["setTimeout", "timeout", "setRequestTimeout"];

/** A change that takes a timeout, a deadline or a signal from a call, a client or a socket that is still there. */
export const timeoutIsKept: Rule = {
  id: "timeout-is-kept",
  requirement: "timeouts",
  severity: "advisory",
  title: "What had a timeout still has one",
  why: "Somebody bounded this wait for a reason; without the bound it lasts as long as the other side likes.",
  fix: "Put the timeout back, or set it where all such calls get it and say so in the pull request.",
  source: "https://sre.google/sre-book/addressing-cascading-failures/ (deadlines)",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { query } from "./warehouse.ts";
export async function report(id) {
  return query("SELECT * FROM sales WHERE id = $1", [id], {
    retries: 2,
    timeout: 10_000, // removed
  });
}
`,
    good: `import { query } from "./warehouse.ts";
const bounded = { timeout: 10_000 }; // added
export async function report(id) {
  return query("SELECT * FROM sales WHERE id = $1", [id], {
    retries: 2,
    timeout: 10_000, // removed
    ...bounded, // added
  });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const former = formerOf(file);
      if (!former) return [];
      const options = lostOptions(file, former, isTimeout).map(({ owner, settings, name }): Problem => ({
        node: owner,
        ...(settings ? { alsoTouches: [settings] } : {}),
        message: `The change takes \`${name}\` from \`${owner.getText(file.sourceFile).slice(0, 60)}\`; where else its wait may be bounded was not followed.`,
      }));
      const calls = lostCalls(file, former, CALLS, (call) => {
        const receiver = receiverOf(call);
        return receiver !== null && !/^(?:window|global|globalThis|timers?)$/.test(receiver.getText());
      }).map(({ on, was }): Problem => {
        const name = was.expression.getText().replace(/\s+/g, " ").slice(-40);
        return { node: on, message: `The change takes \`${name}(...)\` away: nothing here bounds that wait any more.` };
      });
      return [...options, ...calls];
    },
  },
};
