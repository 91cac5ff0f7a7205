import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { stringOf, textParts } from "../../../syntax/literals.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const MODULES = /^(?:child_process|execa|shelljs|cross-spawn|zx)$/;
const SHELL = /^(?:exec|execSync|execaCommand|execaCommandSync|command)$/;
const DIRECT = /^(?:spawn|spawnSync|execFile|execFileSync|execa)$/;

/** A shell that runs what a caller typed. */
export const commandIsNotBuiltFromInput: Rule = {
  id: "command-is-not-built-from-input",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "No shell command is built from input",
  why: "A semicolon in a file name is enough to run any program with the server's rights.",
  fix: "Call `execFile` or `spawn` without a shell, with the value as its own argument after `--`.",
  source: "CWE-78; https://nodejs.org/api/child_process.html#child_processexeccommand-options-callback",
  examples: {
    bad: `import { exec } from "node:child_process";
export function thumbnail(req, res) {
  exec(\`convert \${req.query.file} -resize 200 out.png\`, () => res.end());
}
`,
    good: `import { execFile } from "node:child_process";
export function thumbnail(req, res) {
  execFile("convert", ["--", req.query.file, "-resize", "200", "out.png"], () => res.end());
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    look: (node, file) => (ts.isCallExpression(node) ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (!SHELL.test(calleeName(call)) && !DIRECT.test(calleeName(call))) return [];
  const origin = calleeOf(call, file);
  if (!MODULES.test(origin.module ?? "")) return [];
  const name = origin.path.at(-1) ?? calleeName(call);
  const command = call.arguments[0];
  if (!command) return [];
  const flow = inputIn(command, file);
  if (SHELL.test(name) || (DIRECT.test(name) && runsShell(call))) {
    if (flow)
      return isExaminedBefore(flow, call, file)
        ? []
        : [{ node: command, message: `The shell runs a command that holds \`${flow.source.getText(file.sourceFile)}\`.` }];
    return ofParameter(command, file);
  }
  if (DIRECT.test(name) && flow && !isExaminedBefore(flow, call, file) && textParts(command).join("") === "")
    return [{ node: command, message: `The caller chooses the program: \`${flow.source.getText(file.sourceFile)}\`.` }];
  return [];
}

/** `shell: true` in any options argument. */
function runsShell(call: ts.CallExpression): boolean {
  return call.arguments.slice(1).some((argument) => {
    const answer = propertyOf(argument, "shell");
    return answer.state === "present" && answer.value.kind === ts.SyntaxKind.TrueKeyword;
  });
}

/** A hole that a function's caller fills: where from was not followed. */
function ofParameter(command: ts.Node, file: SourceFacts): readonly Problem[] {
  const e = unwrap(command);
  const holes = ts.isTemplateExpression(e) ? e.templateSpans.map((s) => s.expression) : ts.isBinaryExpression(e) ? [e.left, e.right] : [];
  if (file.role !== "server") return [];
  for (const hole of holes) {
    const name = stringOf(hole) === null && !/escape|quote/i.test(hole.getText(file.sourceFile)) ? parameterBehind(hole) : null;
    if (name)
      return [
        {
          node: command,
          severity: "advisory",
          message: `The shell runs a command that holds \`${name}\`; where the callers take it from was not followed.`,
        },
      ];
  }
  return [];
}
