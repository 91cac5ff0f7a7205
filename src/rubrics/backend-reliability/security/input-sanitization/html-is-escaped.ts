import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
  isTaggedTemplateExpression,
  isTemplateExpression,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { textParts } from "../../../syntax/literals.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import { SEND_NAMES, responseSendOf } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { findUnescapedMarkup } from "./find-unescaped-markup.ts";
import { namesLike } from "../../../syntax/named-calls.ts";

const { TemplateExpression } = ts.SyntaxKind;

const SENDS = [...SEND_NAMES, "sendMail", "sendEmail"];
const maySend = namesLike(SENDS);
const MARKUP = /<[a-z!/][^<]{0,200}/i;

/** Markup with a caller's text pasted into it. */
export const htmlIsEscaped: Rule = {
  id: "html-is-escaped",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "Input is escaped before it becomes HTML",
  why: "A script in a name runs in the session of whoever looks at the page or the mail.",
  fix: "Render through a template engine that escapes, or clean rich text with DOMPurify or sanitize-html.",
  source: "CWE-79; OWASP Cross Site Scripting Prevention Cheat Sheet",
  examples: {
    bad: `export function greet(req, res) {
  res.send(\`<h1>Hello \${req.query.name}</h1>\`);
}
`,
    good: `import escapeHtml from "escape-html";
export function greet(req, res) {
  res.send(\`<h1>Hello \${escapeHtml(req.query.name)}</h1>\`);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression, ts.SyntaxKind.TemplateExpression, ts.SyntaxKind.SourceFile],
    callees: SENDS,
    when: (file) => file.nodes(TemplateExpression).length > 0 || maySend(file),
    look: (node, file) => {
      if (isSourceFile(node)) return findUnescapedMarkup(file);
      if (isTemplateExpression(node)) return ofForm(node, file);
      const body = markupOf(node);
      return body ? problemsOf(body, responseSendOf(node) === null, file) : [];
    },
  },
};

/** What is surely sent as HTML: an answer that contains tags, or the `html` of a mail. */
function markupOf(node: ts.Node): ts.Node | null {
  const send = responseSendOf(node);
  const isJson = isCallExpression(node) && /^jsonp?$/.test(calleeName(node));
  if (send?.body && !isJson) return isMarkup(send.body) ? send.body : null;
  if (!isCallExpression(node) || !/^(?:send|sendMail|sendEmail)$/.test(calleeName(node))) return null;
  const html = propertyOf(node.arguments[0], "html");
  return html.state === "present" && isMarkup(html.value) ? html.value : null;
}

function isMarkup(body: ts.Node): boolean {
  return MARKUP.test(textParts(unwrap(body)).join("x"));
}

function problemsOf(body: ts.Node, isMail: boolean, file: SourceFacts): readonly Problem[] {
  const e = unwrap(body);
  const holes = isTemplateExpression(e) ? e.templateSpans.map((s) => s.expression) : operands(e);
  for (const hole of holes) {
    const flow = inputIn(hole, file);
    if (flow && !isExaminedBefore(flow, body, file))
      return [
        {
          node: hole,
          severity: flow.validated ? "advisory" : "blocking",
          message: `\`${flow.source.getText(file.sourceFile).slice(0, 60)}\` from the request becomes HTML as it was sent.`,
        },
      ];
    const name = isMail && !flow ? freeText(hole) : null;
    if (name)
      return [{ node: hole, severity: "advisory", message: `\`${name}\` becomes HTML of a mail as it is; who wrote it was not followed.` }];
  }
  return [];
}

/** A form that a function writes by hand: what its caller hands in stands in an attribute. */
function ofForm(node: ts.TemplateExpression, file: SourceFacts): readonly Problem[] {
  if (isTaggedTemplateExpression(node.parent) || /\.[jt]sx$/.test(file.path) || !/<form\b/i.test(textParts(node).join("x"))) return [];
  let before = node.head.text;
  for (const span of node.templateSpans) {
    const hole = unwrap(span.expression);
    const isAttribute = /\b(?:action|value|src|href)=["']$/i.test(before);
    before = span.literal.text;
    const name = isAttribute && (isIdentifier(hole) || isPropertyAccessExpression(hole)) ? parameterBehind(hole) : null;
    if (name && !/escape|sanit|encode/i.test(hole.getText(file.sourceFile)))
      return [
        {
          node: hole,
          severity: "advisory",
          message: `\`${hole.getText(file.sourceFile).slice(0, 60)}\` becomes an attribute as it is; where the callers take it from was not followed.`,
        },
      ];
  }
  return [];
}

/** A parameter that people fill with words: names, titles, messages. */
function freeText(hole: ts.Node): string | null {
  const text = hole.getText();
  return /(?:name|title|message|comment|subject|description|note|text|content|body|reason)$/i.test(text) &&
    !/escape|sanit|html|template|render|app_?name|site|brand|company_?name$/i.test(text) &&
    parameterBehind(hole) !== null
    ? text.slice(0, 60)
    : null;
}

/** The parts of a concatenation. */
function operands(e: ts.Node): readonly ts.Node[] {
  return isBinaryExpression(e) ? [...operands(unwrap(e.left)), ...operands(unwrap(e.right))] : [e];
}
