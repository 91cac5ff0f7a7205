import type { Operation } from "../model/operation.ts";

interface LinePattern {
  readonly kind: Operation["kind"];
  readonly extensions: RegExp;
  readonly pattern: RegExp;
  /** Builds the name from the groups. */
  readonly name: (groups: RegExpExecArray) => string;
}

const first = (groups: RegExpExecArray): string => (groups[1] ?? groups[0]).trim();
const verbAndPath = (groups: RegExpExecArray): string => `${(groups[1] ?? "").toUpperCase()} ${groups[2] ?? ""}`.trim();

/** One line at a time, so nothing that spans lines; names are what the line itself says. */
const PATTERNS: readonly LinePattern[] = [
  {
    kind: "route",
    extensions: /\.go$/,
    pattern: /\.(GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete)\("(\/[^"]*)"/,
    name: verbAndPath,
  },
  { kind: "route", extensions: /\.go$/, pattern: /HandleFunc\("(?:(GET|POST|PUT|PATCH|DELETE) )?(\/[^"]*)"/, name: verbAndPath },
  {
    kind: "route",
    extensions: /\.py$/,
    pattern: /^\s*@\w+(?:\.\w+)*\.(get|post|put|patch|delete|route)\(\s*["']([^"']*)["']/,
    name: verbAndPath,
  },
  { kind: "route", extensions: /\.py$/, pattern: /^\s*(?:re_)?(path)\(\s*r?["']([^"']*)["']/, name: (g) => `path ${g[2] ?? ""}` },
  { kind: "route", extensions: /\.rb$/, pattern: /^\s*(get|post|put|patch|delete|resources?) ["':](\/?[\w/:-]+)/, name: verbAndPath },
  {
    kind: "route",
    extensions: /\.(?:java|kt)$/,
    pattern: /@(Get|Post|Put|Patch|Delete|Request)Mapping\(?(?:value\s*=\s*)?\{?"?([^")}]*)/,
    name: verbAndPath,
  },
  { kind: "route", extensions: /\.cs$/, pattern: /(?:\.Map|\[Http)(Get|Post|Put|Patch|Delete)\(?\s*"?([^")\]]*)/, name: verbAndPath },
  { kind: "route", extensions: /\.php$/, pattern: /(?:Route::|->)(get|post|put|patch|delete)\(\s*["'](\/[^"']*)["']/, name: verbAndPath },
  { kind: "route", extensions: /\.rs$/, pattern: /#\[(get|post|put|patch|delete)\("([^"]*)"/, name: verbAndPath },
  {
    kind: "outbound-call",
    extensions: /\.go$/,
    pattern: /\b(http\.(?:Get|Post|PostForm|NewRequest\w*|DefaultClient\.Do)\([^,)]{0,60})/,
    name: (g) => `${first(g)})`,
  },
  {
    kind: "outbound-call",
    extensions: /\.py$/,
    pattern: /\b((?:requests|httpx|session|aiohttp)\.(?:get|post|put|patch|delete|request)\([^,)]{0,60})/,
    name: (g) => `${first(g)})`,
  },
  { kind: "outbound-call", extensions: /\.rb$/, pattern: /\b((?:Net::HTTP|Faraday|HTTParty|RestClient)\.\w+)/, name: first },
  { kind: "outbound-call", extensions: /\.(?:java|kt)$/, pattern: /\b((?:restTemplate|webClient|httpClient)\.\w+)/i, name: first },
  { kind: "outbound-call", extensions: /\.cs$/, pattern: /\b(\w*[hH]ttp\w*\.(?:Get|Post|Put|Delete|Send)\w*Async)/, name: first },
  { kind: "outbound-call", extensions: /\.php$/, pattern: /\b(Http::\w+|curl_exec|\$\w*client->(?:get|post|request)\b)/i, name: first },
  {
    kind: "outbound-call",
    extensions: /\.rs$/,
    pattern: /\b(reqwest::\w+|client\.(?:get|post|put|delete)\()/,
    name: (g) => first(g).replace(/\($/, "()"),
  },
  { kind: "queue", extensions: /\.py$/, pattern: /\b(\w+\.(?:delay|apply_async))\(/, name: first },
  { kind: "queue", extensions: /\.rb$/, pattern: /\b(\w+\.perform_(?:later|async|in))\b/, name: first },
  { kind: "schedule", extensions: /\.(?:java|kt)$/, pattern: /@Scheduled\(([^)]{0,60})/, name: (g) => `schedule ${first(g)}` },
  { kind: "server", extensions: /\.go$/, pattern: /\b(http\.ListenAndServe\w*)\(/, name: first },
  { kind: "payment", extensions: /./, pattern: /\b((?:stripe|Stripe)(?:\.|::|\\)\w+(?:(?:\.|::)\w+)*)/, name: first },
  {
    kind: "migration",
    extensions: /./,
    pattern: /\b(?:create_table|createTable|add_column|addColumn|drop_table|dropTable)\(?\s*[:"'(]+(\w+)/,
    name: (g) => `table ${first(g)}`,
  },
];

/** Operations in a file of any other language, or in SQL, by patterns on single lines. Lines over 2,000 characters are skipped. */
export function findOperationsByLine(path: string, text: string): readonly Operation[] {
  if (!/\.(?:go|py|rb|java|kt|cs|php|rs|sql|prisma|proto|scala|ex|exs)$/.test(path)) return [];
  const patterns = PATTERNS.filter((p) => p.extensions.test(path));
  const found: Operation[] = [];
  text.split("\n").forEach((line, i) => {
    if (line.length > 2000) return;
    const statement = nameOfStatement(line);
    if (statement && (path.endsWith(".sql") || /["'`]/.test(line))) found.push({ ...statement, path, line: i + 1 });
    for (const { kind, pattern, name } of patterns) {
      const groups = pattern.exec(line);
      if (groups) found.push({ kind, name: name(groups).slice(0, 80), path, line: i + 1 });
    }
  });
  return found;
}

/** What an SQL statement does to which table: `INSERT INTO invoices` is a write named "insert into invoices". null when it is none. */
export function nameOfStatement(sql: string): Pick<Operation, "kind" | "name"> | null {
  const migration = /\b(?:CREATE|ALTER|DROP)\s+TABLE\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?["`[]?([\w.]+)/i.exec(sql);
  if (migration) return { kind: "migration", name: `table ${migration[1] ?? ""}` };
  const write = /\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+["`[]?([\w.]+)["`\]]?(?:\s|\(|$)/i.exec(sql);
  if (write && (!/^update$/i.test(write[1] ?? "") || /\bSET\b/i.test(sql) || /UPDATE/.test(sql)))
    return { kind: "database-write", name: `${(write[1] ?? "").toLowerCase().replace(/\s+/g, " ")} ${write[2] ?? ""}` };
  const read = /\bSELECT\b[^;]{1,400}?\bFROM\s+["`[]?([\w.]+)/i.exec(sql);
  return read ? { kind: "database-query", name: `select from ${read[1] ?? ""}` } : null;
}
