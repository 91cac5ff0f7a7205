import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { errorReceiverOf } from "../../../syntax/catches.ts";
import { contains, isFunction } from "../../../syntax/functions.ts";
import { isIdentifier } from "../../../syntax/guards.ts";
import { textParts } from "../../../syntax/literals.ts";
import { logCallOf } from "../../../syntax/log-calls.ts";

const SUCCESS =
  /^(?:\[[^\]]{0,60}\]:? ?)?(?:successfully\b|(?:\w+ ){1,5}successfully\b|(?:server |app |worker )?(?:started|listening|connected|ready|running|upgraded|completed|finished|loaded|initiali[sz]ed|created|updated|saved|sent|processed|registered|starting)\b)/i;
const FAILURE =
  /\b(?:not|no|fail\w*|error\w*|un\w+|could|can(?:'t|not)|invalid|missing|wrong|too|but|without|after|before|already|expected|refus\w*|reject\w*|abort\w*|exceed\w*|lost|skipp\w*|timed|timeout|never|outdated|deprecated|twice|duplicate\w*|only|instead)\b|[!?]/i;

/** `logger.error("server started")`: a success at the level that wakes people. */
export const errorLogTellsOfAnError: Rule = {
  id: "error-log-tells-of-an-error",
  requirement: "log-levels",
  severity: "advisory",
  title: "A success is not logged at error",
  why: "ERROR is the level that alerts are built on: lines that tell of no failure teach everyone to look away.",
  fix: "Log it at info, or at debug when it happens often.",
  source: "https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1",
  examples: {
    bad: `export async function migrate(store) {
  await store.upgrade();
  logger.error("upgraded the store");
}
`,
    good: `export async function migrate(store) {
  await store.upgrade();
  logger.info("upgraded the store");
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["error", "fatal", "critical", "emerg"],
    look: (node, file) => {
      const call = logCallOf(node, file);
      if (!call || !["error", "fatal"].includes(call.level) || isInCatch(node)) return [];
      const text = call.args.map((argument) => textParts(argument).join(" ")).find((part) => part !== "") ?? "";
      if (
        !SUCCESS.test(text) ||
        FAILURE.test(text) ||
        call.args.some((a) => contains(a, (n) => isIdentifier(n) && /^(?:e|ex)$|err|reason|cause/i.test(n.text)))
      )
        return [];
      return [{ node, message: `This line tells of no failure, and it is logged at ${call.level}.` }];
    },
  },
};

function isInCatch(node: ts.Node): boolean {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (errorReceiverOf(up)) return true;
    if (isFunction(up)) return false;
  }
  return false;
}
