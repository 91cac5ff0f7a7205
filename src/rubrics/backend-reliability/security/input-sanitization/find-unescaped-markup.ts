import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAssignment,
  isStatement,
  isVariableDeclaration,
  isPropertyAccessExpression,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
} from "../../../syntax/guards.ts";
import type { Problem } from "../../../rule.ts";
import { contains, enclosingFunction, enclosingName, unwrap, nameText } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { callsLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { BinaryExpression, PlusToken, TemplateExpression } = ts.SyntaxKind;

/** Names of functions that make text harmless in markup. */
const ESCAPES =
  /^(?:escape_?(?:html|xml|markup)\w*|(?:html|xml)_?(?:escape|encode)\w*|encodeHtml\w*|escape|sanitize_?html|sanitizeHtml|encodeEntities)$/i;
/** What is markup itself, or no text of people. */
const MARKUP =
  /html|markup|xml|svg|children|body|content|head|foot|inner|style|class|css|attr|script|icon|template|render|rows?|items?|list|lines|table|section|block|escape|sanit|encode|tag|color|width|height|size|count|date|time|year|index|url|href|src|lang|version|format|t\(/i;
/** What people write. */
const WORDS =
  /^(?:text|title|name|label|caption|comment|subject|username|first_?name|last_?name|message|author|description|quoted?(?:Header|Text|Name|From)?)$|[a-z](?:Title|Name|Label|Caption|Comment|Subject|Message|Description)$/i;

/** Texts of people between the tags of hand-written markup, in a file that escapes others or whose business is HTML: by the text's node. */
export function findUnescapedMarkup(file: SourceFacts): readonly Problem[] {
  if (/\.[jt]sx$/.test(file.path) || !file.text.includes("</")) return [];
  const found: Problem[] = [];
  const said = new Set<string>();
  const note = (hole: ts.Expression): void => {
    const problem = ofHole(hole, file);
    const key = `${enclosingName(hole)} ${hole.getText(file.sourceFile)}`;
    if (problem && !said.has(key)) found.push(problem);
    said.add(key);
  };
  for (const text of file.nodes(TemplateExpression)) {
    if (!isTemplateExpression(text) || isTaggedTemplateExpression(text.parent)) continue;
    let before = text.head.text;
    for (const span of text.templateSpans) {
      if (isBetweenTags(before, span.literal.text)) note(span.expression);
      before = `${before.slice(-240)}x${span.literal.text}`;
    }
  }
  if (found.length > 0) return found.slice(0, 3);
  for (const sum of file.nodes(BinaryExpression)) {
    if (!isBinaryExpression(sum) || sum.operatorToken.kind !== PlusToken || !isStringLiteral(sum.right)) continue;
    const left = unwrap(sum.left);
    if (!isBinaryExpression(left) || left.operatorToken.kind !== PlusToken) continue;
    const opening = isStringLiteral(left.left)
      ? left.left
      : isBinaryExpression(left.left) && isStringLiteral(left.left.right)
        ? left.left.right
        : null;
    if (opening && isBetweenTags(opening.text, sum.right.text) && escapes(file)) note(left.right);
  }
  return found.slice(0, 3);
}

function isBetweenTags(before: string, after: string): boolean {
  return /<[a-z][a-z\d]{0,12}(?:\s[^<>]{0,200})?>\s*$/i.test(before.slice(-240)) && /^\s*<[/a-z]/i.test(after);
}

const escapingCalls = callsLike((name) => ESCAPES.test(name));

function escapes(file: SourceFacts): boolean {
  return escapingCalls(file).length > 0;
}

/** `text.replace(/</g, "&lt;")` in the same function. */
function escapesByHand(node: ts.Node): boolean {
  const fn = enclosingFunction(node);
  return (
    fn !== null &&
    contains(
      fn,
      (n) => isCallExpression(n) && /^replace(?:All)?$/.test(calleeName(n)) && /&(?:lt|gt|amp|#)/.test(n.arguments[1]?.getText() ?? ""),
      true,
    )
  );
}

/** The text is kept or handed on as HTML: `const html = ...`, `{ html: ... }`. */
function isNamedHtml(hole: ts.Node): boolean {
  let up = hole.parent;
  while (!isStatement(up) && !isVariableDeclaration(up) && !isPropertyAssignment(up)) up = up.parent;
  return !isStatement(up) && /html/i.test(nameText(up.name));
}

function ofHole(hole: ts.Expression, file: SourceFacts): Problem | null {
  const e = unwrap(hole);
  if (!isIdentifier(e) && !isPropertyAccessExpression(e)) return null;
  const text = e.getText(file.sourceFile);
  const last = isPropertyAccessExpression(e) ? e.name.text : e.text;
  const isOfHtml = /html/i.test(file.path) || /html/i.test(enclosingName(hole)) || isNamedHtml(hole);
  const isText = escapes(file) ? !MARKUP.test(last) || WORDS.test(last) : isOfHtml && WORDS.test(last);
  if (!isText || parameterBehind(e) === null || escapesByHand(e)) return null;
  return {
    node: hole,
    severity: "advisory",
    message: `\`${text.slice(0, 60)}\` stands between tags as it is${escapes(file) ? "; others in this file are escaped" : ""}. Where the callers take it from was not followed.`,
  };
}
