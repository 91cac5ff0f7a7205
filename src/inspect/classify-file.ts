import type { FileRole } from "../rubrics/syntax/source-facts.ts";

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
};

/** The language of a path by its extension. */
export function languageOf(path: string): Language {
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? "";
  if (/^[cm]?[jt]sx?$/.test(extension)) return { kind: "inspected" };
  const name = NAMED[extension];
  return name ? { kind: "named", name } : { kind: "other" };
}

const TEST =
  /(?:^|\/)(?:__(?:tests?|e2e|mocks|fixtures|testutils|snapshots)__|tests?|testing|specs?|e2e|integration-tests?|test-utils?|testutils?|fixtures?|mocks?|cypress|playwright|benchmarks?|bench)\/|[._-](?:\w{0,20}test|tests|\w{0,20}spec|e2e|mock|mocks|fixture|bench|cy)\.[cm]?[jt]sx?$|(?:^|\/)(?:jest|vitest|cypress|playwright|karma)[.-]?(?:setup|config)?[^/]*\.[cm]?[jt]s$/i;
const STORY = /\.stories\.[cm]?[jt]sx?$|(?:^|\/)\.storybook\//i;
const GENERATED =
  /\.d\.[cm]?ts$|(?:^|\/)(?:node_modules|dist|build|out|vendor|third_party|generated|__generated__|gen|\.next|coverage|public\/assets)\/|[._-](?:generated|gen|pb|min|bundle)\.[cm]?[jt]sx?$|(?:^|\/)[^/]*_pb\.[cm]?[jt]s$/i;
const SCRIPT =
  /(?:^|\/)(?:\.?scripts?|bin|cli(?:-[^/]+)?|tools?|tooling|seeds?|seeders?|examples?|samples?|demos?|docs?|website|codemods?|templates?|\.github|\.husky|gulp|grunt|webpack|plop|generators?|packages\/create-[^/]+|[^/]*-(?:vite-plugin|bundler|webpack-plugin|eslint-plugin|eslint-config|codemod))\/|(?:^|\/)[^/]*\.config\.[cm]?[jt]s$|(?:^|\/)\.[^/]+\.[cm]?js$|(?:^|\/)(?:gulpfile|gruntfile|knexfile|webpack\.[^/]*|next\.config|next-env)\.[cm]?[jt]s$|(?:^|\/)(?:seed|seeds)\.[cm]?[jt]s$/i;
const SERVER_PATH =
  /(?:^|\/)pages\/api\/|(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$|(?:^|\/)(?:server|backend|api|workers?|lambdas?|functions|controllers?|services?|repositories|middlewares?|routes|routers?|jobs?|queues?|cron|daemon|gateway|microservices?)\/|[._-](?:server|controller|service|repository|resolver|module|worker|processor|gateway|guard|middleware|router|routes|route)\.[cm]?[jt]s$/i;
const BROWSER_PATH =
  /(?:^|\/)(?:components?|hooks|frontend|front-end|client-app|webapp|browser|ui|widgets?|pages|views|screens|layouts|styles|theme|themes|dashboard-ui|admin-ui|studio|mobile|android|ios|renderer|public|static|assets)\/|\.(?:component|directive|pipe|page|client|browser)\.[cm]?[jt]sx?$/i;
const SURELY_BROWSER_PATH =
  /(?:^|\/)(?:components|hooks|frontend|front-end|client-only|browser|internal-ui|[^/]*-ui|ui|[^/]*-(?:web|webapp|frontend|mobile)|studio)\/|\.(?:client|browser)\.[cm]?[jt]sx?$/i;
const BROWSER_TEXT =
  /import\.meta\.env\.VITE_|\bwindow\.(?:location|addEventListener|localStorage|navigator|open)\b|\bdocument\.(?:createElement|querySelector|getElementById|addEventListener|cookie)\b|\blocalStorage\.|\bimport\s*\{[^}]{0,300}\buse(?:State|Effect|Ref|Callback|Memo|Context|Reducer)\b[^}]{0,300}\}\s*from ["']react["']/;
const BROWSER_IMPORT =
  /from ["'](?:react-dom(?:\/client)?|react-native[^"']*|@angular\/[^"']+|vue|svelte[^"']*|solid-js[^"']*|@tanstack\/react-[^"']+|react-query|swr|react-hook-form|next\/(?:link|image|navigation|router)|\$app\/(?:navigation|stores|state|paths|forms)|zustand|@reduxjs\/toolkit|react-redux|jotai|framer-motion|styled-components|@mui\/[^"']+|antd|lucide-react|@radix-ui\/[^"']+)["']/;
const SERVER_IMPORT =
  /(?:from |require\()["'](?:node:)?(?:express|fastify|koa|@koa\/router|hono|@hono\/[^"']+|@nestjs\/(?!swagger)[^"']+|http|https|net|child_process|worker_threads|pg|mysql2?|mongodb|mongoose|ioredis|redis|bullmq|bull|amqplib|kafkajs|knex|sequelize|typeorm|@prisma\/client|kysely|drizzle-orm[^"']*|pino|winston|@trpc\/server[^"']*|next\/server|next\/headers|server-only|apollo-server[^"']*|@apollo\/server[^"']*|@aws-sdk\/[^"']+|nodemailer|stripe|jsonwebtoken|bcrypt(?:js)?|restify|@hapi\/hapi|fs|fs\/promises|dgram|tls)["']/;

/** Types that only a function which answers requests names: a folder called "templates" does not make it a script. */
const ANSWERS_REQUESTS = /\bimport\b[^;]{0,200}\bNext(?:ApiRequest|ApiResponse|Request|Response)\b/;

/**
 * What a file is for, from its path below the repository's root and its text. Server unless something says otherwise;
 * a `.tsx` file is browser code unless it is a route, a server action, or imports something only servers have.
 */
export function roleOf(path: string, text: string): FileRole {
  if (GENERATED.test(path) || isGeneratedText(text)) return "generated";
  if (TEST.test(path) || STORY.test(path)) return "test";
  if (isBrowser(path, text)) return "browser";
  if (text.startsWith("#!")) return "script";
  if (SCRIPT.test(path) && !ANSWERS_REQUESTS.test(text.slice(0, 8000))) return "script";
  return "server";
}

function isGeneratedText(text: string): boolean {
  return /@generated\b|\bDO NOT EDIT\b|auto-?generated (?:by|file|from)|This file (?:is|was) (?:auto-?)?generated/i.test(
    text.slice(0, 600),
  );
}

function isBrowser(path: string, text: string): boolean {
  const head = text.slice(0, 8000);
  if (/^\s*(?:\/\/[^\n]*\n|\/\*[^]*?\*\/|\s)*["']use client["']/.test(head.slice(0, 2000))) return !SERVER_IMPORT.test(head);
  if (/(?:^|\/)pages\/api\/|(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/.test(path)) return false;
  if (/["']use server["']/.test(head)) return false;
  if (BROWSER_TEXT.test(text.slice(0, 60_000))) return true;
  const isServer = SERVER_IMPORT.test(head);
  if (/\.[jt]sx$/.test(path)) return !isServer;
  if (isServer) return false;
  if (BROWSER_IMPORT.test(head) || /\bfrom ["']react["']/.test(head) || SURELY_BROWSER_PATH.test(path)) return true;
  return BROWSER_PATH.test(path) && !SERVER_PATH.test(path);
}
