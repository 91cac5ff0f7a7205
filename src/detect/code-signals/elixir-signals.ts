import { SERVER } from "./call-weights.ts";
import type { CodeSignals } from "./code-signal.ts";
import { names } from "../names.ts";

/** What imports and calls say in Elixir. */
export const ELIXIR_SIGNALS: CodeSignals = {
  importLine: /^\s*(?:use|import|alias|require)\s+([A-Z][\w.]{2,160})/,
  imports: [
    {
      says: "server framework, database or job",
      weight: SERVER,
      modules: names(`
      Phoenix Plug Ecto Absinthe Oban GenServer Broadway Tesla Finch HTTPoison Req Supervisor Application Swoosh Bamboo Ash
      Commanded Redix
    `),
    },
    { says: "test framework", weight: -3, modules: ["ExUnit", "Mox"] },
  ],
  calls: [
    {
      says: "server or database code",
      weight: 2.5,
      pattern:
        /\bRepo\.\w+|^\s*(?:plug|pipe_through|scope|resources|live|schema|field|belongs_to|has_many|embeds_one)\s*[:"(]|\b(?:conn|socket|changeset)\b/,
    },
  ],
};
