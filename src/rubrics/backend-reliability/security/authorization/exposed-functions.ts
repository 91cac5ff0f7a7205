import { ts } from "ts-morph";
import {
  canHaveModifiers,
  getModifiers,
  isBindingElement,
  isClassLike,
  isIdentifier,
  isMethodDeclaration,
  isPrivateIdentifier,
  isSourceFile,
} from "../../../syntax/guards.ts";
import { enclosingClass, enclosingFunction, functionName, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { ExportKeyword, PrivateKeyword, ProtectedKeyword } = ts.SyntaxKind;

/** A method of a repository, or of another class that keeps rows: jobs and other classes call it with ids of their own. */
export function isOfStore(fn: FunctionWithBody, file: SourceFacts): boolean {
  const owner = enclosingClass(fn);
  return (
    owner !== null &&
    /(?:Repository|Repo|Store|Dao|Gateway|Model|Manager)$/.test(functionName(owner) || file.path.replace(/\.[cm]?[jt]s$/, ""))
  );
}

/** A function that other files can call: exported, or a public method. */
export function isExposed(fn: FunctionWithBody): boolean {
  if (!isMethodDeclaration(fn)) return isExported(fn);
  return !isPrivateIdentifier(fn.name) && !getModifiers(fn)?.some((m) => m.kind === PrivateKeyword || m.kind === ProtectedKeyword);
}

/** true for a function that is exported, or stands in something exported other than a class. */
export function isExported(fn: FunctionWithBody): boolean {
  for (let up: ts.Node = fn; !isSourceFile(up); up = up.parent)
    if (canHaveModifiers(up) && getModifiers(up)?.some((m) => m.kind === ExportKeyword)) return !isClassLike(up);
  return false;
}

/** A number parameter named as an id. */
export function idParameter(node: ts.Node): string | null {
  const e = unwrap(node);
  return isIdentifier(e) && /(?:^id|Id)$/.test(e.text) && enclosingParameters(e).includes(e.text) ? e.text : null;
}

function enclosingParameters(node: ts.Node): readonly string[] {
  const fn = enclosingFunction(node);
  return fn
    ? fn.parameters.flatMap((p) =>
        isIdentifier(p.name) ? [p.name.text] : p.name.elements.map((e) => (isBindingElement(e) && isIdentifier(e.name) ? e.name.text : "")),
      )
    : [];
}
