import { ts } from "ts-morph";
import { isIdentifier, isNumericLiteral, isStringLiteralLike } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { lostSafeguards } from "../../../syntax/lost-safeguards.ts";

/** Finds out who calls, or proves where a message comes from. */
const ASKS_WHO =
  /^(?:is|require|ensure|must|with|verify|check|assert|validate|protect|resolve|decode|get(?:Server|Current|Required|Valid)?)_?\w{0,24}(?:Auth(?:enticated|entication|ed)?|Session|LoggedIn|Login|SignedIn|Jwt|JWT|Token|Signature|ApiKey|Credentials?|Caller|CurrentUser|Captcha|Turnstile)(?![a-z])\w{0,16}$|^(?:require|ensure|verify|assert|current|getCurrent|getAuth\w{0,12}|getRequired)User$|^(?:authenticate\w*|auth|getAuth|isAuthenticated|UseGuards|\w*AuthGuard|jwtVerify|constructEvent|timingSafeEqual|safeCompare|constantTime\w*|(?:protected|authed|authenticated|private)\w*Procedure|\w*[aA]uth(?:Middleware|Check|Required|Hook|Handler)|loginRequired|UNAUTHORIZED|Unauthorized\w*|NotAuthenticated\w*|Unauthenticated\w*)$/;

const isWord = (node: ts.Node): boolean =>
  isIdentifier(node)
    ? ASKS_WHO.test(node.text)
    : isNumericLiteral(node)
      ? node.text === "401"
      : isStringLiteralLike(node) && node.text === "UNAUTHORIZED";

/** A change that takes the question who calls from code that still answers. */
export const signInCheckIsKept: Rule = {
  id: "sign-in-check-is-kept",
  requirement: "authentication",
  severity: "advisory",
  title: "What asked who calls still asks",
  why: "A check that goes with a refactoring is missed by nobody until a stranger calls.",
  fix: "Put the check back, or say in the pull request where every caller is asked now.",
  source: "OWASP API Security Top 10, API2 Broken Authentication; CWE-306",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { invoices } from "./invoices.ts";
import { requireSession } from "./session.ts";
export async function listInvoices(req, res) {
  const session = await requireSession(req); // removed
  const all = await invoices.list(req.query.month);
  res.json(all);
}
`,
    good: `import { invoices } from "./invoices.ts";
import { requireSession, requireSessionOf } from "./session.ts";
export async function listInvoices(req, res) {
  const session = await requireSession(req); // removed
  const session = await requireSessionOf(req, "invoices"); // added
  const all = await invoices.list(req.query.month);
  res.json(all);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) =>
      lostSafeguards(file, isWord).map(({ name, at }) => ({
        node: at,
        message: `The change takes \`${name}\` away here: what asked who calls no longer does. A check elsewhere was not followed.`,
      })),
  },
};
