import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { enclosingFunction, unwrap, walk } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { outboundCallsOf, type OutboundCall, callsOut } from "../../../syntax/outbound-calls.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Calls that refuse addresses of private networks or of hosts that are not listed, by their names. */
const REFUSES =
  /ssrf|private_?(?:ip|address|host|network|url)|^(?:assert|check|ensure|validate|verify|is|reject)_?(?:\w{0,24}_?)?(?:Safe|Public|Allowed|External|Internal|Outbound|Webhook|Remote|Fetch)\w{0,12}(?:Url|URL|Uri|Host|Address|Hostname|Destination)s?$|^(?:is|assert|check|validate)_?Url_?(?:Safe|Allowed|Public)\w{0,12}$/i;
/** What looks at each hop itself, or goes through something that does. */
const CONNECTION = ["dispatcher", "agent", "httpAgent", "httpsAgent", "lookup", "proxy", "beforeRedirect", "hooks"];

/** An address that was looked at, and a call that goes wherever its answer sends it. */
export const checkedAddressKeepsItsHost: Rule = {
  id: "checked-address-keeps-its-host",
  requirement: "input-sanitization",
  severity: "advisory",
  title: "A call to a checked address does not follow a redirect unchecked",
  why: "A public host answers `302 Location: http://169.254.169.254/`: the check was passed by the first address, and the call is made to the second.",
  fix: 'Set `redirect: "manual"` (axios: `maxRedirects: 0`) and check each `Location` before following it, or use an agent that refuses private addresses when it connects.',
  source: "CWE-918; OWASP Server-Side Request Forgery Prevention Cheat Sheet",
  examples: {
    bad: `export async function deliver(target: string, event: object) {
  await assertPublicUrl(target);
  return fetch(target, { method: "POST", body: JSON.stringify(event) });
}
`,
    good: `export async function deliver(target: string, event: object) {
  await assertPublicUrl(target);
  return fetch(target, { method: "POST", body: JSON.stringify(event), redirect: "error" });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: callsOut,
    look: (_node, file) => outboundCallsOf(file).flatMap((call) => problemsOf(call, file)),
  },
};

function problemsOf(call: OutboundCall, file: SourceFacts): readonly Problem[] {
  const url = call.url ? rootOf(call.url, file) : null;
  if (!url || !/^(?:fetch|axios|got|node-fetch|undici|ky|needle|superagent|cross-fetch)$/.test(call.client) || settlesRedirects(call))
    return [];
  const check = checkBefore(call.node, url, file);
  if (!check) return [];
  return [
    {
      node: call.node.expression,
      alsoTouches: [call.node, check],
      message: `\`${calleeName(check)}\` looked at \`${url}\`, and \`${call.client}\` follows where its answer points: that address is looked at by nobody. What an agent or proxy refuses was not followed.`,
    },
  ];
}

/** The variable that holds the address: `url` of `url`, `url.href`, `url.toString()`, `new URL(url)`. */
function rootOf(node: ts.Node, file: SourceFacts): string | null {
  let e = unwrap(node);
  while (isPropertyAccessExpression(e) && /^(?:href|toString)$/.test(e.name.text)) e = unwrap(e.expression);
  if (isCallExpression(e) && isPropertyAccessExpression(e.expression) && e.expression.name.text === "toString")
    return rootOf(e.expression.expression, file);
  if (isNewExpression(e) && e.arguments?.length === 1 && e.arguments[0]) return rootOf(e.arguments[0], file);
  return isIdentifier(e) || isPropertyAccessExpression(e) ? e.getText(file.sourceFile) : null;
}

/** An option for redirects or for the connection, or options that cannot be seen. */
function settlesRedirects(call: OutboundCall): boolean {
  const names = ["redirect", "maxRedirects", "followRedirect", "follow", "redirects", ...CONNECTION];
  const options = call.node.arguments.slice(1);
  return options.some((o) => {
    const e = unwrap(o);
    if (isObjectLiteralExpression(e)) return names.some((name) => propertyOf(e, name).state !== "absent");
    return o === options.at(-1) && !isStringLiteralLike(e);
  });
}

/** In the same function, before the call: a check that is told this address. */
function checkBefore(call: ts.CallExpression, url: string, file: SourceFacts): ts.CallExpression | null {
  const body = enclosingFunction(call)?.body;
  let found: ts.CallExpression | null = null;
  if (body)
    walk(
      body,
      (n) => {
        if (
          isCallExpression(n) &&
          n.end <= call.pos &&
          REFUSES.test(calleeName(n)) &&
          n.arguments.some((a) => rootOf(a, file) === url || a.getText(file.sourceFile).startsWith(`${url}.`))
        )
          found = n;
        return true;
      },
      true,
    );
  return found;
}
