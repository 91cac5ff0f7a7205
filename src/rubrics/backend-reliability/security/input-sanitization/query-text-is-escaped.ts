import { ts } from "ts-morph";
import { isPropertyAccessExpression, isTaggedTemplateExpression, isTemplateExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { enclosingFunction, unwrap } from "../../../syntax/functions.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { perFile } from "../../../syntax/per-file.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { TemplateExpression } = ts.SyntaxKind;

/** What stands before a value in a language of queries, and after it. SQL is another rule's. */
const PLACES: readonly (readonly [string, RegExp, RegExp])[] = [
  ["OData", /\b(?:eq|ne|gt|ge|lt|le)\s'$/, /^'/],
  ["OData", /\b(?:contains|startswith|endswith|substringof)\([\w/.]{1,60},\s?'$/, /^'/],
  ["search", /\b(?:name|fullText|title)\s(?:contains|=)\s?'$/, /^'/],
  ["LDAP", /\((?:uid|cn|sn|mail|sAMAccountName|userPrincipalName|memberOf|member|memberUid|ou|givenName|displayName)=\*?$/i, /^\*?\)/],
  ["XPath", /\[(?:@\w{1,40}|text\(\))\s?=\s?['"]$/, /^['"]\s?\]/],
  ["JQL", /(?:^|\s)(?:project|summary|assignee|reporter|space)\s[=~]\s?"$/, /^"/],
  ["Flux", /\br(?:\.\w{1,40}|\["\w{1,40}"\])\s?==\s?"$/, /^"/],
];
const SAFE = /escape|quote|encode|sanit|replace|format|valid|uuid|toISOString|toFixed|Date/i;
/** Values that systems make: nobody types a quote into them. */
const MADE = /(?:^id|Id|ID|uuid|guid|type|kind|status|date|time|count|number)$/i;

/** A value pasted into the text of a query in another language than SQL. */
export const queryTextIsEscaped: Rule = {
  id: "query-text-is-escaped",
  requirement: "input-sanitization",
  severity: "advisory",
  title: "A value in the text of a query is escaped as that language asks",
  why: "A quote or a bracket in a name ends the value: the rest is read as conditions, and a search for one returns all.",
  fix: "Escape by the language's rules (OData doubles `'`, LDAP writes `\\28` for `(`), or use a builder that does.",
  source: "CWE-943, CWE-90, CWE-643; OWASP LDAP Injection Prevention Cheat Sheet",
  examples: {
    bad: `export function byCustomer(client: GraphClient, customer: string) {
  return client.api("/contacts").filter(\`companyName eq '\${customer}'\`).get();
}
`,
    good: `export function byCustomer(client: GraphClient, customer: string) {
  return client.api("/contacts").filter(\`companyName eq '\${customer.replaceAll("'", "''")}'\`).get();
}
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
  const said = new Map<ts.Node | null, { text: ts.Node; problem: Problem }>();
  for (const text of file.nodes(TemplateExpression)) {
    const problem = isTemplateExpression(text) && !isTaggedTemplateExpression(text.parent) ? ofText(text, file) : null;
    if (!problem || /<[a-z]|\b(?:select|where|insert into|update|delete from)\s/i.test(text.getText(file.sourceFile))) continue;
    const around = enclosingFunction(text);
    const first = said.get(around);
    if (first) first.problem = { ...first.problem, alsoTouches: [...(first.problem.alsoTouches ?? []), problem.node] };
    else said.set(around, { text, problem });
  }
  return new Map([...said.values()].map(({ text, problem }) => [text, problem]));
});

function ofText(text: ts.TemplateExpression, file: SourceFacts): Problem | null {
  let before = text.head.text;
  for (const span of text.templateSpans) {
    const language = !/['"=*]$/.test(before)
      ? undefined
      : PLACES.find(([, left, right]) => left.test(before.slice(-120)) && right.test(span.literal.text))?.[0];
    before = span.literal.text;
    const problem = language ? ofHole(span.expression, language, text, file) : null;
    if (problem) return problem;
  }
  return null;
}

function ofHole(hole: ts.Expression, language: string, text: ts.Node, file: SourceFacts): Problem | null {
  const name = hole.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60);
  const e = unwrap(hole);
  const last = isPropertyAccessExpression(e) ? e.name.text : name;
  if (SAFE.test(name) || MADE.test(last) || /^[A-Z_\d]+$/.test(last)) return null;
  const flow = inputIn(hole, file);
  if (flow ? isExaminedBefore(flow, text, file) : parameterBehind(hole) === null) return null;
  const where = flow ? "comes from the request" : "where the callers take it from was not followed";
  return {
    node: hole,
    message: `\`${name}\` becomes part of ${language === "search" ? "a search's" : `${/^[AEIOUL]/.test(language) ? "an" : "a"} ${language} query's`} text as it is; ${where}.`,
  };
}
