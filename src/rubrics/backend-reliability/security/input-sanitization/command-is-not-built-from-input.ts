import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isReturnStatement,
  isTaggedTemplateExpression,
  isTemplateExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { enclosingFunction, functionName, unwrap } from "../../../syntax/functions.ts";
import { stringOf, textParts } from "../../../syntax/literals.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { parameterBehind } from "../../../syntax/parameter-behind.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { PlusEqualsToken, TrueKeyword } = ts.SyntaxKind;

const MODULES = /^(?:child_process|execa|shelljs|cross-spawn|zx|node-pty|@lydell\/node-pty)$/;
const SHELL = /^(?:exec|execSync|execaCommand|execaCommandSync|command)$/;
const DIRECT = /^(?:spawn|spawnSync|execFile|execFileSync|execa)$/;

/** Functions of one's own that hand a text to a shell, here or on another machine, by their names. */
const WRAPPERS =
  /^(?:exec|run|execute)(?:Async|Remote|Ssh|SSH|Command|Shell|Bash|Script|Cmd)\w*$|^(?:ssh|remote|shell)(?:Exec|Run|Command)\w*$/;

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
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.TemplateExpression],
    callees: new RegExp(`${SHELL.source}|${DIRECT.source}|${WRAPPERS.source}`),
    look: (node, file) => {
      if (isTemplateExpression(node)) return ofText(node, file);
      return isCallExpression(node) ? problemsOf(node, file) : [];
    },
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (WRAPPERS.test(calleeName(call))) return ofWrapper(call, file);
  if (!SHELL.test(calleeName(call)) && !DIRECT.test(calleeName(call))) return [];
  const origin = calleeOf(call, file);
  if (call.arguments[0] && isRemoteShell(call, file)) return ofShell(call.arguments[0], call, file);
  if (!MODULES.test(origin.module ?? "")) return [];
  const name = origin.path.at(-1) ?? calleeName(call);
  const command = call.arguments[0];
  if (!command) return [];
  const flow = inputIn(command, file);
  if (SHELL.test(name) || (DIRECT.test(name) && runsShell(call))) return ofShell(command, call, file);
  const script = DIRECT.test(name) ? scriptOf(call) : null;
  if (script) return ofShell(script, call, file);
  if (DIRECT.test(name) && flow && !isExaminedBefore(flow, call, file) && textParts(command).join("") === "")
    return [{ node: command, message: `The caller chooses the program: \`${flow.source.getText(file.sourceFile)}\`.` }];
  return [];
}

function ofShell(command: ts.Node, call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const flow = inputIn(command, file);
  if (!flow) return ofParameter(command, file);
  return isExaminedBefore(flow, call, file)
    ? []
    : [{ node: command, message: `The shell runs a command that holds \`${flow.source.getText(file.sourceFile).slice(0, 60)}\`.` }];
}

/** `execRemote(server, `rm -f ${file}`)`: one finding for a call. */
function ofWrapper(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const from = isIdentifier(call.expression) ? file.imports.get(call.expression.text)?.from : undefined;
  if (from !== undefined && !/^[.@~#]/.test(from)) return [];
  for (const argument of call.arguments) {
    const e = unwrap(argument);
    if (!isTemplateExpression(e)) continue;
    const flow = inputIn(e, file);
    const name = calleeName(call);
    if (flow && !isExaminedBefore(flow, call, file) && !e.templateSpans.every((s) => isQuoted(s.expression, file)))
      return [
        {
          node: argument,
          severity: "advisory",
          message: `\`${name}\` is handed a command that holds \`${flow.source.getText(file.sourceFile).slice(0, 60)}\`; whether a shell runs it was not followed.`,
        },
      ];
    if (!flow) return ofParameter(argument, file);
  }
  return [];
}

/** `client.exec(command)` of ssh2: the other machine's shell runs it. */
function isRemoteShell(call: ts.CallExpression, file: SourceFacts): boolean {
  if (calleeName(call) !== "exec") return false;
  const origin = calleeOf(call, file);
  return origin.module === "ssh2" || origin.module === "node-ssh";
}

/** The script of `spawn("bash", ["-c", script])`; null when another program is run. */
function scriptOf(call: ts.CallExpression): ts.Node | null {
  const list = call.arguments[1] && unwrap(call.arguments[1]);
  if (!list || !isArrayLiteralExpression(list)) return null;
  const at = list.elements.findIndex((e) => /^-l?c$/.test(stringOf(e) ?? ""));
  const isShell = /(?:^|\/)(?:ba|z|da|a)?sh$|^(?:cmd(?:\.exe)?|powershell)$/.test(stringOf(call.arguments[0]) ?? "sh");
  return at >= 0 && isShell ? (list.elements[at + 1] ?? null) : null;
}

/** `shell: true` in any options argument. */
function runsShell(call: ts.CallExpression): boolean {
  return call.arguments.slice(1).some((argument) => {
    const answer = propertyOf(argument, "shell");
    return answer.state === "present" && answer.value.kind === TrueKeyword;
  });
}

/** The parameter that a hole is made of, through `path.join` as well. */
function parameterIn(hole: ts.Node): string | null {
  const e = unwrap(hole);
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  const made = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : e;
  if (!isCallExpression(made) || !/^(?:join|resolve)$/.test(calleeName(made))) return parameterBehind(hole);
  return made.arguments.map((argument) => parameterBehind(argument)).find((name) => name !== null) ?? null;
}

/** `quote(x)`, or a constant that holds one. */
function isQuoted(hole: ts.Node, file: SourceFacts): boolean {
  const e = unwrap(hole);
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  const made = declaration && isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return /escape|quote|encode|base64/i.test(`${e.getText(file.sourceFile)} ${made?.getText(file.sourceFile) ?? ""}`);
}

const SCRIPT = /\b(?:ba|z|da|a)?sh\s+-[a-z]*c\s+(?:\\?["']|$)/;
const PROGRAM =
  /^\s*(?:set -e\S*;?\s*)?(?:sudo |git |docker |rm |cp |mv |mkdir |tar |chmod |chown |curl |wget |rclone |pg_dump|pg_restore|mysqldump|mariadb|mongodump|psql |ssh |scp |rsync |ffmpeg |kubectl |systemctl |touch |cat |echo |unzip )/;

/** A command that a function puts together and another runs: `getBackupCommand(database)` of a text with `sh -c "... ${database}"`. */
function ofText(node: ts.TemplateExpression, file: SourceFacts): readonly Problem[] {
  if (file.role !== "server" || isTaggedTemplateExpression(node.parent)) return [];
  const text = [node.head.text, ...node.templateSpans.map((s) => s.literal.text)].join("x");
  const isScript = SCRIPT.test(text);
  if (!isScript && !PROGRAM.test(text)) return [];
  const holder = holderName(node);
  if (holder === null || !/command|cmd|script|shell/i.test(holder)) return [];
  return ofParameter(node, file);
}

/** The name of what a text is returned by or stored in; null when it is handed to a call at once. */
function holderName(node: ts.Node): string | null {
  const up = node.parent;
  if (isVariableDeclaration(up) && isIdentifier(up.name)) return `${up.name.text} ${functionName(enclosingFunction(up) ?? up)}`;
  if (isReturnStatement(up) || isArrowFunction(up) || (isBinaryExpression(up) && up.operatorToken.kind === PlusEqualsToken))
    return functionName(enclosingFunction(node) ?? node);
  return null;
}

/** A hole that a function's caller fills: where from was not followed. */
function ofParameter(command: ts.Node, file: SourceFacts): readonly Problem[] {
  const e = unwrap(command);
  const holes = isTemplateExpression(e) ? e.templateSpans.map((s) => s.expression) : isBinaryExpression(e) ? [e.left, e.right] : [];
  if (file.role !== "server") return [];
  for (const hole of holes) {
    const name = stringOf(hole) === null && !isQuoted(hole, file) ? parameterIn(hole) : null;
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
