import type { Family } from "../languages.ts";
import type { CodeSignals } from "./code-signal.ts";
import { CONFIG_SIGNALS } from "./config-signals.ts";
import { CSHARP_SIGNALS } from "./csharp-signals.ts";
import { ELIXIR_SIGNALS } from "./elixir-signals.ts";
import { GO_SIGNALS } from "./go-signals.ts";
import { GRAPHQL_SIGNALS } from "./graphql-signals.ts";
import { JVM_SIGNALS } from "./jvm-signals.ts";
import { PHP_SIGNALS } from "./php-signals.ts";
import { PYTHON_SIGNALS } from "./python-signals.ts";
import { RUBY_SIGNALS } from "./ruby-signals.ts";
import { RUST_SIGNALS } from "./rust-signals.ts";
import { SQL_SIGNALS } from "./sql-signals.ts";
import { WEB_SIGNALS } from "./web-signals.ts";

const NOTHING: CodeSignals = { importLine: null, imports: [], calls: [] };

/** What code says, by family of languages. Weights are log-odds, once per file and signal. */
export const CODE_SIGNALS: Readonly<Record<Family, CodeSignals>> = {
  web: WEB_SIGNALS,
  python: PYTHON_SIGNALS,
  go: GO_SIGNALS,
  jvm: JVM_SIGNALS,
  csharp: CSHARP_SIGNALS,
  ruby: RUBY_SIGNALS,
  php: PHP_SIGNALS,
  rust: RUST_SIGNALS,
  elixir: ELIXIR_SIGNALS,
  graphql: GRAPHQL_SIGNALS,
  sql: SQL_SIGNALS,
  schema: NOTHING,
  config: CONFIG_SIGNALS,
  view: NOTHING,
  other: NOTHING,
};
