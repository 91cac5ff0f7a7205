import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import { contains } from "../../../syntax/functions.ts";
import type { Rule } from "../../../rule.ts";
import { lostSafeguards } from "../../../syntax/lost-safeguards.ts";

/** Makes a text harmless where it goes, or refuses it. */
const TAMES =
  /^(?:escape\w*|\w+Escape|encode(?:URI(?:Component)?|Html\w*|Xml\w*|Entities)|sanitiz\w*|\w+Sanitize[rd]?|DOMPurify|purify|xss|filterXSS|stripHtml|stripTags|basename|isPathInside|isWithin\w*|isSubPath\w*|isSameOrSubPath|isPathTraversal|assertSafe\w*|isSafe\w*|isUnsafe\w*|isPrivate\w*|isAllowed\w*|\w*[sS]srf\w*|safe(?:Fetch|Url|Path|Join|Lookup|Ky|Axios)\w*|(?:validate|assert|check|isValid)\w*(?:Url|URL|Uri|Host\w*|Path|File[nN]ame|Redirect\w*|Origin|ContainerId|Identifier)|isURL|quote|shellQuote|shellEscape|execFile|spawnSync|hasOwn(?:Property)?|allow_?list|ALLOWED_\w+|SAFE_\w+|setParameters?|replacements|createHTMLDocument|noopener|normalizePath|resolveSecurePath|secure(?:Path|Join)|slug(?:ify)?|sqlsanitize)$/i;
/** Checks of texts whose meaning their argument tells. */
const LOOKS = /^(?:startsWith|test|replace|replaceAll|includes|has|match)$/;

const isWord = (node: ts.Node): boolean => {
  if (isStringLiteralLike(node)) return /^(?:__proto__|constructor|prototype|\.\.|\.\.\/|http:|https:)$/.test(node.text);
  if (!isIdentifier(node)) return false;
  return TAMES.test(node.text) || (LOOKS.test(node.text) && isLook(node));
};

/** `path.startsWith(root + sep)`, `/^[\w.]+$/.test(key)`, `name.replace(/[\r\n]/g, "")`. */
function isLook(name: ts.Identifier): boolean {
  const access = name.parent;
  if (!isPropertyAccessExpression(access) || access.name !== name || !isCallExpression(access.parent)) return false;
  const given = access.parent.arguments[0];
  if (name.text === "test" || name.text === "match")
    return (
      (name.text === "test" && contains(access.expression, isRegularExpressionLiteral)) ||
      /^[A-Z][A-Z_]{3,}$|[rR]egex/.test(access.expression.getText())
    );
  if (name.text === "replace" || name.text === "replaceAll")
    return given !== undefined && /[<>'"`\\;\r\n.$]|\\[rntwWsS]/.test(given.getText().slice(1, -1));
  if (name.text === "has") return /^[A-Z][A-Z_]{3,}$|allow|safe|known/i.test(access.expression.getText());
  return name.text === "startsWith"
    ? given !== undefined && /sep|dir|root|base|folder|path|["'`]\/|http/i.test(given.getText())
    : given !== undefined && /["'`](?:\.\.|\/|\\|%|<|\n)/.test(given.getText());
}

/** A change that takes the escaping, the cleaning or the check from a value that still goes the same way. */
export const escapingIsKept: Rule = {
  id: "escaping-is-kept",
  requirement: "input-sanitization",
  severity: "advisory",
  title: "What made input harmless still does",
  why: "The value goes the same way as before, into a page, a query, a path or an address, and now as it was sent.",
  fix: "Put the escaping or the check back, or say in the pull request what makes the value harmless now.",
  source: "CWE-116, CWE-20; OWASP Injection Prevention Cheat Sheet",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import escapeHtml from "escape-html";
export function card(person) {
  return \`<h2>\${escapeHtml(person.name)}</h2>\`; // removed
  return \`<h2>\${person.name}</h2>\`; // added
}
`,
    good: `import escapeHtml from "escape-html";
export function card(person) {
  return \`<h2>\${escapeHtml(person.name)}</h2>\`; // removed
  const name = escapeHtml(person.name); // added
  return \`<h2>\${name}</h2>\`; // added
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) =>
      lostSafeguards(file, isWord).map(({ name, at }) => ({
        node: at,
        message: `The change takes \`${name}\` away here: what made the value harmless no longer does. Cleaning elsewhere was not followed.`,
      })),
  },
};
