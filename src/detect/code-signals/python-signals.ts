import { CLOUD, DATABASE, QUEUE, SERVER } from "./call-weights.ts";
import type { CodeSignals } from "./code-signal.ts";
import { names } from "../names.ts";

/** What imports and calls say in Python. */
export const PYTHON_SIGNALS: CodeSignals = {
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
