import { ts } from "ts-morph";
import { isCallExpression, isPropertyAccessExpression, isStringLiteralLike } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains } from "../../../syntax/functions.ts";
import { calleeOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { inputIn } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { TrueKeyword } = ts.SyntaxKind;

/** Parsers that read a document's entities when they are told to. */
const PARSERS = /^libxmljs(?:2|-mt)?$|^libxml2-wasm$/;
/** Options of theirs that say so. */
const READS = ["noent", "replaceEntities", "dtdload", "dtdvalid"];

/** A parser of XML that is told to replace entities, which may stand for files of the server and addresses inside its network. */
export const xmlEntitiesStayUnread: Rule = {
  id: "xml-entities-stay-unread",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "XML is parsed without reading its entities",
  why: 'A document with `<!ENTITY x SYSTEM "file:///etc/passwd">` gets the file back in its text, or has the server call an inner address.',
  fix: "Leave `noent`, `replaceEntities` and `dtdload` off, or refuse documents that have a DTD.",
  source: "CWE-611; OWASP XML External Entity Prevention Cheat Sheet; https://github.com/libxmljs/libxmljs/wiki",
  examples: {
    bad: `import libxmljs from "libxmljs2";
export const readOrder = (req, res) => {
  const order = libxmljs.parseXml(req.body, { noent: true });
  res.json({ id: order.get("//id").text() });
};
`,
    good: `import libxmljs from "libxmljs2";
export const readOrder = (req, res) => {
  const order = libxmljs.parseXml(req.body, { nonet: true });
  res.json({ id: order.get("//id").text() });
};
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: /^(?:parse|fromString|fromBuffer|SaxParser)/,
    words: [...READS, "XML_PARSE_NOENT", "XML_PARSE_DTDLOAD"],
    look: (node, file) => (isCallExpression(node) ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (!PARSERS.test(calleeOf(call, file).module ?? "")) return [];
  const options = call.arguments.slice(1);
  const named = options.flatMap((argument) =>
    READS.flatMap((name) => {
      const answer = propertyOf(argument, name);
      return answer.state === "present" && answer.value.kind === TrueKeyword ? [{ name, node: answer.value }] : [];
    }),
  )[0];
  const flag = options.find((argument) =>
    contains(argument, (n) => isPropertyAccessExpression(n) && /^XML_PARSE_(?:NOENT|DTDLOAD)$/.test(n.name.text)),
  );
  const told = named?.node ?? flag;
  const text = call.arguments[0];
  if (!told || !text || isStringLiteralLike(text)) return [];
  return [
    {
      node: told,
      alsoTouches: [call.expression],
      severity: inputIn(text, file) ? "blocking" : "advisory",
      message: `The parser is told to read the document's entities${named ? ` (\`${named.name}\`)` : ""}: they may name files of the server${inputIn(text, file) ? "" : "; where the document comes from was not followed"}.`,
    },
  ];
}
