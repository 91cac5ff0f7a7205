import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isExpressionStatement,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSourceFile,
  isVariableDeclaration,
  isVariableStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { nameText } from "../../../syntax/functions.ts";

const SCHEMAS = /^(?:z|zod|joi|Joi|yup|Yup|v|valibot|S)$/;
/** What people write at length, by its field's name. */
const WORDS =
  /(?:^|[a-z_])(?:name|title|description|content|message|comment|note|bio|text|subject|label|body|caption|reason|summary|about|address|tagline|question|answer|prompt|feedback)s?$/i;
/** Not of people: names of files, types, columns. */
const NO_WORDS =
  /(?:event|type|model|table|column|class|file|host|domain|bucket|tag|queue|index|function|module|package|service|provider|field|path|key)_?name$|^(?:hostname|filename)$/i;
/** A form, an ending or a list that settles how long it can be, or a check of its own. */
const SETTLES =
  /^(?:max|length|email|url|uri|uuid|guid|cuid2?|ulid|nanoid|datetime|date|isoDate|isoDuration|time|duration|ip|ipv4|ipv6|cidrv?4?|regex|pattern|matches|hex|base64|base64url|token|alphanum|jwt|emoji|valid|oneOf|enum|transform|pipe|phone|hostname|domain|creditCard|objectId|e164|readonly|brand|literal)$/i;
/** Checks of its own, which may look at the length. */
const CHECKS = /^(?:refine|superRefine|custom|check|test)$/;
/** What a schema that reads input is called. */
const READS =
  /create|update|upsert|input|request|req(?=[A-Z_]|$)|body|params|payload|dto|form|insert|save|edit|patch|post|put|submit|register|sign_?up|invite|add|new|schema|^z?[A-Z]\w*Schema$/i;
const WRITES =
  /(?:^|_)(?:response|output|result|reply|event|config|env|webhook|settings|row|record|stored|view)s?(?:_|$)|(?:Response|Output|Result|Reply|Event|Config|Env|Webhook|Settings|Row|Record|Db|Stored|Selected|Public|View)s?(?![a-z])/;

/** A schema for what people send, with a text that has no end. */
export const textHasAMaximum: Rule = {
  id: "text-has-a-maximum",
  requirement: "input-validation",
  severity: "advisory",
  title: "A text that people send has a longest length",
  why: "Ten megabytes of a name are stored, indexed, mailed and rendered for everyone who opens the list.",
  fix: "Add `.max(255)`, or what the column holds, to each text of the schema.",
  source: "CWE-770; OWASP API Security Top 10, API4 Unrestricted Resource Consumption",
  examples: {
    bad: `import { z } from "zod";
export const createBoardInput = z.object({
  title: z.string().min(1),
  ownerId: z.string().uuid(),
});
`,
    good: `import { z } from "zod";
export const createBoardInput = z.object({
  title: z.string().min(1).max(120),
  ownerId: z.string().uuid(),
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: ["string"],
    look: (_node, file) => {
      const hasHabit = file.callsNamed("max").length > 0;
      const groups = new Map<ts.Node, { readonly name: string; readonly node: ts.Node }[]>();
      for (const call of file.callsNamed("string")) {
        const field = endlessText(call);
        const schema = field && schemaAround(call);
        if (field && schema)
          groups.set(hasHabit ? schema : file.sourceFile, [...(groups.get(hasHabit ? schema : file.sourceFile) ?? []), field]);
      }
      return [...groups.values()].flatMap((fields) => problemOf(fields) ?? []);
    },
  },
};

function problemOf(fields: readonly { readonly name: string; readonly node: ts.Node }[]): Problem | null {
  const [first, ...others] = fields;
  if (!first) return null;
  const names = fields.slice(0, 3).map(({ name }) => `\`${name}\``);
  return {
    node: first.node,
    alsoTouches: others.map(({ node }) => node),
    message: `${names.join(", ")}${fields.length > 3 ? ` and ${fields.length - 3} more` : ""} may be of any length; a limit of the whole body or of the column was not followed.`,
  };
}

/** `z.string().min(1)` under a name of people's words, with no call along the chain that ends it. */
function endlessText(call: ts.CallExpression): { readonly name: string; readonly node: ts.Node } | null {
  if (!isPropertyAccessExpression(call.expression) || !isIdentifier(call.expression.expression)) return null;
  if (!SCHEMAS.test(call.expression.expression.text)) return null;
  let top: ts.Node = call;
  while (isPropertyAccessExpression(top.parent) && top.parent.expression === top && isCallExpression(top.parent.parent)) {
    const { text } = top.parent.name;
    if (SETTLES.test(text) || (CHECKS.test(text) && /length/.test(top.parent.parent.getText()))) return null;
    top = top.parent.parent;
  }
  const owner = top.parent;
  if (isPropertyAssignment(owner)) {
    const name = nameText(owner.name);
    return WORDS.test(name) && !NO_WORDS.test(name) ? { name, node: owner.name } : null;
  }
  if (!isVariableDeclaration(owner) || !isIdentifier(owner.name)) return null;
  const name = owner.name.text.replace(/_?(?:Z|z)?_?Schema$/i, "");
  return top !== call && WORDS.test(name) && !NO_WORDS.test(name) ? { name: owner.name.text, node: call.expression } : null;
}

/** The statement at the top of the file that makes the schema, when its name says that it reads what people send. */
function schemaAround(call: ts.CallExpression): ts.Node | null {
  let up: ts.Node = call;
  while (!isSourceFile(up.parent)) up = up.parent;
  const name = isVariableStatement(up)
    ? up.declarationList.declarations[0]?.name
    : isExpressionStatement(up) && isBinaryExpression(up.expression) && isPropertyAccessExpression(up.expression.left)
      ? up.expression.left.name
      : undefined;
  const text = name && isIdentifier(name) ? name.text : "";
  return READS.test(text) && !WRITES.test(text) ? up : null;
}
