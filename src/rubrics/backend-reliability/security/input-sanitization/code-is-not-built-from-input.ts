import { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isNewExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { isGlobal } from "../../../syntax/declarations.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const ENGINES = /^(?:handlebars|ejs|pug|nunjucks|mustache|lodash|lodash\/template|lodash\.template|eta|liquidjs|dot|swig|underscore)$/;
const COMPILES = /^(?:compile|render|renderString|template|precompile|parse|parseAndRender)$/;
const RUNS = /^(?:runInContext|runInNewContext|runInThisContext|compileFunction|Script)$/;
/** Logic-less engines whose source cannot run code. */
const HARMLESS = /^(?:mustache|liquidjs)$/;

/** Code or a template whose source a caller sends. */
export const codeIsNotBuiltFromInput: Rule = {
  id: "code-is-not-built-from-input",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "Input is data for code and templates, never their source",
  why: "Who writes the source of a template or a function runs code on the server.",
  fix: "Keep the source in the repository and pass the input as values; run users' scripts in an isolate with no access.",
  source: "CWE-94, CWE-1336",
  examples: {
    bad: `import Handlebars from "handlebars";
export const preview = (req, res) => res.send(Handlebars.compile(req.body.template)({ total: 3 }));
`,
    good: `import Handlebars from "handlebars";
const invoice = Handlebars.compile("{{total}} due");
export const preview = (req, res) => res.send(invoice({ total: req.body.total }));
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression],
    callees:
      /^(?:eval|Function|compile|render|renderString|template|precompile|parse|parseAndRender|runInContext|runInNewContext|runInThisContext|compileFunction|Script)$/,
    look: (node, file) => {
      if (!isCallExpression(node) && !isNewExpression(node)) return [];
      return sourcesOf(node, file).flatMap((source) => problemsOf(source, file));
    },
  },
};

function sourcesOf(node: ts.CallExpression | ts.NewExpression, file: SourceFacts): readonly ts.Node[] {
  const callee = unwrap(node.expression);
  const list = [...(node.arguments ?? [])];
  if (isIdentifier(callee) && isGlobal(callee)) {
    if (callee.text === "eval") return list.slice(0, 1);
    if (callee.text === "Function") return list.slice(-1);
    if (/^set(?:Timeout|Interval)$/.test(callee.text)) return [];
  }
  const name = calleeName(node);
  if (!COMPILES.test(name) && !RUNS.test(name)) return [];
  const module = calleeOf(node, file).module ?? "";
  if (module === "vm" && RUNS.test(name)) return list.slice(0, 1);
  return ENGINES.test(module) && !HARMLESS.test(module) && COMPILES.test(name) ? list.slice(0, 1) : [];
}

function problemsOf(source: ts.Node, file: SourceFacts): readonly Problem[] {
  const flow = inputIn(source, file);
  if (!flow || isExaminedBefore(flow, source, file)) return [];
  return [
    {
      node: source,
      severity: flow.validated ? "advisory" : "blocking",
      message: `\`${flow.source.getText(file.sourceFile).slice(0, 60)}\` from the request is the source of code or of a template.`,
    },
  ];
}
