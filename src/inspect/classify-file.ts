import { hasLongLine, isMachineMade } from "../model/machine-made.ts";
import type { PackageKind } from "./package-kind.ts";
import type { FileRole } from "../rubrics/syntax/source-facts.ts";
import { writtenImports } from "./written-imports.ts";

/** What the inspector can do with a file: read it, only name its language, or nothing. */
export type Language = { readonly kind: "inspected" } | { readonly kind: "named"; readonly name: string } | { readonly kind: "other" };

const NAMED: Readonly<Record<string, string>> = {
  go: "Go",
  py: "Python",
  rb: "Ruby",
  java: "Java",
  kt: "Kotlin",
  php: "PHP",
  cs: "C#",
  rs: "Rust",
  scala: "Scala",
  ex: "Elixir",
  exs: "Elixir",
  clj: "Clojure",
  cpp: "C++",
  cc: "C++",
  c: "C",
  swift: "Swift",
  groovy: "Groovy",
  pl: "Perl",
  erl: "Erlang",
  fs: "F#",
  vb: "Visual Basic",
  coffee: "CoffeeScript",
  litcoffee: "CoffeeScript",
  ls: "LiveScript",
  civet: "Civet",
  res: "ReScript",
  imba: "Imba",
  hs: "Haskell",
  lua: "Lua",
  r: "R",
  jl: "Julia",
  cr: "Crystal",
  nim: "Nim",
  zig: "Zig",
  ml: "OCaml",
  gleam: "Gleam",
  cljs: "Clojure",
  cljc: "Clojure",
  kts: "Kotlin",
  cfm: "ColdFusion",
  cfc: "ColdFusion",
};

/** The language of a path by its extension. */
export function languageOf(path: string): Language {
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? "";
  if (/^[cm]?[jt]sx?$/.test(extension)) return { kind: "inspected" };
  const name = NAMED[extension];
  return name ? { kind: "named", name } : { kind: "other" };
}

const TEST =
  /(?:^|\/)(?:__(?:tests?|e2e|mocks|fixtures|testutils|snapshots)__|tests?|testing|specs?|e2e(?:[_-]tests?)?|integration-tests?|test-utils?|testutils?|fixtures?|mocks?|cypress|playwright|benchmarks?|bench|evals?|test-?containers|load-?testing|test-?kit)\/|[._-](?:\w{0,20}test|tests|\w{0,20}spec|e2e|eval|mock|mocks|fixture|bench|cy)\.[cm]?[jt]sx?$|(?:^|\/|[._-])test-?(?:utils?|helpers?|support|setup)\.[cm]?[jt]sx?$|(?:^|\/)(?:jest|vitest|cypress|playwright|karma)[.-]?(?:setup|config)?[^/]*\.[cm]?[jt]s$/i;
const STORY = /\.stories\.[cm]?[jt]sx?$|(?:^|\/)\.storybook\//i;
const GENERATED =
  /\.d\.[cm]?ts$|(?:^|\/)(?:node_modules|bower_components|generated|__generated__|gen|\.next|coverage|public\/assets)\/|[._-](?:generated|gen|pb|min|bundle)\.[cm]?[jt]sx?$|_pb\.[cm]?[jt]s$/i;
const BUILT = /(?:^|\/)(?:dist|build|out|vendor|third_party|third-party)\//i;
const SCRIPT =
  /(?:^|\/)(?:\.?scripts?|bin|cli(?:-[^/]+)?|[^/]+-cli|tools?|tooling|seeds?|seeders?|examples?|samples?|demos?|docs?|website|codemods?|\.(?:github|gitlab|circleci|buildkite|husky|devcontainer|changeset|vscode|yarn|drone|ci)|gulp|grunt|webpack|plop|generators?|dev-server|(?:[^/]+-)?devkit|packages\/create-[^/]+|[^/]*-(?:vite-plugin|bundler|webpack-plugin|eslint-plugin|eslint-config|codemod))\/|(?:^|\/)[^/]*\.config\.[cm]?[jt]s$|(?:^|\/)\.[^/]+\.[cm]?js$|(?:^|\/)(?:gulpfile|gruntfile|knexfile|webpack\.[^/]*|next\.config|next-env)\.[cm]?[jt]s$|(?:^|\/)(?:seed|seeds)\.[cm]?[jt]s$|^(?:packages\/[^/]+\/)?templates?\/|^(?:packages\/[^/]+\/)?(?:build|release|publish|deploy|setup|postinstall|compile)\.[cm]?[jt]s$/i;
const SERVER_PATH =
  /(?:^|\/)pages\/api\/|(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$|(?:^|\/)(?:server|backend|api|workers?|lambdas?|functions|controllers?|services?|repositories|middlewares?|routes|routers?|jobs?|queues?|cron|daemon|gateway|microservices?)\/|[._-](?:server|controller|service|repository|resolver|module|worker|processor|gateway|guard|middleware|router|routes|route)\.[cm]?[jt]s$/i;
const BROWSER_PATH =
  /(?:^|\/)(?:components?|hooks|frontend|front-end|client-app|webapp|browser|ui|widgets?|pages|views|screens|layouts|styles|theme|themes|dashboard-ui|admin-ui|studio|mobile|android|ios|renderer|public|static|assets)\/|\.(?:component|directive|pipe|page|client|browser)\.[cm]?[jt]sx?$/i;
const SURELY_BROWSER_PATH =
  /(?:^|\/)(?:(?:browser|chrome|firefox)-extension|components|hooks|frontend|front-end|client-only|browser|internal-ui|[^/]*-ui|ui|[^/]*-(?:web|webapp|frontend|mobile)|studio)\/|\.(?:client|browser)\.[cm]?[jt]sx?$/i;
const BROWSER_TEXT =
  /import\.meta\.env\.VITE_|\bwindow\.(?:location|addEventListener|localStorage|navigator|open)\b|\bdocument\.(?:createElement|querySelector|getElementById|addEventListener|cookie)\b|\blocalStorage\.|\.preventDefault\(\)|\bchrome\.(?:runtime|tabs|storage|action)\./;
const HOOKS = /\bimport\s*\{[^}]{0,300}\buse(?:State|Effect|Ref|Callback|Memo|Context|Reducer)\b[^}]{0,300}\}\s*from ["']react["']/;
const BROWSER_IMPORT =
  /from ["'](?:react-dom(?:\/client)?|react-native[^"']*|@angular\/[^"']+|vue|svelte[^"']*|solid-js[^"']*|@tanstack\/react-[^"']+|react-query|swr|react-hook-form|next\/(?:link|image|navigation|router)|\$app\/(?:navigation|stores|state|paths|forms)|zustand|@reduxjs\/toolkit|react-redux|jotai|framer-motion|styled-components|@mui\/[^"']+|antd|lucide-react|@radix-ui\/[^"']+)["']/;
const SERVER_IMPORT =
  /(?:from |require\()["'](?:node:)?(?:express|fastify|koa|@koa\/router|hono|@hono\/[^"']+|@nestjs\/(?!swagger)[^"']+|http|https|net|child_process|worker_threads|pg|mysql2?|mongodb|mongoose|ioredis|redis|bullmq|bull|amqplib|kafkajs|knex|sequelize|typeorm|@prisma\/client|kysely|drizzle-orm[^"']*|pino|winston|@trpc\/server[^"']*|next\/server|next\/headers|server-only|apollo-server[^"']*|@apollo\/server[^"']*|@aws-sdk\/[^"']+|nodemailer|stripe|jsonwebtoken|bcrypt(?:js)?|restify|@hapi\/hapi|fs|fs\/promises|dgram|tls)["']/;

/** Types, packages and calls that only code which answers requests has: a folder called "scripts" does not make it a script. */
const ANSWERS_REQUESTS =
  /\bimport\b[^;]{0,200}\bNext(?:ApiRequest|ApiResponse|Request|Response)\b|(?:from |require\()["'](?:express|fastify|koa|@koa\/router|hono|@hono\/node-server|restify|@hapi\/hapi|@trpc\/server|apollo-server[^"']*|@apollo\/server)["']|^@Controller\(/m;
const LISTENS = /\bhttps?\.createServer\(|\b(?:Deno|Bun)\.serve\(/;
/** A server that can be started by its own name begins with the same line as a script. */
const NAMED_SERVER = /(?:^|\/)(?:server|daemon|workers?)\.[cm]?[jt]s$/i;
/** Programs for one developer may listen for a moment: an editor's, a sign-in's. */
const TOOL = /(?:^|\/)(?:cli(?:-[^/]+)?|tools?|tooling|packages\/create-[^/]+)\//i;
/** Folders whose servers show how something is used: nobody deploys them as they are. */
const ILLUSTRATION =
  /(?:^|\/)(?:(?:[^/]+-)?examples?|samples?|demos?|docs?|website|playground|codemods?|starters?|boilerplates?|dev-env)\//i;
/** What runs on a developer's own machine while the real server is written. */
const DEVELOPER = /(?:^|\/)(?:scripts?|tools?|tooling|bin)\/(?:[^/]+\/){0,5}(?:dev|local)(?:\/|[-_.])/i;
/** Packages that talk to a person at a terminal. */
const AT_A_TERMINAL =
  /(?:from |require\()["'](?:commander|yargs|inquirer|@inquirer\/[^"']+|@clack\/prompts|prompts|enquirer|ora|cac|meow|@oclif\/core|listr2?|ink)["']/;
/** What no page could run. */
const SURELY_SERVER =
  /\bprocess\.env\.(?!NEXT_PUBLIC_|NODE_ENV|VITE_|REACT_APP_|PUBLIC_|EXPO_)\w|\b(?:Buffer\.|__dirname\b)|["']use server["']|(?:from |require\()["'](?:node:|(?:crypto|path|stream|os|zlib|util|events)["'])|\bimport\b[^;]{0,200}\b(?:prisma|db)\b/;

/**
 * What a file is for, from its path below the repository's root and its text. Server unless something says otherwise;
 * a `.tsx` file is browser code unless it is a route, a server action, or imports something only servers have. What a
 * file says of itself decides nothing: see `doubtOf`.
 */
export function roleOf(path: string, text: string): FileRole {
  if (GENERATED.test(path) || isBuilt(path, text)) return "generated";
  if (TEST.test(path) || STORY.test(path)) return "test";
  if (isBrowser(path, text)) return "browser";
  const isScript = SCRIPT.test(path) || BUILT.test(path) || (text.startsWith("#!") && !NAMED_SERVER.test(path));
  return isScript && (DEVELOPER.test(path) || !isServerText(path, text.slice(0, 60_000))) ? "script" : "server";
}

function isServerText(path: string, text: string): boolean {
  return ANSWERS_REQUESTS.test(text) || (LISTENS.test(text) && !TOOL.test(path));
}

/**
 * Why a finding in this file may not be its author's to repair, though its path does not say so: it calls itself generated, is
 * minified, or lies where built code lies. Anybody can write such a header, so it makes findings uncertain and never silences them. null when nothing does.
 */
export function doubtOf(path: string, text: string): string | null {
  if (isGeneratedText(text)) return "the file calls itself generated";
  if (!isTypeScript(path) && hasLongLine(text)) return "the file has lines as only programs write them";
  return BUILT.test(path) && !isTypeScript(path) ? "the file lies where built or vendored code lies" : null;
}

/**
 * Whether what is found in a server file is advice at most: an example or demonstration, a program at a terminal, or a file of a
 * package with pages and a server that says nothing of where it runs.
 */
export function isAdviceAtMost(path: string, text: string, kind: PackageKind): boolean {
  const head = text.slice(0, 8000);
  if (ILLUSTRATION.test(path)) return true;
  if (AT_A_TERMINAL.test(writtenImports(head)) && !isServerText(path, text.slice(0, 60_000))) return true;
  return (
    kind === "mixed" && !SERVER_PATH.test(path) && !SERVER_IMPORT.test(writtenImports(head)) && !SURELY_SERVER.test(text.slice(0, 60_000))
  );
}

/** Whether a file of a package that holds nothing but pages or commands is one of theirs: nothing in it speaks of a server. */
export function isOfPages(path: string, text: string): boolean {
  return !SERVER_IMPORT.test(writtenImports(text.slice(0, 8000))) && !isServerText(path, text.slice(0, 60_000));
}

/** Compiled, bundled or vendored: its folder says so, and so does its text where that is known. Compilers write no TypeScript. */
function isBuilt(path: string, text: string): boolean {
  if (!BUILT.test(path)) return false;
  if (isTypeScript(path)) return /(?:^|\/)(?:vendor|third[_-]party)\//i.test(path);
  return text === "" || isMachineMade(text);
}

function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/i.test(path);
}

function isGeneratedText(text: string): boolean {
  return /@generated\b|\bDO NOT EDIT\b|auto-?generated (?:by|file|from)|This file (?:is|was) (?:auto-?)?generated/i.test(
    text.slice(0, 600),
  );
}

function isBrowser(path: string, text: string): boolean {
  const head = text.slice(0, 8000);
  if (/^["']use client["']/.test(afterComments(head))) return !SERVER_IMPORT.test(writtenImports(head));
  if (/(?:^|\/)pages\/api\/|(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/.test(path)) return false;
  if (head.includes("use server") && /["']use server["']/.test(head)) return false;
  const isServer = SERVER_IMPORT.test(writtenImports(head));
  // A server may speak of a page's globals: it drives a browser, or writes a script into a page.
  if ((!isServer || /\.[jt]sx$/.test(path) || BROWSER_IMPORT.test(writtenImports(head))) && speaksOfBrowser(text.slice(0, 60_000)))
    return true;
  if (/\.[jt]sx$/.test(path)) return !isServer;
  if (isServer) return false;
  if (BROWSER_IMPORT.test(writtenImports(head)) || /\bfrom ["']react["']/.test(writtenImports(head)) || SURELY_BROWSER_PATH.test(path))
    return true;
  return BROWSER_PATH.test(path) && !SERVER_PATH.test(path);
}

/** Globals of a page, or hooks of React. */
function speaksOfBrowser(text: string): boolean {
  return BROWSER_TEXT.test(text) || (text.includes("react") && HOOKS.test(text));
}

/** The text without the blanks and comments that it begins with. */
function afterComments(text: string): string {
  let rest = text.trimStart();
  for (let at = 0; rest.startsWith("//") || rest.startsWith("/*");) {
    at = rest.startsWith("//") ? rest.indexOf("\n") + 1 : rest.indexOf("*/") + 2;
    if (at < 2) return "";
    rest = rest.slice(at).trimStart();
  }
  return rest;
}
