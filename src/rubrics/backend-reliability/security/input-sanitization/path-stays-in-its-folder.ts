import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { inputIn, isExaminedBefore, type InputFlow } from "../../../syntax/request-input.ts";
import { isRequestObject } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { PlusToken } = ts.SyntaxKind;

const FILES =
  /^(?:readFile|readFileSync|writeFile|writeFileSync|appendFile|appendFileSync|createReadStream|createWriteStream|unlink|unlinkSync|rm|rmSync|rmdir|mkdir|mkdirSync|readdir|readdirSync|open|stat|statSync|access|ensureDir|ensureFile|ensureDirSync|mkdirp|mkdirs|copyFile|rename|outputFile|readJson|writeJson|remove|existsSync|lstat|realpath)$/;
const FILE_MODULES = /^(?:fs|fs\/promises|fs-extra|graceful-fs)$|^\..*\/fs-?[eE]xtra$/;
const LOOKUPS = /^(?:compile|load|render|read)\w*(?:Template|View|Partial|File)$/;

/** A path that a caller may climb out of. */
export const pathStaysInItsFolder: Rule = {
  id: "path-stays-in-its-folder",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "A path from input stays inside its folder",
  why: "`../` in a name reads or overwrites any file that the process can reach.",
  fix: "Resolve the path and refuse it unless it starts with the folder and a separator, or look the name up in a list.",
  source: "CWE-22; OWASP Path Traversal",
  examples: {
    bad: `import { readFile } from "node:fs/promises";
import path from "node:path";
export async function invoicePdf(req, res) {
  res.send(await readFile(path.join("/var/invoices", req.params.name)));
}
`,
    good: `import { readFile } from "node:fs/promises";
import path from "node:path";
export async function invoicePdf(req, res) {
  const file = path.resolve("/var/invoices", req.params.name);
  if (!file.startsWith("/var/invoices/")) return res.status(404).end();
  res.send(await readFile(file));
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: new RegExp(`${FILES.source}|^(?:send[Ff]ile|download)$|${LOOKUPS.source}`),
    look: (node, file) => (isCallExpression(node) ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const name = calleeName(call);
  const argument = call.arguments[0];
  if (!argument) return [];
  const isFile = FILES.test(name) && FILE_MODULES.test(calleeOf(call, file).module ?? "");
  const isSent = /^(?:send[Ff]ile|download)$/.test(name) && propertyOf(call.arguments[1], "root").state === "absent";
  if (isFile || isSent) {
    const flow = pathInput(argument, file, 0);
    if (!flow || flow.part === "files" || isExaminedBefore(flow, call, file)) return [];
    return [
      {
        node: call,
        severity: flow.validated || flow.part === "params" ? "advisory" : "blocking",
        message: `\`${flow.source.getText(file.sourceFile)}\` is part of a path that \`${name}\` opens${flow.part === "params" ? "; a router that decodes `%2F` lets `../` through" : ""}.`,
      },
    ];
  }
  if (!LOOKUPS.test(name)) return [];
  const flow = inputIn(argument, file);
  if (!flow || flow.validated || !["params", "query", "body"].includes(flow.part) || isExaminedBefore(flow, call, file)) return [];
  return [
    {
      node: argument,
      severity: "advisory",
      message: `\`${flow.source.getText(file.sourceFile)}\` names what \`${name}\` loads; whether it becomes a path there was not followed.`,
    },
  ];
}

/** The address of the request, through what cuts and joins texts: nothing in it is decoded or resolved yet. */
function addressOfRequest(e: ts.Node): InputFlow | null {
  let at = unwrap(e);
  for (;;) {
    if (isElementAccessExpression(at)) at = unwrap(at.expression);
    else if (
      isCallExpression(at) &&
      isPropertyAccessExpression(at.expression) &&
      /^(?:split|slice|substring|substr|trim|decodeURI\w*)$/.test(at.expression.name.text)
    )
      at = unwrap(at.expression.expression);
    else break;
  }
  if (!isPropertyAccessExpression(at) || !/^(?:url|originalUrl|path)$/.test(at.name.text) || !isRequestObject(at.expression)) return null;
  return { source: at, part: "query", validated: false, names: [at.getText()] };
}

/** Functions of one's own that write a path in another form, and refuse nothing: `toPosix(path)`. */
const REWRITES = /posix|slash|normali[sz]e(?:Path)?$|toUnix/i;

/** Input in a path, through `path.join` and `path.resolve` as well; `path.basename` ends the way. */
function pathInput(node: ts.Node, file: SourceFacts, depth: number): InputFlow | null {
  if (depth > 4) return null;
  const e = unwrap(node);
  const address = addressOfRequest(e);
  if (address) return address;
  if (isBinaryExpression(e) && e.operatorToken.kind === PlusToken)
    return pathInput(e.left, file, depth + 1) ?? pathInput(e.right, file, depth + 1);
  if (
    isCallExpression(e) &&
    e.arguments.length === 1 &&
    e.arguments[0] &&
    REWRITES.test(calleeName(e)) &&
    !calleeOf(e, file).module?.startsWith("path")
  )
    return pathInput(e.arguments[0], file, depth + 1);
  if (isCallExpression(e) && /^(?:join|resolve|normalize)$/.test(calleeName(e)) && calleeOf(e, file).module?.startsWith("path")) {
    for (const part of e.arguments) {
      const found = pathInput(part, file, depth + 1);
      if (found) return found;
    }
    return null;
  }
  if (isIdentifier(e)) {
    const declaration = declarationOf(e);
    if (declaration && isVariableDeclaration(declaration) && declaration.initializer) {
      const found = pathInput(declaration.initializer, file, depth + 1);
      return found && { ...found, names: [...found.names, e.text] };
    }
  }
  return inputIn(e, file);
}
