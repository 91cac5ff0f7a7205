import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains, enclosingFunction, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Libraries that hand out the names of entries as the archive has them. Others (yauzl, jszip, node-stream-zip, tar) refuse `..` themselves. */
const LIBRARIES = /^(?:unzipper|adm-zip|tar-stream|fflate|unzip-stream|@zip\.js\/zip\.js|unzip)$/;
const ENTRY_NAME = /^(?:path|entryName|fileName|filename|name|relativePath)$/;
const ENTRY = /^(?:\w*[eE]ntry|header|zipEntry|item|file|f|e)$/;
const WRITES =
  /^(?:createWriteStream|writeFile|writeFileSync|outputFile|outputFileSync|mkdir|mkdirSync|ensureDir|ensureFile|pipeline|pipe|appendFile|write)$/;
const CHECKED =
  /startsWith|^relative$|basename|isAbsolute|sanit|safe|travers|valid|within|inside|contain|escape|strip|normalizePath|resolvePath|assert|allowed/i;

/** An entry of an archive that is written where its own name says. */
export const archiveEntriesStayInTheirFolder: Rule = {
  id: "archive-entries-stay-in-their-folder",
  requirement: "input-sanitization",
  severity: "blocking",
  title: "What an archive unpacks stays in its folder",
  why: "An entry named `../../app/server.js` overwrites the program itself (zip slip).",
  fix: "Resolve the target, refuse it unless it starts with the folder and a separator, then write.",
  source: "CWE-22; https://security.snyk.io/research/zip-slip-vulnerability",
  examples: {
    bad: `import AdmZip from "adm-zip";
import path from "node:path";
import { writeFileSync } from "node:fs";
export function unpack(archive: Buffer, folder: string) {
  for (const entry of new AdmZip(archive).getEntries()) writeFileSync(path.join(folder, entry.entryName), entry.getData());
}
`,
    good: `import AdmZip from "adm-zip";
import path from "node:path";
import { writeFileSync } from "node:fs";
export function unpack(archive: Buffer, folder: string) {
  for (const entry of new AdmZip(archive).getEntries()) {
    const target = path.resolve(folder, entry.entryName);
    if (!target.startsWith(folder + path.sep)) throw new Error("entry leaves the folder");
    writeFileSync(target, entry.getData());
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["join", "resolve"],
    look: (node, file) => (isCallExpression(node) ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (call.arguments.length < 2) return [];
  const name = call.arguments.slice(1).find(isEntryName);
  if (!name || ![...file.imports.values()].some((i) => LIBRARIES.test(i.from)) || calleeOf(call, file).module?.startsWith("path") !== true)
    return [];
  const fn = outermost(call);
  if (!fn || !contains(fn, (n) => isCallExpression(n) && WRITES.test(calleeName(n)), true)) return [];
  if (contains(fn, (n) => isIdentifier(n) && CHECKED.test(n.text), true) || mentionsDots(fn)) return [];
  return [
    {
      node: call,
      message: `\`${name.getText(file.sourceFile).slice(0, 60)}\` is the archive's own name for its entry, and nothing here refuses one that leaves the folder.`,
    },
  ];
}

/** `entry.path`, `entry.entryName`, `header.name`. */
function isEntryName(node: ts.Node): boolean {
  const e = unwrap(node);
  return isPropertyAccessExpression(e) && ENTRY_NAME.test(e.name.text) && isIdentifier(e.expression) && ENTRY.test(e.expression.text);
}

/** A `".."` in the function is looked for on purpose. */
function mentionsDots(fn: FunctionWithBody): boolean {
  return contains(
    fn,
    (n) => (isStringLiteralLike(n) && n.text.includes("..")) || (isRegularExpressionLiteral(n) && n.text.includes("\\.\\.")),
    true,
  );
}

function outermost(node: ts.Node): FunctionWithBody | null {
  let outer = enclosingFunction(node);
  for (let up = outer; up; up = enclosingFunction(up)) outer = up;
  return outer;
}
