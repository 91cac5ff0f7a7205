import { CLOUD, DATABASE, QUEUE, SERVER } from "./call-weights.ts";
import type { CodeSignals } from "./code-signal.ts";
import { names } from "../names.ts";

/** What imports and calls say in Go. */
export const GO_SIGNALS: CodeSignals = {
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
