import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { leftForLater } from "../../../syntax/left-for-later.ts";

/** What is said to be missing. */
const LEFT =
  /^(?:add |implement |check |verify |require |need |needs |missing |handle |do |enable |proper |restrict |limit |filter )*(?:by )?(?:the )?(?:user |caller |page )?(?:permissions?|authori[sz]ation|access (?:control|check|rights)|owner(?:ship)?|roles?\b|rights|acl|rbac|rules\b|admins? only|if (?:the )?user (?:can|may|has|is allowed|owns))/i;

/** A comment that says that nobody asks yet whether the caller may. */
export const rightsAreNotLeftForLater: Rule = {
  id: "rights-are-not-left-for-later",
  requirement: "authorization",
  severity: "advisory",
  title: "Who may is not left for later",
  why: "What a comment leaves for later is open now, and the comment tells everyone who reads the code where.",
  fix: "Ask whether the caller may before this is merged, or keep the operation out until it does.",
  source: "CWE-862, CWE-546",
  examples: {
    bad: `import { templates } from "./templates.ts";
export async function update(id, fields) {
  // TODO: add permissions
  return templates.update(id, fields);
}
`,
    good: `import { templates } from "./templates.ts";
import { assertEditor } from "./rights.ts";
export async function update(user, id, fields) {
  await assertEditor(user, id);
  // TODO: describe in the guide who is an editor
  return templates.update(id, fields);
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
          message: `A comment leaves \`${text}\` for later: until then nobody asks whether the caller may.`,
        })),
  },
};
