import type { Manifest } from "../model/pull-request.ts";

/** What the packages around a file are for: pages alone, pages and a server, commands at a terminal, or nothing that its manifest tells. */
export type PackageKind = "browser" | "mixed" | "terminal" | "unknown";

const PAGES =
  /^(?:react-dom|react-native|expo|vue|svelte|solid-js|preact|@angular\/core|lit|@ionic\/\S+|vite-plugin-pwa|wxt|webextension-polyfill)$/;
const SERVER =
  /^(?:next|nuxt|astro|gatsby|@remix-run\/\S+|@react-router\/(?:node|serve|fs-routes)|@sveltejs\/kit|@tanstack\/\S*start\S*|express|fastify|koa|hono|@nestjs\/(?:core|common)|@hapi\/hapi|restify|polka|h3|nitropack|elysia|pg|postgres|mysql2?|mongodb|mongoose|redis|ioredis|knex|kysely|sequelize|typeorm|drizzle-orm|@prisma\/client|prisma|bullmq?|amqplib|kafkajs|pg-boss|nodemailer|stripe|resend|@trpc\/server|@apollo\/server|apollo-server\S*|graphql-yoga|@aws-sdk\/\S+|firebase-(?:admin|functions)|@google-cloud\/\S+|socket\.io|ws|pino|winston|@trigger\.dev\/sdk|inngest)$/;

/** What programs at a terminal are made with. */
const TERMINAL =
  /^(?:commander|yargs|inquirer|@inquirer\/\S+|@clack\/prompts|prompts|enquirer|ora|cac|meow|commist|@oclif\/core|listr2?|ink|minimist|table|colorette|chalk)$/;

/** Reads manifests once; the answer for a path is that of the nearest one above it. An unreadable manifest tells nothing. */
export function packageKinds(manifests: readonly Manifest[]): (path: string) => PackageKind {
  const kinds = manifests.map((manifest) => ({
    folder: manifest.path.slice(0, manifest.path.lastIndexOf("/") + 1),
    kind: kindOf(manifest.text),
  }));
  return (path) => {
    let nearest: { readonly folder: string; readonly kind: PackageKind } | null = null;
    for (const each of kinds) if (path.startsWith(each.folder) && each.folder.length >= (nearest?.folder.length ?? 0)) nearest = each;
    return nearest?.kind ?? "unknown";
  };
}

function kindOf(text: string): PackageKind {
  const manifest = readManifest(text);
  const names = packagesIn(manifest);
  const isServer = names.some((name) => SERVER.test(name));
  if (names.some((name) => PAGES.test(name))) return isServer ? "mixed" : "browser";
  return !isServer && names.some((name) => TERMINAL.test(name)) && "bin" in manifest ? "terminal" : "unknown";
}

function readManifest(text: string): object {
  try {
    const manifest: unknown = JSON.parse(text);
    return typeof manifest === "object" && manifest !== null ? manifest : {};
  } catch {
    return {};
  }
}

function packagesIn(manifest: object): readonly string[] {
  return ["dependencies", "devDependencies", "peerDependencies"].flatMap((field) => {
    const block: unknown = Reflect.get(manifest, field);
    return typeof block === "object" && block !== null ? Object.keys(block) : [];
  });
}
