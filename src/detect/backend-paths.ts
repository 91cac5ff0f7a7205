import { names } from "./names.ts";
import type { PathSignal } from "./path-signal.ts";

/** Conventions that speak for backend code. */
export const BACKEND_PATHS: readonly PathSignal[] = [
  {
    says: "a database migration",
    weight: 5,
    families: ["web", "python", "go", "jvm", "csharp", "ruby", "php", "rust", "elixir", "sql"],
    folders: names(`
      migrations migration migrate db_migrations db-migrations alembic flyway data-migrations
      data_migrations
    `),
    endings: names(".migration.ts .migration.js _migration.rb -migration.ts migration.php migration.cs"),
    pattern:
      /(?:^|\/)db\/(?:migrate|post_migrate|data|changelog|seeds?)\/|(?:^|\/)v\d+(?:[._]\d+)*__[^/]+\.(?:sql|java|kt)$|(?:^|\/)version\d{8,}\.php$|(?:^|\/)\d{10,}[_-][^/]+\.(?:sql|[jt]s|rb|php|go|exs?)$/i,
  },
  {
    says: "a database schema",
    weight: 3.5,
    names: names("schema.rb structure.sql schema.prisma schema.sql init.sql models.py dbcontext.cs"),
    folders: names("entities entity drizzle prisma"),
    families: ["web", "python", "go", "jvm", "csharp", "ruby", "php", "rust", "elixir", "sql", "schema"],
    endings: names(".entity.ts .entity.js .orm.xml .hbm.xml dbcontext.cs"),
    pattern: /(?:^|\/)db\/(?:.*\/)?schema[^/]*\.[a-z]+$|(?:^|\/)(?:models|schema)\/[^/]*\.py$/i,
  },
  {
    says: "an object mapping",
    weight: 5,
    families: ["config"],
    endings: names(".orm.xml .hbm.xml .orm.yml mapper.xml"),
    pattern: /(?:^|\/)(?:db|liquibase)\/changelog\/|(?:^|\/)db\.changelog[^/]*$|(?:^|\/)config\/doctrine\//i,
  },
  {
    says: "an interface description",
    weight: 6,
    families: ["config", "schema", "graphql"],
    pattern:
      /(?:^|\/|[._-])(?:openapi|swagger|asyncapi)(?![^/]*(?:generator|codegen|config))[^/]*\.(?:ya?ml|json)$|(?:^|\/)(?:openapi|swagger)\/.*\.(?:ya?ml|json)$|\.tsp$/i,
  },
  {
    says: "a GraphQL schema",
    weight: 2.5,
    families: ["graphql"],
    names: names("schema.graphql schema.gql schema.graphqls schema.public.graphql"),
    folders: names("schema schemas typedefs type-defs"),
    endings: [".graphqls", ".schema.graphql"],
  },
  {
    says: "a server route",
    weight: 5,
    families: ["web"],
    pattern:
      /(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]s$|(?:^|\/)pages\/api\/|(?:^|\/)\+(?:server|page\.server|layout\.server)\.[jt]s$|(?:^|\/)hooks\.server\.[jt]s$|(?:^|\/)(?:supabase|netlify|firebase|azure)\/functions\/|(?:^|\/)entry\.server\.[jt]sx?$/i,
  },
  {
    says: "beside a server route",
    weight: 2.5,
    families: ["web"],
    pattern: /(?:^|\/)app\/(?:.*\/)?api\/|(?:^|\/)server\/(?:api|routes|trpc|middleware|plugins)\/|(?:^|\/)app\/(?:.*\/)?route\.[jt]sx$/i,
  },
  {
    says: "a server package",
    weight: 2.5,
    families: ["web", "graphql", "config"],
    pattern:
      /^(?:(?:apps|packages|services|modules|libs|internal-packages)\/)?(?:[a-z]+[-_])?(?:api|server|backend|back-end|apiserver|worker|workers|functions|lambdas?|engine)(?:[-_][a-z]+)?\/(?!.*\.[jt]sx$)/i,
  },
  {
    says: "server-only module",
    weight: 4,
    families: ["web"],
    endings: names(".server.ts .server.tsx .server.js .server.mjs"),
    pattern: /(?:^|\/)(?:lib|\$lib|src)\/server\//i,
  },
  {
    says: "server actions",
    weight: 2.2,
    families: ["web"],
    names: names("actions.ts action.ts server-actions.ts actions.js"),
    pattern: /(?:^|\/)(?:server-?actions?|_actions)\/[^/]*\.[jt]sx?$|(?:^|\/)[^/]*[.-]actions?\.[jt]s$|(?:^|\/)lib\/actions\/.*\.[jt]s$/i,
  },
  {
    says: "server folder",
    weight: 2.2,
    families: ["web", "config", "graphql", "other"],
    folders: names(`
      server backend back-end lambda lambdas functions worker workers cron crons queues queue jobs trpc routers
      webhooks microservices gateway daemon rest engine server-only
    `),
    words: names("server backend worker gateway cron webhooks"),
  },
  {
    says: "folder of an API or of its client",
    weight: 1.2,
    families: ["web", "config", "graphql"],
    folders: ["api", "apis"],
    words: ["api"],
  },
  {
    says: "layer of a server",
    weight: 2.6,
    families: ["web"],
    folders: names(`
      controllers controller repositories repository middleware middlewares usecases use-cases resolvers dal dao consumers
      processors subscribers cronjobs mailers serializers
    `),
    stems: names(`
      controller repository resolver usecase entity processor consumer subscriber middleware dto cron dao mailer seeder
      migration webhook webhooks
    `),
  },
  {
    says: "perhaps a layer of a server",
    weight: 1.6,
    families: ["web"],
    folders: names(`
      routes handlers models database db listeners policies guards interceptors presenters tasks commands
      jobs event-bus workflows modules
    `),
    stems: names(`
      listener guard gateway router routes job queue worker handler presenter policy task command provider engine
      scheduler
    `),
  },
  {
    says: "a service, of a server or of a page",
    weight: 1,
    families: ["web"],
    folders: ["services", "service"],
    stems: ["service", "services"],
  },
  {
    says: "backend layer",
    weight: 1.2,
    families: ["python", "go", "jvm", "csharp", "ruby", "php", "rust", "elixir"],
    folders: names(`
      controllers controller services service repositories repository routes routing middleware middlewares usecases
      handlers handler resolvers models model database db processors consumers listeners subscribers policies workers jobs
      api endpoints server backend queue queues storage store domain persistence views serializers graphql rest grpc
      webhooks
    `),
    stems: names(`
      controller repository resolver usecase entity processor consumer listener subscriber middleware gateway router routes
      webhook dto job queue worker dao handler service mailer policy endpoint provider server store views models serializers
    `),
  },
  {
    says: "routing table",
    weight: 3,
    families: ["ruby", "php", "python", "elixir", "jvm", "config"],
    names: names("routes.rb urls.py router.ex routes.php api.php web.php"),
    pattern: /(?:^|\/)conf\/(?:[^/]+\.)?routes$|(?:^|\/)config\/routes\/|(?:^|\/)routes\/[^/]+\.php$/i,
  },
  {
    says: "service configuration",
    weight: 1.5,
    families: ["config"],
    pattern:
      /(?:^|\/)src\/main\/resources\/|(?:^|\/)(?:serverless|template|sam)\.ya?ml$|(?:^|\/)resources\/config\/|(?:^|\/)config\/packages\//i,
  },
];
