import type { CodeSignals } from "./code-signal.ts";

/** What imports and calls say in GraphQL. */
export const GRAPHQL_SIGNALS: CodeSignals = {
  importLine: null,
  imports: [],
  calls: [
    {
      says: "GraphQL type definition",
      weight: 5,
      pattern: /^\s*(?:extend\s+)?(?:type|input|interface|union|scalar|enum|schema|directive)\s*[\w@{]/,
    },
    {
      says: "GraphQL client operation",
      weight: -7,
      pattern: /^\s*(?:query|mutation|subscription)\s+\w|^\s*fragment\s+\w+\s+on\s|\.\.\.\s*\w/,
    },
    {
      says: "GraphQL field with a type",
      weight: 3.5,
      pattern: /^\s*\w+(?:\([^)]{0,300}\))?\s*:\s*\[?[A-Z]\w*[!\]]*\s*(?:@.{0,200}|=.{0,100})?$/,
    },
  ],
};
