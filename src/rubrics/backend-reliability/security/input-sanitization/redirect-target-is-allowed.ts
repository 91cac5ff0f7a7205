import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { textParts } from "../../../syntax/literals.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const RECEIVER = /^(?:res|response|reply|ctx|c|NextResponse|Response|h|context)$|\.(?:res|response)$/;

/** A redirect to wherever the link says. */
export const redirectTargetIsAllowed: Rule = {
  id: "redirect-target-is-allowed",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "A redirect goes only where it is allowed to",
  why: "A link to your own host that ends on a copy of your sign-in page is the best bait there is, and tokens in the address go along.",
  fix: "Accept a path that starts with one `/`, or compare the target's origin with a list.",
  source: "CWE-601; OWASP Unvalidated Redirects and Forwards Cheat Sheet",
  examples: {
    bad: `export function afterLogin(req, res) {
  res.redirect(req.query.next || "/home");
}
`,
    good: `export function afterLogin(req, res) {
  const next = String(req.query.next ?? "");
  res.redirect(/^\\/[^/\\\\]/.test(next) ? next : "/home");
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["redirect"],
    look: (node, file) => (ts.isCallExpression(node) && calleeName(node) === "redirect" ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const receiver = receiverOf(call);
  if (receiver && !RECEIVER.test(chainRoot(receiver).getText(file.sourceFile))) return [];
  for (const argument of call.arguments) {
    const flow = inputIn(withoutBase(argument), file);
    if (!flow || flow.part === "params" || flow.part === "headers" || isAnchored(withoutBase(argument))) continue;
    if (isExaminedBefore(flow, call, file)) return [];
    const isDirect = receiver !== null && !flow.validated;
    return [
      {
        node: call,
        alsoTouches: [flow.source],
        severity: isDirect ? "blocking" : "advisory",
        message: `\`${flow.source.getText(file.sourceFile).slice(0, 60)}\` from the request decides where \`redirect\` sends the caller${isDirect ? "" : "; what its schema or the function lets through was not followed"}.`,
      },
    ];
  }
  return [];
}

/** `x` of `new URL(x, origin)`: an absolute `x` replaces the origin. */
function withoutBase(argument: ts.Node): ts.Node {
  const e = unwrap(argument);
  return ts.isNewExpression(e) && e.expression.getText() === "URL" && e.arguments?.[0] ? e.arguments[0] : argument;
}

function chainRoot(receiver: ts.Node): ts.Node {
  let e = unwrap(receiver);
  while (ts.isCallExpression(e) && ts.isPropertyAccessExpression(e.expression)) e = unwrap(e.expression.expression);
  return e;
}

/** Text in front of the input that fixes the host: `/orders/${id}`, `https://app.example.com/${x}`, `${base}/x?${y}`. */
function isAnchored(argument: ts.Node): boolean {
  const first = textParts(argument)[0] ?? "";
  if (/^\/[^/]/.test(first) || /^https?:\/\/[^/]+\//.test(first) || first === "/" || /^[?#]/.test(first)) return true;
  const e = unwrap(argument);
  if (ts.isTemplateExpression(e) && e.head.text === "") return inputIsLater(e.templateSpans[0]?.expression);
  return ts.isBinaryExpression(e) && e.operatorToken.kind === ts.SyntaxKind.PlusToken && inputIsLater(e.left);
}

/** The leading part is a configured address, not input. */
function inputIsLater(lead: ts.Node | undefined): boolean {
  if (!lead) return false;
  const e = unwrap(lead);
  return ts.isPropertyAccessExpression(e) || (ts.isIdentifier(e) && /^[A-Z_]+$|(?:url|uri|host|origin|base|domain)$/i.test(e.text));
}
