import type { CodeSignals } from "./code-signal.ts";

/** What imports and calls say in SQL. */
export const SQL_SIGNALS: CodeSignals = {
  importLine: null,
  imports: [],
  calls: [
    {
      says: "SQL statement",
      weight: 1,
      pattern: /^\s*(?:alter|create|drop|insert|update|delete|select|with|grant|truncate|comment on)\b/i,
    },
  ],
};
