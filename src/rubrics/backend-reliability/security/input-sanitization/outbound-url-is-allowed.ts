import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isConditionalExpression,
  isForOfStatement,
  isIdentifier,
  isNewExpression,
  isStringLiteralLike,
  isTemplateExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { enclosingFunction, functionName, unwrap } from "../../../syntax/functions.ts";
import { textParts } from "../../../syntax/literals.ts";
import { outboundCallOf, outboundCallsOf, callsOut } from "../../../syntax/outbound-calls.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { PlusToken } = ts.SyntaxKind;

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
    kinds: [ts.SyntaxKind.SourceFile],
    when: callsOut,
    look: (_node, file) => outboundCallsOf(file).flatMap(({ node }) => problemsOf(node, file)),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const url = outboundCallOf(call, file)?.url;
  if (!url) return [];
  const target = hostPart(url);
  const flow = target && inputIn(target, file);
  if (target && !flow) return ofStored(target, call, file);
  if (!flow || flow.part === "headers" || isExaminedBefore(flow, call, file)) return [];
  const way = call.arguments.flatMap((a) => connectionOf(a))[0];
  if (way && GUARDED.test(way.getText(file.sourceFile))) return [];
  return [
    {
      node: url,
      alsoTouches: [call.expression],
      severity: flow.validated || way || hasBase(url) || INTERNAL.test(file.text) ? "advisory" : "blocking",
      message: `\`${flow.source.getText(file.sourceFile).slice(0, 60)}\` from the request decides which host is called${flow.validated ? "; what its schema lets through was not followed" : ""}.`,
    },
  ];
}

/** The connection that a call is told to use: `dispatcher`, `agent`. It may refuse private hosts itself. */
function connectionOf(options: ts.Node): readonly ts.Node[] {
  return ["dispatcher", "agent", "httpAgent", "httpsAgent", "lookup"].flatMap((name) => {
    const answer = propertyOf(options, name);
    return answer.state === "present" ? [answer.value] : [];
  });
}

/** Only holders of a key of one's own services get this far. */
const INTERNAL = /\benv(?:\(\))?\.\w*(?:INTERNAL|CRON|SERVICE|WORKER|JOB)\w*(?:KEY|SECRET|TOKEN)/;
const STORED =
  /\b(?:web_?hooks?|hooks?|subscriptions?|subscribers?|destinations?|integrations?|monitors?|feeds?|listeners?|\w*(?:download|enclosure|attachment|podcast|episode))\w*\??\.(?:\w+\.)?(?:url|uri|endpoint|endpointUrl|targetUrl|callbackUrl|href|address)$|^(?:web_?hook|callback|hook|avatar|image|feed|target|logo|picture|photo|icon|favicon|media|attachment|remote|thumbnail|video|rss|website|preview|page)_?(?:Url|URL|Uri|url)$/i;
/** What a function fetches by the address that it is given. */
const FETCHES =
  /logo|avatar|image|picture|photo|favicon|web_?hook|feed|rss|open_?graph|preview|unfurl|page_?title|scrape|crawl|attachment|media|thumbnail|website|url_?to_?[a-z]|download|ingest|from_?url|remote/i;
const GUARDED =
  /ssrf|private_?(?:ip|address|range)|is_?(?:safe|public|allowed|internal)|assert_?(?:safe|public|allowed)|allow_?list|validate_?(?:web_?hook)?_?url|safe_?(?:fetch|url|lookup)|block_?list|filtering_?agent|smokescreen|proxy/i;

/** An address that a customer has stored: a webhook, a feed, a monitor. */
function ofStored(target: ts.Node, call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const name = target.getText(file.sourceFile);
  const isNamed =
    STORED.test(name) ||
    isOneOfMany(target) ||
    (/^(?:url|uri|link|href|address|path)$/i.test(name) && FETCHES.test(functionName(enclosingFunction(call) ?? call)));
  if (!isNamed || /slack|discord|teams|alert/i.test(`${file.path} ${functionName(enclosingFunction(call) ?? call)}`)) return [];
  if (/process\.env|config|\benv\b|settings/i.test(name) || GUARDED.test(file.text)) return [];
  if (/^\w+$/.test(name) && parameterBehind(target) === null && !isOneOfMany(target)) return [];
  return [
    {
      node: target,
      alsoTouches: [call.expression],
      severity: "advisory",
      message: `\`${name.slice(0, 60)}\` looks like an address that a customer chose; whether it was refused for private hosts when it was stored was not followed.`,
    },
  ];
}

/** `for (const url of webhookUrls)`. */
function isOneOfMany(target: ts.Node): boolean {
  const e = unwrap(target);
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  if (!declaration || !isVariableDeclaration(declaration) || !isForOfStatement(declaration.parent.parent)) return false;
  return /forward|hook|callback|subscriber|destination|listener|feed|target|endpoint/i.test(
    declaration.parent.parent.expression.getText().split(/[.?(]/)[0] ?? "",
  );
}

/** `new URL(x, base)`, or a variable that holds one. */
function hasBase(url: ts.Node): boolean {
  const e = unwrap(url);
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  const made = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : e;
  return isNewExpression(made) && (made.arguments?.length ?? 0) > 1;
}

/** Of `new URL(x, base)`: an `x` of the caller's may bring its own host, and so may what follows a lone slash (`//host`). */
function hostBeforeBase(path: ts.Node): ts.Node | null {
  const e = unwrap(path);
  if (isTemplateExpression(e)) return /^\/?$/.test(e.head.text) ? (e.templateSpans[0]?.expression ?? null) : null;
  return isStringLiteralLike(e) || isBinaryExpression(e) ? null : hostPart(e);
}

/** The part of an address that can hold the host: the whole of a plain value, the first hole when nothing or only a scheme stands before it. */
function hostPart(url: ts.Node): ts.Node | null {
  const e = unwrap(url);
  if (isNewExpression(e) && e.arguments?.[0]) return e.arguments.length === 1 ? hostPart(e.arguments[0]) : hostBeforeBase(e.arguments[0]);
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  const made = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : null;
  if (made && isNewExpression(made) && made.expression.getText() === "URL" && made.arguments?.[0])
    return made.arguments.length === 1 ? hostPart(made.arguments[0]) : hostBeforeBase(made.arguments[0]);
  if (made && (isTemplateExpression(made) || isConditionalExpression(made) || isBinaryExpression(made))) return hostPart(made);
  if (isConditionalExpression(e)) return hostPart(e.whenTrue) ?? hostPart(e.whenFalse);
  const first = textParts(e)[0];
  if (isTemplateExpression(e))
    return /^(?:|https?:\/\/|[a-z]+:\/\/[\w-]*\.?)$/i.test(first ?? "") && first !== undefined
      ? (e.templateSpans[0]?.expression ?? null)
      : null;
  if (isBinaryExpression(e) && e.operatorToken.kind === PlusToken) {
    const left = unwrap(e.left);
    return isStringLiteralLike(left) ? (/^https?:\/\/$/.test(left.text) ? e.right : null) : hostPart(left);
  }
  return isStringLiteralLike(e) ? null : e;
}
