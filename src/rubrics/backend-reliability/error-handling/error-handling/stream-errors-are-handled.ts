import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLike,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { enclosingFunction, unwrap } from "../../../syntax/functions.ts";
import { calleeName, originOf, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** `.pipe()` forwards data, never errors: a source that fails leaves the other end open, and without a listener ends the process. */
export const streamErrorsAreHandled: Rule = {
  id: "stream-errors-are-handled",
  requirement: "error-handling",
  severity: "blocking",
  title: "A piped stream has an error listener",
  why: "`pipe` does not forward errors: a missing file or a broken connection is an unhandled `error` event, which ends the process and leaves the client waiting.",
  fix: "Use `pipeline(source, ..., target)` from `node:stream/promises`, or listen to `error` on every stream of the chain.",
  source: "https://nodejs.org/api/stream.html#readablepipedestination-options",
  examples: {
    bad: `import { createReadStream } from "node:fs";
export function download(req, res) {
  createReadStream(pathOf(req.params.id)).pipe(res);
}
`,
    good: `import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
export async function download(req, res) {
  await pipeline(createReadStream(pathOf(req.params.id)), res);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["pipe"],
    look: (node, file) => {
      if (!isCallExpression(node) || calleeName(node) !== "pipe" || node.arguments.length === 0) return [];
      const source = receiverOf(node);
      const target = unheardTarget(node, file);
      if (target) return [target];
      if (!source || !isFileOrSocketStream(source, file) || listensForErrors(source, node, file)) return [];
      return [
        {
          node: node.expression,
          message: `\`${source.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 50)}.pipe(...)\` has no error listener: when the source fails, the process ends.`,
        },
      ];
    },
  },
};

/** `source.pipe(createWriteStream(path))`: a full disk or a missing folder is an `error` event of the target. */
function unheardTarget(pipe: ts.CallExpression, file: SourceFacts): Problem | null {
  const target = pipe.arguments[0];
  if (!target || originOf(target, file).path.at(-1) !== "createWriteStream" || listensForErrors(target, pipe, file)) return null;
  if (hasErrorListener(pipe) || isListenedInChain(pipe)) return null;
  return {
    node: pipe.expression,
    severity: "advisory",
    message: "The file that is written has no error listener: a full disk or a missing folder ends the process.",
  };
}

/** `source.pipe(target).on("error", ...)`: pipe hands back the target. */
function isListenedInChain(pipe: ts.CallExpression): boolean {
  for (let up: ts.Node = pipe.parent; isPropertyAccessExpression(up) && isCallExpression(up.parent); up = up.parent.parent) {
    const event = up.parent.arguments[0];
    if (/^(?:on|once)$/.test(up.name.text) && event && isStringLiteralLike(event) && event.text === "error") return true;
  }
  return isVariableDeclaration(pipe.parent);
}

function isFileOrSocketStream(source: ts.Node, file: SourceFacts): boolean {
  const origin = originOf(source, file);
  const made = origin.path.at(-1) ?? "";
  if (/^createReadStream$/.test(made)) return true;
  return origin.module === "got" && origin.path[0] === "stream";
}

/** An `error` listener in the chain or on the variable; anything called pipeline or finished on it. */
function listensForErrors(source: ts.Node, pipe: ts.CallExpression, file: SourceFacts): boolean {
  const text = outermost(pipe, file).getText(file.sourceFile);
  if (hasErrorListener(source)) return true;
  const e = unwrap(source);
  if (!isIdentifier(e)) return false;
  return (
    new RegExp(`\\b${e.text}\\s*\\.\\s*(?:on|once)\\(\\s*["'\`]error["'\`]`).test(text) ||
    new RegExp(`\\b(?:pipeline|finished)\\(\\s*${e.text}\\b`).test(text)
  );
}

/** The outermost function or method around a node: a listener may be added beside the one that pipes. */
function outermost(node: ts.Node, file: SourceFacts): ts.Node {
  let found: ts.Node = file.sourceFile;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) found = fn;
  return found;
}

/** `createReadStream(x).on("error", f)` somewhere below in the chain. */
function hasErrorListener(node: ts.Node): boolean {
  let e = unwrap(node);
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression)) {
    const event = e.arguments[0];
    if (/^(?:on|once)$/.test(e.expression.name.text) && event && isStringLiteralLike(event) && event.text === "error") return true;
    e = unwrap(e.expression.expression);
  }
  return false;
}
