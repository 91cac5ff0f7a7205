/** A language as detection knows it: which reader of code applies, and how far its name alone speaks for a backend. */
export interface Language {
  readonly name: string;
  /** Signals of `code-signals.ts` that apply. */
  readonly family: Family;
  /** What one changed file of this language says before anything else is known. Log-odds. */
  readonly prior: number;
  /** How its comments and line ends are read; null when it is not program text. */
  readonly comments: "c" | "hash" | "php" | "sql" | null;
  /** Whether a line end carries meaning, so that re-wrapped lines are not "only formatting". */
  readonly lineBreaksMatter: boolean;
}

export type Family =
  | "web"
  | "python"
  | "go"
  | "jvm"
  | "csharp"
  | "ruby"
  | "php"
  | "rust"
  | "elixir"
  | "graphql"
  | "sql"
  | "schema"
  | "config"
  | "view"
  | "other";

const code = (name: string, family: Family, prior: number, comments: Language["comments"], lineBreaksMatter: boolean): Language => ({
  name,
  family,
  prior,
  comments,
  lineBreaksMatter,
});
const data = (name: string, family: Family, prior: number): Language => ({ name, family, prior, comments: null, lineBreaksMatter: true });

const TYPESCRIPT = code("TypeScript", "web", -1, "c", false);
const JAVASCRIPT = code("JavaScript", "web", -1.2, "c", false);
const COMPONENT = code("TypeScript", "web", -3, "c", false);
const CPP = code("C++", "other", -1.5, "c", true);
const YAML = data("YAML", "config", -3);
const PAGE = data("HTML", "view", -3.5);
const STYLE = data("CSS", "view", -6);
const TEXT = data("Text", "other", -8);
const UNKNOWN = data("", "other", -3);

const BY_EXTENSION: Readonly<Record<string, Language>> = {
  ts: TYPESCRIPT,
  mts: TYPESCRIPT,
  cts: TYPESCRIPT,
  js: JAVASCRIPT,
  mjs: JAVASCRIPT,
  cjs: JAVASCRIPT,
  coffee: code("CoffeeScript", "web", -1, "hash", true),
  tsx: COMPONENT,
  jsx: COMPONENT,
  vue: data("Vue", "view", -4.5),
  svelte: data("Svelte", "view", -4.5),
  astro: data("Astro", "view", -4),
  py: code("Python", "python", 1.8, "hash", true),
  go: code("Go", "go", 2.4, "c", true),
  java: code("Java", "jvm", 2.2, "c", false),
  kt: code("Kotlin", "jvm", 1.6, "c", true),
  scala: code("Scala", "jvm", 2.2, "c", true),
  groovy: code("Groovy", "jvm", 1.2, "c", true),
  clj: code("Clojure", "jvm", 1.8, null, true),
  cs: code("C#", "csharp", 2.2, "c", false),
  fs: code("F#", "csharp", 1.6, "c", true),
  vb: code("Visual Basic", "csharp", 0.5, null, true),
  rb: code("Ruby", "ruby", 2.2, "hash", true),
  jbuilder: code("Ruby", "ruby", 2, "hash", true),
  rabl: code("Ruby", "ruby", 2, "hash", true),
  rake: code("Ruby", "ruby", 1.6, "hash", true),
  php: code("PHP", "php", 2.2, "php", false),
  rs: code("Rust", "rust", 2.2, "c", false),
  ex: code("Elixir", "elixir", 2.4, "hash", true),
  exs: code("Elixir", "elixir", 0.6, "hash", true),
  erl: code("Erlang", "elixir", 2, null, true),
  gleam: code("Gleam", "elixir", 1.5, null, true),
  hs: code("Haskell", "other", 1.5, null, true),
  pl: code("Perl", "other", 1, "hash", true),
  sql: code("SQL", "sql", 3.5, "sql", false),
  prisma: data("Prisma", "schema", 3.5),
  proto: data("Protocol Buffers", "schema", 3.2),
  thrift: data("Thrift", "schema", 3),
  avsc: data("Avro", "schema", 3),
  graphql: data("GraphQL", "graphql", 0),
  graphqls: data("GraphQL", "graphql", 1.5),
  gql: data("GraphQL", "graphql", -0.5),
  c: CPP,
  h: CPP,
  cc: CPP,
  cpp: CPP,
  hpp: CPP,
  swift: code("Swift", "other", -4, "c", true),
  dart: code("Dart", "other", -4, "c", true),
  m: code("Objective-C", "other", -4, "c", true),
  mm: code("Objective-C", "other", -4, "c", true),
  xaml: data("XAML", "view", -5),
  axaml: data("XAML", "view", -5),
  yml: YAML,
  yaml: YAML,
  json: data("JSON", "config", -4),
  jsonc: data("JSON", "config", -4),
  json5: data("JSON", "config", -4),
  toml: data("TOML", "config", -3.5),
  xml: data("XML", "config", -3),
  tf: data("Terraform", "config", -2),
  tpl: data("Template", "config", -3),
  html: PAGE,
  htm: PAGE,
  twig: PAGE,
  erb: PAGE,
  haml: PAGE,
  slim: PAGE,
  ejs: PAGE,
  hbs: PAGE,
  mjml: PAGE,
  liquid: PAGE,
  pug: PAGE,
  jinja: PAGE,
  jinja2: PAGE,
  j2: PAGE,
  tt: PAGE,
  cshtml: PAGE,
  razor: PAGE,
  jsp: PAGE,
  ftl: PAGE,
  eex: PAGE,
  heex: PAGE,
  leex: PAGE,
  phtml: PAGE,
  css: STYLE,
  scss: STYLE,
  sass: STYLE,
  less: STYLE,
  styl: STYLE,
  pcss: STYLE,
  md: TEXT,
  mdx: TEXT,
  markdown: TEXT,
  rst: TEXT,
  adoc: TEXT,
  asciidoc: TEXT,
  txt: TEXT,
  svg: TEXT,
  csv: data("CSV", "other", -5),
  sh: code("Shell", "other", -3.5, "hash", true),
};

/** The language of a path, by its last extension; `.blade.php` is a view. An unknown extension has no name and a prior against. */
export function languageOf(path: string): Language {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (name.endsWith(".blade.php")) return PAGE;
  const dot = name.lastIndexOf(".");
  if (dot < 0) return UNKNOWN;
  const extension = name.slice(dot + 1);
  return Object.hasOwn(BY_EXTENSION, extension) ? (BY_EXTENSION[extension] ?? UNKNOWN) : UNKNOWN;
}
