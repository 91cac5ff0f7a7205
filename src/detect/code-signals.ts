import { names } from "./names.ts";
import type { Family } from "./languages.ts";

/** What an import of a module says. `modules` are names or leading parts of names, as the language writes them. */
export interface ImportSignal {
  readonly says: string;
  readonly weight: number;
  readonly modules: readonly string[];
}

/** What a piece of code says. Matched line by line, in linear time: no nested quantifier, no back-reference. */
export interface CallSignal {
  readonly says: string;
  readonly weight: number;
  readonly pattern: RegExp;
}

export interface CodeSignals {
  /** Captures the module name of an import in its first or second group. Null when the language has no imports. */
  readonly importLine: RegExp | null;
  readonly imports: readonly ImportSignal[];
  readonly calls: readonly CallSignal[];
}

const SERVER = 3.5;
const DATABASE = 3.5;
const QUEUE = 3.5;
const CLOUD = 3;
const BROWSER = -3.5;

const WEB: CodeSignals = {
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

const PYTHON: CodeSignals = {
  importLine: /^\s*(?:from\s+([\w.]{1,120})\s+import|import\s+([\w.]{1,120}))/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      fastapi flask django rest_framework starlette aiohttp.web tornado sanic falcon bottle quart litestar uvicorn gunicorn
      graphene strawberry ariadne channels ninja pyramid grpc robyn flask_restx
    `),
    },
    {
      says: "database client or ORM",
      weight: DATABASE,
      modules: names(`
      sqlalchemy sqlmodel alembic psycopg psycopg2 asyncpg pymongo motor peewee tortoise redis aioredis mysql pymysql
      elasticsearch clickhouse_driver clickhouse_connect cassandra beanie mongoengine pony databases sqlite3 opensearchpy
      qdrant_client neo4j
    `),
    },
    {
      says: "queue or scheduler",
      weight: QUEUE,
      modules: names(`
      celery rq dramatiq kombu pika aiokafka kafka confluent_kafka apscheduler huey arq aio_pika airflow prefect dagster
      temporalio taskiq nats
    `),
    },
    {
      says: "cloud SDK or HTTP client",
      weight: CLOUD,
      modules: names(`
      boto3 botocore aioboto3 google.cloud azure requests httpx aiohttp urllib3 smtplib sendgrid twilio openai anthropic
      stripe pydantic structlog opentelemetry prometheus_client authlib jwt paramiko
    `),
    },
    {
      says: "desktop or notebook code",
      weight: -4,
      modules: names("PyQt5 PyQt6 PySide2 PySide6 tkinter wx kivy pygame streamlit matplotlib bpy gi.repository"),
    },
    { says: "test framework", weight: -3, modules: names("pytest unittest locust nox") },
    { says: "machine learning code", weight: -2, modules: names("torch tensorflow keras sklearn transformers jax") },
  ],
  calls: [
    {
      says: "route",
      weight: 3,
      pattern: /^\s*@(?:\w+\.)?(?:get|post|put|patch|delete|route|api_view|websocket|action|task|shared_task|celery_app\.task)\(/,
    },
    {
      says: "database query",
      weight: 2.5,
      pattern:
        /\.objects\.(?:filter|get|create|all|bulk_create|select_related|exclude|update)\(|\bsession\.(?:query|execute|add|commit|scalars?|exec)\(|\bop\.(?:add_column|create_table|drop_column|execute|create_index|alter_column|drop_table|batch_alter_table)\(|\bmigrations\.\w+\(|\bmodels\.\w+Field\(|\b(?:cursor|conn)\.execute\(/,
    },
    {
      says: "request handling",
      weight: 2,
      pattern:
        /\bHTTPException\(|\bDepends\(|\bAPIRouter\(|\bJsonResponse\(|\bResponse\(|\brequest\.(?:data|json|user|GET|POST|headers)\b|\bclass \w+\((?:\w+\.)?(?:APIView|ViewSet|ModelViewSet|GenericAPIView|Serializer|ModelSerializer|BaseModel|SQLModel|Model)\b/,
    },
  ],
};

const GO: CodeSignals = {
  importLine: /^\s*(?:import\s+)?(?:\w+\s+)?"([\w./@-]{2,160})"\s*$/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      net/http github.com/gin-gonic github.com/labstack/echo github.com/gofiber github.com/go-chi github.com/gorilla
      google.golang.org/grpc github.com/99designs/gqlgen connectrpc.com github.com/julienschmidt github.com/beego
      github.com/danielgtaylor/huma github.com/go-kit github.com/zeromicro github.com/valyala/fasthttp github.com/graphql-go
    `),
    },
    {
      says: "database client or ORM",
      weight: DATABASE,
      modules: names(`
      database/sql gorm.io github.com/jmoiron/sqlx github.com/jackc github.com/lib/pq entgo.io go.mongodb.org
      github.com/redis github.com/go-redis xorm.io github.com/uptrace/bun github.com/Masterminds/squirrel
      github.com/ClickHouse github.com/go-sql-driver github.com/golang-migrate github.com/pressly/goose go.etcd.io
      src.techknowlogick.com/xormigrate github.com/elastic github.com/gocql
    `),
    },
    {
      says: "queue or scheduler",
      weight: QUEUE,
      modules: names(`
      github.com/segmentio/kafka-go github.com/confluentinc github.com/IBM/sarama github.com/Shopify/sarama
      github.com/nats-io github.com/rabbitmq github.com/streadway github.com/hibiken/asynq github.com/robfig/cron
      github.com/riverqueue go.temporal.io github.com/ThreeDotsLabs github.com/go-co-op
    `),
    },
    {
      says: "cloud SDK",
      weight: CLOUD,
      modules: names(`
      github.com/aws cloud.google.com github.com/Azure github.com/stripe github.com/minio k8s.io sigs.k8s.io
      github.com/hashicorp/vault github.com/golang-jwt go.opentelemetry.io github.com/prometheus go.uber.org/zap log/slog
      github.com/sirupsen
    `),
    },
    { says: "test framework", weight: -3, modules: names("testing github.com/stretchr/testify github.com/onsi") },
    {
      says: "desktop or terminal interface",
      weight: -3,
      modules: names("fyne.io github.com/charmbracelet github.com/rivo/tview github.com/wailsapp gioui.org"),
    },
  ],
  calls: [
    {
      says: "request handling",
      weight: 2,
      pattern:
        /\bhttp\.(?:ResponseWriter|Request|Handler|HandleFunc|Client|NewRequest)|\b(?:echo|gin|fiber)\.(?:Context|Ctx)\b|\.(?:GET|POST|PUT|DELETE|HandleFunc|Handle)\("\//,
    },
    {
      says: "database query",
      weight: 2,
      pattern:
        /\b(?:db|tx|s|sess|conn|pool|session)\.(?:Query|QueryRow|Exec|QueryContext|ExecContext|Where|Find|First|Get|Select|Insert|Begin|Transaction)(?:Context)?\(/,
    },
  ],
};

const JVM: CodeSignals = {
  importLine: /^\s*import\s+(?:static\s+)?([\w.]{3,160})/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      org.springframework javax.servlet jakarta.servlet javax.ws.rs jakarta.ws.rs io.micronaut io.quarkus io.ktor.server
      akka org.apache.pekko play play.api org.http4s zio cats.effect sttp.tapir com.twitter.finagle io.vertx io.javalin
      com.netflix.graphql graphql io.grpc io.dropwizard org.eclipse.jetty jakarta.inject javax.inject jakarta.validation
      javax.validation spark ratpack lagom
    `),
    },
    {
      says: "database client or ORM",
      weight: DATABASE,
      modules: names(`
      javax.persistence jakarta.persistence org.hibernate java.sql javax.sql org.jooq org.mybatis com.baomidou slick doobie
      org.jetbrains.exposed com.mongodb redis.clients io.lettuce org.flywaydb liquibase org.jdbi com.datastax reactivemongo
      com.zaxxer org.elasticsearch io.r2dbc
    `),
    },
    {
      says: "queue or scheduler",
      weight: QUEUE,
      modules: names(`
      org.apache.kafka com.rabbitmq javax.jms jakarta.jms org.quartz org.apache.camel org.apache.pulsar io.nats
      com.hazelcast
    `),
    },
    {
      says: "cloud SDK",
      weight: CLOUD,
      modules: names(`
      software.amazon com.amazonaws com.google.cloud com.azure com.stripe okhttp3.mockwebserver org.slf4j io.micrometer
      io.opentelemetry reactor.core feign
    `),
    },
    { says: "Android code", weight: -9, modules: names("android androidx com.google.android dagger.hilt.android kotlinx.android") },
    {
      says: "desktop interface",
      weight: -6,
      modules: names(`
      javafx javax.swing java.awt org.eclipse.swt com.intellij org.jetbrains.compose net.minecraft org.bukkit com.badlogic
    `),
    },
    { says: "browser code", weight: -6, modules: names("org.scalajs kotlinx.browser com.raquo react kotlinx.html.js") },
    { says: "test framework", weight: -3, modules: names("org.junit org.testng io.kotest org.scalatest org.mockito io.mockk") },
  ],
  calls: [
    {
      says: "server annotation",
      weight: 3,
      pattern:
        /^\s*@(?:RestController|Controller|Service|Repository|Component|Configuration|Bean|GetMapping|PostMapping|PutMapping|DeleteMapping|PatchMapping|RequestMapping|Transactional|Entity|Table|Column|Id|Scheduled|KafkaListener|Path|GET|POST|Inject|Autowired|Query|Get|Post|Put|Delete|Singleton|PreAuthorize|EventListener|Async)\b/,
    },
    {
      says: "database query",
      weight: 2,
      pattern: /\b\w*(?:[rR]epository|[dD]ao|entityManager|jdbcTemplate)\.\w+\(|\bdslContext\b|\.fetchOne\(/,
    },
  ],
};

const CSHARP: CodeSignals = {
  importLine: /^\s*(?:global\s+)?using\s+(?:static\s+)?([\w.]{3,160});/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      Microsoft.AspNetCore Microsoft.Extensions.Hosting Microsoft.Extensions.DependencyInjection MediatR HotChocolate Grpc
      FastEndpoints Carter Orleans System.Web.Http System.Web.Mvc Volo.Abp OrchardCore ServiceStack
      Microsoft.Azure.Functions
    `),
    },
    {
      says: "database client or ORM",
      weight: DATABASE,
      modules: names(`
      Microsoft.EntityFrameworkCore System.Data Dapper Npgsql MongoDB StackExchange.Redis NHibernate Microsoft.Data
      MySqlConnector LinqToDB Marten System.Data.Entity Nest
    `),
    },
    {
      says: "queue or scheduler",
      weight: QUEUE,
      modules: names(`
      MassTransit RabbitMQ Confluent.Kafka Hangfire Quartz NServiceBus Azure.Messaging Microsoft.Azure.ServiceBus Rebus
      Wolverine
    `),
    },
    {
      says: "cloud SDK or HTTP client",
      weight: CLOUD,
      modules: names(`
      Amazon Azure Stripe System.Net.Http Microsoft.Azure Microsoft.Extensions.Logging Polly Braintree OpenTelemetry Refit
    `),
    },
    {
      says: "desktop, mobile or game code",
      weight: -9,
      modules: names(`
      UnityEngine UnityEditor System.Windows Microsoft.Maui Xamarin Avalonia Microsoft.UI.Xaml Windows.UI Android UIKit
      Foundation Godot Microsoft.Xna Uno.UI ReactiveUI
    `),
    },
    { says: "browser code", weight: -5, modules: names("Microsoft.JSInterop Microsoft.AspNetCore.Components MudBlazor Blazored") },
    {
      says: "test framework",
      weight: -3,
      modules: names("Xunit NUnit Moq NSubstitute FluentAssertions Microsoft.VisualStudio.TestTools"),
    },
  ],
  calls: [
    {
      says: "server attribute",
      weight: 3,
      pattern:
        /^\s*\[(?:ApiController|Route|HttpGet|HttpPost|HttpPut|HttpDelete|HttpPatch|Authorize|FromBody|FromQuery|FromRoute|Produces|Table|Key|Column|Index|AllowAnonymous|ProducesResponseType)\b/,
    },
    {
      says: "request handling",
      weight: 2.5,
      pattern:
        /\b(?:IActionResult|ActionResult|ControllerBase|IRequestHandler|INotificationHandler|BackgroundService|IHostedService|DbContext|DbSet<|IServiceCollection|WebApplication|HttpContext|IApplicationBuilder|migrationBuilder|IQueryable<)\b|\.Map(?:Get|Post|Put|Delete|Group)\(|\bILogger<|SaveChangesAsync\(/,
    },
  ],
};

const RUBY: CodeSignals = {
  importLine: /^\s*require(?:_relative)?\s+["']([^"']{2,120})["']/,
  imports: [
    {
      says: "server framework or client",
      weight: SERVER,
      modules: names(`
      rails sinatra grape rack sidekiq active_record faraday net/http httparty pg redis mongoid aws-sdk stripe resque hanami
      roda graphql sequel kafka bunny
    `),
    },
    { says: "test framework", weight: -3, modules: names("rspec minitest capybara spec_helper rails_helper test_helper") },
  ],
  calls: [
    {
      says: "server class",
      weight: 2.5,
      pattern:
        /\bclass\s+\S{1,120}\s*<\s*(?:::)?(?:\S{0,60}(?:ApplicationController|BaseController|ActionController|ApplicationRecord|ActiveRecord|ApplicationJob|ApplicationMailer|BaseJob|ActiveJob|Migration|BaseSerializer|ApplicationService|Mutation|Resolver)\S{0,60})|\binclude\s+(?:Sidekiq|ActiveModel|Interactor)/,
    },
    {
      says: "database or model code",
      weight: 2,
      pattern:
        /^\s*(?:belongs_to|has_many|has_one|has_and_belongs_to_many|validates?|scope|before_action|after_commit|before_save|after_create|after_save|before_validation|add_column|create_table|add_index|remove_column|change_column\w*|add_reference|resources?|namespace|mount|queue_as|sidekiq_options|skip_before_action|rescue_from|delegate)\b[\s(]*[:"']|\.(?:where|find_by!?|find_each|joins|includes|pluck|update_all|perform_later|perform_async|save!|update!|create!|with_lock|upsert_all)\b/,
    },
  ],
};

const PHP: CodeSignals = {
  importLine: /^\s*use\s+(?:function\s+)?\\?([\w\\]{3,160})/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      Illuminate Symfony Laravel Slim CodeIgniter Yiisoft yii Cake Psr\\Http ApiPlatform Livewire Filament Hyperf Nuwave
      Magento Spatie Laminas Phalcon
    `),
    },
    { says: "database client or ORM", weight: DATABASE, modules: names("Doctrine MongoDB Predis PDO Elasticsearch") },
    {
      says: "queue, cloud SDK or HTTP client",
      weight: CLOUD,
      modules: names("GuzzleHttp Aws Stripe PhpAmqpLib Google\\Cloud Psr\\Log Monolog Payum"),
    },
    { says: "test framework", weight: -3, modules: names("PHPUnit PhpSpec Behat Pest Prophecy Mockery") },
  ],
  calls: [
    {
      says: "route or table",
      weight: 3,
      pattern:
        /\bRoute::(?:get|post|put|patch|delete|apiResource|resource|middleware|group|prefix)\(|\bSchema::(?:create|table|drop)\w*\(|\bDB::(?:table|select|transaction|statement|raw)\(|#\[(?:Route|ORM|AsMessageHandler|AsCommand|ApiResource|AsEventListener)\b|\$this->addSql\(|\bgetRepository\(|\$table->\w+\(/,
    },
    {
      says: "server class",
      weight: 2.5,
      pattern:
        /\bclass\s+\w{1,80}\s+(?:extends\s+(?:\w*Controller|Model|Authenticatable|FormRequest|JsonResource|Migration|AbstractMigration|Command|Job|ServiceProvider|AbstractController|Mailable|Notification|Pivot)\b|implements\s+.{0,80}(?:ShouldQueue|MessageHandlerInterface|EventSubscriberInterface))/,
    },
  ],
};

const RUST: CodeSignals = {
  importLine: /^\s*(?:pub\s+)?use\s+(?:::)?([\w:]{2,160})/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      axum actix_web actix rocket warp tonic hyper tower tower_http poem salvo async_graphql juniper tide utoipa
      activitypub_federation loco_rs pingora
    `),
    },
    {
      says: "database client or ORM",
      weight: DATABASE,
      modules: names(`
      sqlx diesel diesel_async sea_orm tokio_postgres mongodb redis deadpool_postgres rusqlite fred bb8 r2d2 scylla
      clickhouse elasticsearch
    `),
    },
    {
      says: "queue, cloud SDK or HTTP client",
      weight: CLOUD,
      modules: names(`
      reqwest lapin rdkafka async_nats aws_sdk aws_config tokio tracing jsonwebtoken stripe opentelemetry clokwerk lettre
      apalis object_store k8s_openapi kube
    `),
    },
    {
      says: "desktop, browser or game code",
      weight: -7,
      modules: names(`
      tauri wasm_bindgen web_sys yew leptos dioxus egui eframe iced bevy winit gtk slint wgpu druid ratatui
    `),
    },
  ],
  calls: [
    {
      says: "request handling",
      weight: 2.5,
      pattern:
        /#\[(?:get|post|put|delete|patch|tokio::main|actix_web::main|utoipa::path|instrument|derive\([^)]{0,200}(?:Queryable|Insertable|FromRow|DeriveEntityModel))|\bHttpResponse\b|\bRouter::new\(|\bweb::(?:Json|Path|Query|Data)|\bsqlx::query|\bdiesel::/,
    },
  ],
};

const ELIXIR: CodeSignals = {
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

const GRAPHQL: CodeSignals = {
  importLine: null,
  imports: [],
  calls: [
    {
      says: "GraphQL type definition",
      weight: 5,
      pattern: /^\s*(?:extend\s+)?(?:type|input|interface|union|scalar|enum|schema|directive)\s*[\w@{]/,
    },
    {
      says: "GraphQL client operation",
      weight: -7,
      pattern: /^\s*(?:query|mutation|subscription)\s+\w|^\s*fragment\s+\w+\s+on\s|\.\.\.\s*\w/,
    },
    {
      says: "GraphQL field with a type",
      weight: 3.5,
      pattern: /^\s*\w+(?:\([^)]{0,300}\))?\s*:\s*\[?[A-Z]\w*[!\]]*\s*(?:@.{0,200}|=.{0,100})?$/,
    },
  ],
};

const SQL: CodeSignals = {
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

const CONFIG: CodeSignals = {
  importLine: null,
  imports: [],
  calls: [
    { says: "interface description", weight: 6, pattern: /^\s*["']?(?:openapi|swagger|asyncapi)["']?\s*:\s*["']?\d/ },
    {
      says: "database change log",
      weight: 6,
      pattern: /<(?:databaseChangeLog|changeSet|hibernate-mapping|doctrine-mapping|mapper namespace)\b/,
    },
    {
      says: "a database, queue or function of the infrastructure",
      weight: 7.5,
      pattern:
        /^\s*resource\s+"(?:aws_(?:db|rds|sqs|sns|lambda|dynamodb|elasticache|api_gateway|apigateway|kinesis|msk|mq|cloudwatch_event)|google_(?:sql|pubsub|cloud_run|cloudfunctions|redis|spanner)|azurerm_(?:mssql|postgresql|servicebus|linux_function|redis|cosmosdb))/,
    },
    {
      says: "function or service definition",
      weight: 2,
      pattern: /\bAWS::Serverless::Function\b|^\s*handler:\s*\S|<(?:bean|service)\s+(?:id|class)=/,
    },
  ],
};

const NOTHING: CodeSignals = { importLine: null, imports: [], calls: [] };

/** What code says, by family of languages. Weights are log-odds, once per file and signal. */
export const CODE_SIGNALS: Readonly<Record<Family, CodeSignals>> = {
  web: WEB,
  python: PYTHON,
  go: GO,
  jvm: JVM,
  csharp: CSHARP,
  ruby: RUBY,
  php: PHP,
  rust: RUST,
  elixir: ELIXIR,
  graphql: GRAPHQL,
  sql: SQL,
  schema: NOTHING,
  config: CONFIG,
  view: NOTHING,
  other: NOTHING,
};
