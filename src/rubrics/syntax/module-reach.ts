import { ts } from "ts-morph";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

const { ImportKeyword } = ts.SyntaxKind;

/**
 * false when surely no value of the file comes from a module that satisfies the test: no import of the file names one, and none leads to
 * a file at hand or is made while the program runs. Cheap enough to be asked before anything is followed.
 */
export function mayComeFrom(file: SourceFacts, test: (module: string) => boolean): boolean {
  for (const imported of file.imports.values()) if (test(imported.from)) return true;
  return hasOpenImports(file);
}

/** true when an import may bring in values of any module: `require`, `import()`, or another file at hand. */
const hasOpenImports = perFile((file) => file.names.has("require") || file.nodes(ImportKeyword).length > 0 || importsFileAtHand(file));

function importsFileAtHand(file: SourceFacts): boolean {
  for (const { from } of file.imports.values()) if (file.repository.isAtHand(file.path, from)) return true;
  return false;
}
