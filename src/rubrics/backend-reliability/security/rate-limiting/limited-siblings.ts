import type { ts } from "ts-morph";
import { isIdentifier } from "../../../syntax/guards.ts";
import type { Problem } from "../../../rule.ts";
import { contains } from "../../../syntax/functions.ts";
import type { Route } from "../../../syntax/route.ts";
import { namesLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Words of a limit, a quota or proof that a person asks. */
export const LIMIT = /limit|throttl|slowDown|slow-down|quota|credits|429|captcha|turnstile/i;

/** Parsers have limits of another kind. */
const SIZES = /bodyParser|\b(?:json|urlencoded|raw|text)\(|multer|fileSize|SizeLimit|upload\./i;

function isLimiter(node: ts.Node, file: SourceFacts): boolean {
  const text = node.getText(file.sourceFile);
  return LIMIT.test(text) && !SIZES.test(text);
}

/** A rate limit beyond doubt: what counts as the habit of a file. */
const RATE = /rate_?-?limit|limiter|throttl|slow_?-?down|tooMany|too_many|captcha|turnstile|429/i;

const namesRate = namesLike(RATE);

const namesLimit = namesLike(LIMIT);

function namesLimiter(route: Route, file: SourceFacts): boolean {
  if ([...route.middleware, ...route.inherited].some((m) => RATE.test(m.getText(file.sourceFile)))) return true;
  return route.handler !== null && namesRate(file) && contains(route.handler, (n) => isIdentifier(n) && RATE.test(n.text), true);
}

/** true when something on the way to a route, or in its handler, names a limit. */
export function isLimited(route: Route, file: SourceFacts): boolean {
  if ([...route.middleware, ...route.inherited].some((m) => isLimiter(m, file))) return true;
  return route.handler !== null && namesLimit(file) && contains(route.handler, (n) => isIdentifier(n) && LIMIT.test(n.text), true);
}

/** What another rule looks at, and what nobody repeats for harm. */
const SIGNS_IN_OR_OUT = /(?:^|\/)(?:log-?(?:in|out)|sign-?(?:in|out|up)|register|auth\/local)(?:$|\/)/i;

/** Most routes of this router that change data name a limiter of their own, this one does not. */
export function amongSiblings(routes: readonly Route[], file: SourceFacts): readonly Problem[] {
  if (routes.length < 3) return [];
  const changing = routes.filter(
    (r) =>
      !SIGNS_IN_OR_OUT.test(r.path) && /^(?:POST|PUT|PATCH|DELETE)$/.test(r.method) && r.framework !== "next" && r.framework !== "trpc",
  );
  return [...new Set(changing.map((r) => r.owner))].flatMap((owner): readonly Problem[] => {
    const siblings = changing.filter((r) => r.owner === owner);
    const limited = siblings.filter((r) => namesLimiter(r, file));
    const open = siblings.filter((r) => !isLimited(r, file));
    if (limited.length < 2 || open.length > limited.length / 2) return [];
    return open.map((route) => ({
      node: route.anchor,
      message: `${limited.length} of ${siblings.length} routes here that change data have a rate limit; ${route.method} \`${route.path || "/"}\` has none.`,
    }));
  });
}

/** What keeps a server busy, or others' mailboxes, by the words of its path. */
const HEAVY =
  /(?:^|[/.:-])(?:download|export|zip|archive|pdf|compile|render|generate|summar(?:y|ies|ize)|crawl|recrawl|scrape|unfurl|prediction|completions?|send|resend|invite|accept|token|import|upload|convert|transcribe|screenshot|bulk)(?:s?(?=$|[/.:-])|[A-Z])/i;

/** Other routes of this file name a limiter of their own; this one does heavy work without. */
export function amongHeavy(routes: readonly Route[], file: SourceFacts): readonly Problem[] {
  if (routes.length < 4) return [];
  const limited = routes.filter((r) => r.framework !== "next" && r.middleware.some((m) => isLimiter(m, file)));
  if (limited.length < 3) return [];
  const isLikeLimited = (route: Route): boolean => limited.some((r) => r.owner === route.owner);
  return routes
    .filter(
      (r) =>
        HEAVY.test(r.path.replace(/:\w+/g, "")) &&
        !/csrf|xsrf|revoke|remove|delete|disable/i.test(r.path) &&
        !isLimited(r, file) &&
        isLikeLimited(r) &&
        r.framework !== "next",
    )
    .map((route) => ({
      node: route.anchor,
      message: `${limited.length} other routes here have a rate limit; ${route.method} \`${route.path}\`, which does heavy work by its name, has none.`,
    }));
}
