import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { textParts } from "../../../syntax/literals.ts";
import { outboundCallOf } from "../../../syntax/outbound-calls.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** A request to a host that the caller names. */
export const outboundUrlIsAllowed: Rule = {
  id: "outbound-url-is-allowed",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "The server calls only hosts it means to call",
  why: "From inside the network the caller reaches what the firewall hides: metadata endpoints, admin ports, other services.",
  fix: "Compare the host with a list, or resolve it and refuse private, loopback and link-local addresses, also after redirects.",
  source: "CWE-918; OWASP Server-Side Request Forgery Prevention Cheat Sheet",
  examples: {
    bad: `export async function preview(req, res) {
  const page = await fetch(req.body.url);
  res.send(await page.text());
}
`,
    good: `export async function preview(req, res) {
  const url = new URL(req.body.url);
  if (!ALLOWED_HOSTS.has(url.hostname)) return res.status(422).end();
  const page = await fetch(url);
  res.send(await page.text());
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    look: (node, file) => (ts.isCallExpression(node) ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const url = outboundCallOf(call, file)?.url;
  if (!url) return [];
  const target = hostPart(url);
  const flow = target && inputIn(target, file);
  if (target && !flow) return ofStored(target, call, file);
  if (!flow || flow.part === "headers" || isExaminedBefore(flow, call, file)) return [];
  return [
    {
      node: url,
      alsoTouches: [call.expression],
      severity: flow.validated || INTERNAL.test(file.text) ? "advisory" : "blocking",
      message: `\`${flow.source.getText(file.sourceFile).slice(0, 60)}\` from the request decides which host is called${flow.validated ? "; what its schema lets through was not followed" : ""}.`,
    },
  ];
}

/** Only holders of a key of one's own services get this far. */
const INTERNAL = /\benv(?:\(\))?\.\w*(?:INTERNAL|CRON|SERVICE|WORKER|JOB)\w*(?:KEY|SECRET|TOKEN)/;
const STORED =
  /\b(?:web_?hooks?|hooks?|subscriptions?|subscribers?|destinations?|integrations?|monitors?|feeds?|listeners?)\w*\??\.(?:\w+\.)?(?:url|uri|endpoint|endpointUrl|targetUrl|callbackUrl|href|address)$|^(?:webhook|callback|hook|avatar|image|feed|target)_?(?:Url|URL|Uri|url)$/i;
const GUARDED =
  /ssrf|private_?(?:ip|address|range)|is_?(?:safe|public|allowed|internal)|assert_?(?:safe|public|allowed)|allow_?list|validate_?(?:web_?hook)?_?url|safe_?(?:fetch|url|lookup)|block_?list|filtering_?agent|smokescreen|proxy/i;

/** An address that a customer has stored: a webhook, a feed, a monitor. */
function ofStored(target: ts.Node, call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const name = target.getText(file.sourceFile);
  if (!STORED.test(name) || /process\.env|config|\benv\b|settings/i.test(name) || GUARDED.test(file.text)) return [];
  if (/^\w+$/.test(name) && parameterBehind(target) === null) return [];
  return [
    {
      node: target,
      alsoTouches: [call.expression],
      severity: "advisory",
      message: `\`${name.slice(0, 60)}\` looks like an address that a customer chose; whether it was refused for private hosts when it was stored was not followed.`,
    },
  ];
}

/** The part of an address that can hold the host: the whole of a plain value, the first hole when nothing or only a scheme stands before it. */
function hostPart(url: ts.Node): ts.Node | null {
  const e = unwrap(url);
  if (ts.isNewExpression(e) && e.arguments?.length === 1 && e.arguments[0]) return hostPart(e.arguments[0]);
  const first = textParts(e)[0];
  if (ts.isTemplateExpression(e))
    return /^(?:|https?:\/\/|[a-z]+:\/\/[\w-]*\.?)$/i.test(first ?? "") && first !== undefined
      ? (e.templateSpans[0]?.expression ?? null)
      : null;
  if (ts.isBinaryExpression(e) && e.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = unwrap(e.left);
    return ts.isStringLiteralLike(left) ? (/^https?:\/\/$/.test(left.text) ? e.right : null) : hostPart(left);
  }
  return ts.isStringLiteralLike(e) ? null : e;
}
