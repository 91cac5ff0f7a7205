import { BROWSER, CLOUD, DATABASE, QUEUE, SERVER } from "./call-weights.ts";
import type { CodeSignals } from "./code-signal.ts";
import { names } from "../names.ts";

/** What imports and calls say in JavaScript and TypeScript. */
export const WEB_SIGNALS: CodeSignals = {
  importLine: /(?:\bfrom|\brequire\(|\bimport\(|^import)\s*["']([^"']{1,120})["']/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      express fastify @fastify koa @koa hono @hono @nestjs @hapi restify polka @adonisjs @feathersjs moleculer elysia h3
      nitropack next/server next/headers next/cache @sveltejs/kit/node @trpc/server trpc/server apollo-server @apollo/server
      graphql-yoga type-graphql mercurius @pothos nexus @remix-run/node @remix-run/server-runtime @remix-run/express
      server-only next-safe-action zsa routing-controllers @medusajs @strapi @payloadcms payload @tsed @loopback socket.io
      ws @grpc grpc @orpc/server @ts-rest/nest next-auth @auth passport better-auth jsonwebtoken bcrypt bcryptjs argon2
      express-rate-limit helmet multer probot iron-session @tanstack/react-start/server meteor @vendure/core @directus/api
      next-connect cloudflare:workers jose
    `),
    },
    {
      says: "database client or ORM",
      weight: DATABASE,
      modules: names(`
      @prisma/client prisma typeorm sequelize sequelize-typescript knex objection mongoose mongodb pg postgres mysql mysql2
      better-sqlite3 sqlite3 drizzle-orm kysely @mikro-orm redis ioredis @upstash @clickhouse cassandra-driver neo4j-driver
      @elastic @opensearch-project @planetscale @neondatabase @libsql @databases slonik couchbase node-cache memcached
      tedious mssql oracledb @typegoose pg-promise massive @vercel/postgres @vercel/kv arangojs influxdb
    `),
    },
    {
      says: "queue or scheduler",
      weight: QUEUE,
      modules: names(`
      bull bullmq amqplib kafkajs bee-queue agenda pg-boss nats node-cron cron node-schedule inngest @trigger.dev
      @temporalio graphile-worker rhea mqtt celery-node sqs-consumer @google-cloud/pubsub rabbitmq-client bree node-resque
    `),
    },
    {
      says: "cloud SDK or provider client",
      weight: CLOUD,
      modules: names(`
      aws-sdk @aws-sdk aws-lambda @google-cloud @azure firebase-admin nodemailer @sendgrid mailgun twilio resend postmark
      @octokit openai @anthropic-ai googleapis minio @slack/web-api @slack/bolt web-push ldapjs passport-saml imapflow
      langchain @langchain @opentelemetry prom-client pino winston stripe
    `),
    },
    {
      says: "Node module",
      weight: 1.5,
      modules: names(`
      node: fs http https net crypto child_process cluster worker_threads dns tls undici got node-fetch superagent p-retry
      async_hooks
    `),
    },
    {
      says: "component library",
      weight: BROWSER,
      modules: names(`
      react react-dom react-native preact vue @vue vuex pinia vue-router vue-i18n svelte $app/navigation $app/stores $app/forms @angular rxjs/ajax solid-js
      lit ember @ember @glimmer @mui @mantine @chakra-ui antd @radix-ui @headlessui lucide-react @heroicons framer-motion
      react-router react-router-dom react-hook-form formik @tanstack/react-query @tanstack/react-router
      @tanstack/react-table @tanstack/vue-query @apollo/client urql swr redux @reduxjs react-redux zustand jotai mobx
      mobx-react recoil react-i18next i18next @emotion styled-components tailwindcss clsx classnames next/router
      next/navigation next/link next/image next/dynamic @testing-library @storybook expo jquery d3 chart.js echarts three
      @tiptap prosemirror codemirror @codemirror monaco-editor @floating-ui cmdk sonner @stripe/stripe-js
      @stripe/react-stripe-js @hotwired stimulus @inertiajs alpinejs htmx backbone nuxt/app @ionic @capacitor vite
    `),
    },
    { says: "desktop shell", weight: -5, modules: names("electron @tauri-apps vscode @electron nw.gui") },
  ],
  calls: [
    { says: "`use server`", weight: 6, pattern: /^\s*["']use server["']/ },
    { says: "`use client`", weight: -7, pattern: /^\s*["']use client["']/ },
    {
      says: "HTTP method exported by a route",
      weight: 3,
      pattern: /^export\s+(?:(?:async\s+)?function|const)\s+(?:GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD)\b/,
    },
    {
      says: "server loader or action",
      weight: 4,
      pattern:
        /^export\s+(?:(?:async\s+)?function|const)\s+(?:loader|action|actions|load|getServerSideProps|getStaticProps|handle)\b(?=\s*[(:=])(?!.*\b(?:clientLoader|clientAction)\b)/,
    },
    {
      says: "server function",
      weight: 4,
      pattern:
        /\b(?:unstable_cache|revalidatePath|revalidateTag|createServerFn|defineEventHandler|defineNitroPlugin|createServerAction|publicProcedure|protectedProcedure|authedProcedure|adminProcedure|authenticatedActionClient|actionClient|authActionClient)\b/,
    },
    {
      says: "route handler",
      weight: 3.5,
      pattern:
        /\b(?:app|router|fastify|server|api|route|routes)\.(?:get|post|put|patch|delete|all|use|route|on)\(\s*(?:["'`][/:*]|\[?["'`]\w+\.)|\b(?:req|request)\s*:\s*(?:Request|NextRequest|FastifyRequest|NextApiRequest|express\.Request)\b|\((?:req|_req|request),\s*(?:res|_res|reply|response)\b|\bNextResponse\.|\bctx\.(?:body|status|request|throw)\b/,
    },
    {
      says: "server decorator",
      weight: 3.5,
      pattern:
        /^\s*@(?:Controller|Resolver|Query|Mutation|Get|Post|Put|Patch|Delete|UseGuards|Entity|Column|PrimaryGeneratedColumn|InjectRepository|InjectModel|Processor|Process|Cron|EventPattern|MessagePattern|WebSocketGateway|ApiProperty|ApiOperation|ApiResponse|ApiTags|OneToMany|ManyToOne|ManyToMany|ObjectType|InputType|ArgsType|ResolveField|FieldResolver|IsUUID|IsOptional|IsString)\(/,
    },
    {
      says: "database query",
      weight: 3.5,
      pattern:
        /\bprisma\w*\.\w+\.\w+\(|\b(?:findMany|findUnique|findFirst|findOneBy|findAndCountAll|findByPk|findOneAndUpdate|createQueryBuilder|updateMany|deleteMany|insertInto|selectFrom|bulkInsert|bulkCreate|queryInterface|getRepository|onConflict|createMany|insertOne|updateOne|aggregate)\b\s*(?:<[^>]{0,60}>)?\(|\b(?:knex|queryRunner|sequelize|mongoose|pool|db|trx|tx|database)\.(?:query|raw|select|insert|update|delete|transaction|execute|from|model|schema|table)\(|\bsql`/,
    },
    {
      says: "SQL",
      weight: 2.5,
      pattern:
        /\b(?:SELECT\s.{1,200}\sFROM\s|INSERT INTO\s|UPDATE\s\w{1,60}\sSET\s|DELETE FROM\s|ALTER TABLE\s|CREATE (?:TABLE|INDEX|UNIQUE INDEX)\s)/,
    },
    {
      says: "queue or schedule",
      weight: 2.5,
      pattern:
        /\bnew (?:Queue|Worker|QueueScheduler|CronJob|Kafka|SQSClient|S3Client|PubSub)\(|\.(?:schedule|addJob|enqueue|sendToQueue|addBulk)\(/,
    },
    { says: "server environment", weight: 0.6, pattern: /\bprocess\.env\.(?!(?:NEXT_PUBLIC|REACT_APP|VITE|NODE_ENV|PUBLIC))[A-Z]/ },
    {
      says: "import from a server layer",
      weight: 1.5,
      pattern:
        /\bfrom\s+["'](?=[.@~#])[^"']{0,150}(?:server|prisma|database|repositor|entit(?:y|ies)|controller|middleware|usecase|backend|resolver|redis|queue|mailer|\/db\b)/,
    },
    {
      says: "import of a server-only module",
      weight: 3,
      pattern: /\bfrom\s+["'][^"']{1,150}(?:\.server(?:\.[jt]s)?["']|\/server-only\b|\$env\/(?:static|dynamic)\/private)/,
    },
    {
      says: "import from a layer of components",
      weight: -1.5,
      pattern:
        /\bfrom\s+["'][^"']{0,150}(?:components?\/|\/hooks\/|\/ui\b|\/icons|\/styles|\/composables|\/stores?\/|\.vue["']|\.svelte["']|\.tsx["']|\.css["']|\.s[ac]ss["']|\.svg["'])|\bimport\s+["'][^"']{0,150}\.(?:css|scss|less)["']/,
    },
    {
      says: "error of a server",
      weight: 2,
      pattern:
        /\bnew (?:TRPCError|HttpException|HTTPException|GraphQLError|(?:BadRequest|NotFound|Unauthorized|Forbidden|Conflict|InternalServerError|UnprocessableEntity)(?:Exception|Error))\(|\bthis\.\w{0,40}(?:[rR]epository|[pP]risma\w{0,20}|[qQ]ueue)\.\w|\bres\.(?:status|json|send)\(|\breq\.(?:body|params|query|headers)\b/,
    },
    { says: "GraphQL type definition in code", weight: 3, pattern: /^\s*(?:extend\s+)?type\s+(?:Query|Mutation|Subscription)\s*\{/ },
    {
      says: "request to a server from a page",
      weight: -1.5,
      pattern: /\b(?:axios|fetch|\$http|http)\b.{0,20}\(\s*["'`]\/|\bthis\.(?:get|post|put|patch|delete)\(\s*["'`]\//,
    },
    {
      says: "React or browser code",
      weight: -2.5,
      pattern:
        /\b(?:useState|useEffect|useMemo|useCallback|useRef|useContext|useQuery|useMutation|useTranslation|useForm|useSelector|useRouter|useNavigate|defineComponent|defineProps|onMounted|createContext|forwardRef)\b\s*(?:<[^>]{0,80}>)?\(|\bimport\.meta\.env\.(?:VITE|PUBLIC)|\b(?:window|document|localStorage|sessionStorage|navigator)\.\w|className=|\bJSX\.Element\b|\bReact\.\w|<\/(?:div|span|Button|p|li|h\d|Text|View|Box)>|\bHTML\w{0,20}Element\b/,
    },
    { says: "Angular component", weight: -5, pattern: /^\s*@(?:Component|Directive|Pipe|NgModule|Input|Output|ViewChild)\(/ },
  ],
};
