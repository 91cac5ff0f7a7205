import { ts } from "ts-morph";
import { isIdentifier, isNumericLiteral, isStringLiteralLike } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { lostSafeguards } from "../../../syntax/lost-safeguards.ts";

/** Counts calls, or asks for proof that a person makes them. */
const COUNTS = /rate_?-?limit|limit_?rate|limiter|throttl|slow_?down|too_?many|captcha|turnstile|brute|lockout|quota/i;

const isWord = (node: ts.Node): boolean =>
  isIdentifier(node)
    ? COUNTS.test(node.text)
    : isNumericLiteral(node)
      ? node.text === "429"
      : isStringLiteralLike(node) && /^(?:TOO_MANY_REQUESTS|rate_limit_exceeded)$/i.test(node.text);

/** A change that takes the limit from a route or an action that is still there. */
export const rateLimitIsKept: Rule = {
  id: "rate-limit-is-kept",
  requirement: "rate-limiting",
  severity: "advisory",
  title: "What was limited still is",
  why: "Somebody put the limit there after the first flood; without it the next one is answered in full.",
  fix: "Put the limit back, or say in the pull request where calls are counted now.",
  source: "OWASP API Security Top 10, API4 Unrestricted Resource Consumption",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { Router } from "express";
import { loginLimiter } from "./limits.ts";
export const sessions = Router();
sessions.post("/login", loginLimiter, signIn); // removed
sessions.post("/login", signIn); // added
sessions.delete("/session", signOut);
`,
    good: `import { Router } from "express";
import { loginLimiter } from "./limits.ts";
export const sessions = Router();
sessions.use(loginLimiter); // added
sessions.post("/login", loginLimiter, signIn); // removed
sessions.post("/login", signIn); // added
sessions.delete("/session", signOut);
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) =>
      lostSafeguards(file, isWord).map(({ name, at }) => ({
        node: at,
        message: `The change takes \`${name}\` away here: calls are no longer limited at this place. A limit elsewhere was not followed.`,
      })),
  },
};
