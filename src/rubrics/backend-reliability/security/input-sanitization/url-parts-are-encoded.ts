import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
  isTemplateExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { enclosingFunction, unwrap } from "../../../syntax/functions.ts";
import { outboundCallsOf } from "../../../syntax/outbound-calls.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { perFile } from "../../../syntax/per-file.ts";
import { inputIn } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { BinaryExpression, EqualsToken, TemplateExpression, VariableDeclaration } = ts.SyntaxKind;

const ENCODES = /encodeURI|escape|encode|slug|URLSearchParams|stringify|sanit|hex|base64|Number|parseInt|toFixed|toISOString/i;
/** What people write, by the names that it goes by. */
const WORDS =
  /^(?:q|query|search|search_?(?:term|query|text)|term|keyword|keywords|name|title|text|email|e_?mail|phone|address|city|street|author|artist|album|album_?name|company|tag|label|message|subject|comment|description|caption|file_?name|original_?name|state|redirect_?(?:to|url|uri)?|return_?(?:to|url)|callback_?url|next|url|username|first_?name|last_?name|display_?name)$/i;
/** Of those, what is asked for in the part of a path. */
const IN_A_PATH = /^(?:q|query|search|term|keyword|title|author|artist|album|file_?name|original_?name|email|e_?mail|tag)$/i;
/** Names that end in one of them: `sizeFilename`. */
const FILE_NAME = /[a-z](?:Filename|FileName)$/;

/** A person's words pasted into an address. */
export const urlPartsAreEncoded: Rule = {
  id: "url-parts-are-encoded",
  requirement: "input-sanitization",
  severity: "advisory",
  title: "What becomes part of an address is encoded",
  why: "An `&`, `#`, `?` or `/` in a name adds parameters, cuts the address short or asks for another resource with our credentials.",
  fix: "Put it through `encodeURIComponent`, or build the address with `URL` and `URLSearchParams`.",
  source: "CWE-116; RFC 3986 section 2; https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/encodeURIComponent",
  examples: {
    bad: `export const find = (title: string) => fetch(\`https://books.example.org/v1/search?title=\${title}\`);
`,
    good: `export const find = (title: string) => fetch(\`https://books.example.org/v1/search?title=\${encodeURIComponent(title)}\`);
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.TemplateExpression],
    look: (node, file) => {
      const problem = problemsIn(file).get(node);
      return problem ? [problem] : [];
    },
  },
};

/** By the text where it is said: once for a function. */
const problemsIn = perFile((file): ReadonlyMap<ts.Node, Problem> => {
  const said = new Map<ts.Node | null, ts.Node>();
  const problems = new Map<ts.Node, Problem>();
  for (const text of file.nodes(TemplateExpression)) {
    const problem = isTemplateExpression(text) && !isTaggedTemplateExpression(text.parent) ? ofText(text, file) : null;
    const around = enclosingFunction(text);
    if (!problem || said.has(around)) continue;
    said.set(around, text);
    problems.set(text, problem);
  }
  return problems;
});

function ofText(text: ts.TemplateExpression, file: SourceFacts): Problem | null {
  if (!isAddress(text, file)) return null;
  let before = text.head.text;
  for (const [i, span] of text.templateSpans.entries()) {
    const isQuery = /[?&][\w.[\]-]{1,40}=$/.test(before);
    const isPath = i > 0 && before.endsWith("/") && !before.includes("?");
    before += `x${span.literal.text}`;
    const problem = isQuery || isPath ? ofHole(span.expression, isQuery, text, file) : null;
    if (problem) return problem;
  }
  return null;
}

/** Sent somewhere, or written as an address of one's own: it begins with a scheme or a base. */
function isAddress(text: ts.TemplateExpression, file: SourceFacts): boolean {
  if (outboundCallsOf(file).some((call) => call.url && unwrap(call.url) === text)) return true;
  if (/^https?:\/\//.test(text.head.text)) return true;
  const first = text.templateSpans[0];
  return (
    text.head.text === "" &&
    first !== undefined &&
    /^(?:$|[/?])/.test(first.literal.text) &&
    /(?:url|uri|base|host|origin|endpoint)\)?$/i.test(first.expression.getText(file.sourceFile).replace(/\s*(?:\|\||\?\?).*$/s, ""))
  );
}

function ofHole(hole: ts.Expression, isQuery: boolean, text: ts.Node, file: SourceFacts): Problem | null {
  const e = unwrap(hole);
  const name = isPropertyAccessExpression(e) ? e.name.text : isIdentifier(e) ? e.text : "";
  const isWords = isQuery ? WORDS.test(name) : IN_A_PATH.test(name);
  if (
    name === "" ||
    !(isWords || FILE_NAME.test(name)) ||
    (isPropertyAccessExpression(e) && /config|env|settings|options/i.test(e.expression.getText(file.sourceFile)))
  )
    return null;
  const others = encodedElsewhere(file);
  if (isSetEncoded(e, file)) return null;
  const isHandedIn = inputIn(hole, file) !== null || parameterBehind(hole) !== null;
  if (!isHandedIn && !(FILE_NAME.test(name) && others)) return null;
  return {
    node: hole,
    alsoTouches: [text],
    message: `\`${hole.getText(file.sourceFile).slice(0, 60)}\` becomes part of an address as it is${others ? "; others in this file are encoded" : ""}.`,
  };
}

const encodedElsewhere = perFile((file) => file.callsNamed("encodeURIComponent").length > 0);

/** `name = encodeURIComponent(name)` before, or a constant that holds one. */
function isSetEncoded(e: ts.Node, file: SourceFacts): boolean {
  const name = e.getText(file.sourceFile);
  const around = enclosingFunction(e)?.body ?? file.sourceFile;
  const isWrite = (n: ts.Node): boolean =>
    (isVariableDeclaration(n) &&
      n.name.getText(file.sourceFile) === name &&
      n.initializer !== undefined &&
      ENCODES.test(n.initializer.getText(file.sourceFile))) ||
    (isBinaryExpression(n) &&
      n.operatorToken.kind === EqualsToken &&
      n.left.getText(file.sourceFile) === name &&
      ENCODES.test(n.right.getText(file.sourceFile)));
  return [VariableDeclaration, BinaryExpression].some((kind) =>
    file.nodes(kind).some((n) => n.pos >= around.pos && n.end <= around.end && isWrite(n)),
  );
}
