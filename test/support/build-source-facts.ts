import { parseSource } from "../../src/inspect/parse-source.ts";
import type { SourceFacts } from "../../src/rubrics/syntax/source-facts.ts";

/** The facts of a server file that stands alone, in a codebase with these packages. */
export function buildSourceFacts(text: string, dependencies: readonly string[] = []): SourceFacts {
  return parseSource("src/example.ts", text, "server", false, {
    exportOf: () => null,
    isAtHand: () => false,
    dependencies: new Set(dependencies),
  }).facts;
}
