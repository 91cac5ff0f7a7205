import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { leftForLater } from "../../../syntax/left-for-later.ts";

/** What is said to be missing. */
const LEFT =
  /^(?:add |implement |need |needs |missing |handle |enable |proper |some |a |we should |should )*(?:rate[- ]?limit\w*|throttl\w*|captcha|brute[- ]?force)/i;

/** A comment that says that calls are not counted yet. */
export const limitIsNotLeftForLater: Rule = {
  id: "limit-is-not-left-for-later",
  requirement: "rate-limiting",
  severity: "advisory",
  title: "A limit is not left for later",
  why: "What a comment leaves for later is open now, and the comment tells everyone who reads the code where.",
  fix: "Count the calls before this is merged.",
  source: "CWE-770, CWE-546",
  examples: {
    bad: `import { users } from "./users.ts";
export async function authorize({ email, password }) {
  // TODO:
  // Rate limit login attempts by address
  return users.check(email, password);
}
`,
    good: `import { users } from "./users.ts";
import { countAttempt } from "./attempts.ts";
export async function authorize({ email, password }) {
  await countAttempt(email);
  // TODO: tell people how many attempts are left
  return users.check(email, password);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) =>
      leftForLater(file)
        .filter(({ text }) => LEFT.test(text))
        .map(({ text, at }) => ({ node: at, message: `A comment leaves \`${text}\` for later: until then calls are not counted.` })),
  },
};
