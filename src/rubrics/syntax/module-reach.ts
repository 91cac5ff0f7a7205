import { ts } from "ts-morph";
import { isCallExpression, isStringLiteralLike } from "./guards.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

const { ImportKeyword } = ts.SyntaxKind;

/**
 * false when surely no value of the file comes from a module that satisfies the test: no import of the file names one, made while the program
 * runs or before, and none leads to a file at hand. Cheap enough to be asked before anything is followed.
 */
export function mayComeFrom(file: SourceFacts, test: (module: string) => boolean): boolean {
  for (const imported of file.imports.values()) if (test(imported.from)) return true;
  for (const module of loadedModules(file)) if (test(module)) return true;
  return importsFileAtHand(file);
}

/** Modules that `require("x")` and `import("x")` name, wherever they stand; a leading "node:" is removed. */
const loadedModules = perFile((file): readonly string[] => {
  const loads = file.nodes(ImportKeyword).map((keyword) => keyword.parent);
  const modules = [...file.callsNamed("require"), ...loads].flatMap((load) => {
    const from = isCallExpression(load) ? load.arguments[0] : undefined;
    return from && isStringLiteralLike(from) ? [from.text.replace(/^node:/, "")] : [];
  });
  return modules;
});

const importsFileAtHand = perFile((file) => {
  for (const { from } of file.imports.values()) if (file.repository.isAtHand(file.path, from)) return true;
  return loadedModules(file).some((from) => file.repository.isAtHand(file.path, from));
});
