import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { leftForLater } from "../../../syntax/left-for-later.ts";

/** What is said to be missing. */
const LEFT =
  /^(?:add |implement |check |verify |require |need |needs |missing |handle |do |enable |proper )*(?:security|authenticat\w*|auth\b|sign-?in|login|session|signature|verif(?:y|ication)\b|api keys?\b|token check|secure this|protect)/i;

/** A comment that says that nobody asks who calls yet. */
export const signInIsNotLeftForLater: Rule = {
  id: "sign-in-is-not-left-for-later",
  requirement: "authentication",
  severity: "advisory",
  title: "Who calls is not left for later",
  why: "What a comment leaves for later is open now, and the comment tells everyone who reads the code where.",
  fix: "Ask who calls before this is merged, or keep the route out until it does.",
  source: "CWE-306, CWE-546",
  examples: {
    bad: `import { mailbox } from "./mailbox.ts";
// TODO: security
export async function clean(req, res) {
  res.json(await mailbox.clean(req.body.owner));
}
`,
    good: `import { mailbox } from "./mailbox.ts";
import { requireService } from "./services.ts";
// TODO: tell the owner how many were cleaned
export async function clean(req, res) {
  await requireService(req);
  res.json(await mailbox.clean(req.body.owner));
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) =>
      leftForLater(file)
        .filter(({ text }) => LEFT.test(text))
        .map(({ text, at }) => ({
          node: at,
          message: `A comment leaves \`${text}\` for later: until then whoever calls this is not asked.`,
        })),
  },
};
