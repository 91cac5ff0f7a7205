import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isTemplateExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { enclosingFunction, unwrap } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import { requestPartOf } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { AmpersandAmpersandToken, BinaryExpression, EqualsToken, PlusToken } = ts.SyntaxKind;

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
    look: (node, file) => (isCallExpression(node) && calleeName(node) === "redirect" ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const receiver = receiverOf(call);
  if (receiver && !RECEIVER.test(chainRoot(receiver).getText(file.sourceFile))) return [];
  const names: string[] = [];
  for (const lead of call.arguments.flatMap((argument) => leadsOf(argument, names, file))) {
    const found = inputIn(lead, file);
    if (!found || found.part === "params" || found.part === "headers") continue;
    const flow = { ...found, names: [...found.names, ...names] };
    if (isExaminedBefore(flow, call, file)) return [];
    const isDirect = receiver !== null && !flow.validated && flow.part !== "cookies";
    return [
      {
        node: isReadBefore(flow.source, call) ? flow.source : call,
        alsoTouches: [flow.source, call],
        severity: isDirect ? "blocking" : "advisory",
        message: `\`${flow.source.getText(file.sourceFile).slice(0, 60)}\` from the request decides where \`redirect\` sends the caller${isDirect ? "" : flow.part === "cookies" ? "; what was let into the cookie was not followed" : "; what its schema or the function lets through was not followed"}.`,
      },
    ];
  }
  return [];
}

/** Taken in another statement, where it may be refused: the place for the check. */
function isReadBefore(source: ts.Node, call: ts.CallExpression): boolean {
  return source.end < call.pos && enclosingFunction(source) === enclosingFunction(call);
}

function chainRoot(receiver: ts.Node): ts.Node {
  let e = unwrap(receiver);
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression)) e = unwrap(e.expression.expression);
  return e;
}

/** The expressions that can stand at the very front of the target, where the host is: through templates, concatenation, alternatives and variables, whose names are added to `names`. */
function leadsOf(node: ts.Node, names: string[], file: SourceFacts, depth = 0): readonly ts.Node[] {
  const e = unwrap(node);
  if (depth > 5) return [e];
  if (isNewExpression(e) && e.expression.getText(file.sourceFile) === "URL" && e.arguments?.[0])
    return leadsOf(e.arguments[0], names, file, depth + 1);
  if (isTemplateExpression(e)) {
    const first = e.templateSpans[0];
    return first && /^(?:https?:)?(?:\/\/)?$/.test(e.head.text) ? leadsOf(first.expression, names, file, depth + 1) : [];
  }
  if (isConditionalExpression(e)) return [...leadsOf(e.whenTrue, names, file, depth + 1), ...leadsOf(e.whenFalse, names, file, depth + 1)];
  if (isBinaryExpression(e)) {
    if (e.operatorToken.kind === AmpersandAmpersandToken)
      return isCallExpression(unwrap(e.left)) ? [] : leadsOf(e.right, names, file, depth + 1);
    if (e.operatorToken.kind !== PlusToken)
      return [...leadsOf(e.left, names, file, depth + 1), ...leadsOf(e.right, names, file, depth + 1)];
    return /^https?:\/\/$/.test(stringOf(e.left) ?? "")
      ? leadsOf(e.right, names, file, depth + 1)
      : leadsOf(e.left, names, file, depth + 1);
  }
  if (!isIdentifier(e)) return [e];
  const declaration = declarationOf(e);
  if (!declaration || !isVariableDeclaration(declaration) || requestPartOf(e, file)) return [e];
  names.push(e.text);
  const assigned = file
    .nodes(BinaryExpression)
    .filter(
      (n) =>
        isBinaryExpression(n) &&
        n.operatorToken.kind === EqualsToken &&
        n.pos < e.pos &&
        isIdentifier(n.left) &&
        declarationOf(n.left) === declaration,
    )
    .flatMap((n) => (isBinaryExpression(n) ? leadsOf(n.right, names, file, depth + 1) : []));
  return [...(declaration.initializer ? leadsOf(declaration.initializer, names, file, depth + 1) : []), ...assigned];
}
