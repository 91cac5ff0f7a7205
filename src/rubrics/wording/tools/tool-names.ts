import { AMBIGUOUS_NAMES } from "./ambiguous-names.ts";
import { CATALOGUED_NAMES } from "./catalogued-names.ts";
import { CODE_NAMES } from "./code-names.ts";
import { LIBRARY_NAMES } from "./library-names.ts";
import { MECHANISM_NAMES } from "./mechanism-names.ts";
import { PAYMENT_NAMES } from "./payment-names.ts";
import { PLATFORM_NAMES } from "./platform-names.ts";

const AMBIGUOUS = new Set(AMBIGUOUS_NAMES.map((name) => name.toLowerCase()));

/** Every name that is a tool wherever it stands. */
export const TOOL_NAMES: readonly string[] = [
  ...LIBRARY_NAMES,
  ...PLATFORM_NAMES,
  ...PAYMENT_NAMES,
  ...MECHANISM_NAMES,
  ...CODE_NAMES,
  ...CATALOGUED_NAMES,
].filter((name) => !AMBIGUOUS.has(name.toLowerCase()));

/** Short names that people also write in lower case; other names of up to four capitals count only as written. */
export const LOWER_CASE_ABBREVIATIONS: ReadonlySet<string> = new Set(
  "jwt jws jwks tls ssl aws gcp ssh hpa csp rls kms iam sqs sns s3 ec2 ecs eks rds alb elb vpc oidc saml ldap smtp amqp mqtt grpc cors hsts hmac rsa aes md5 sha1 etag jpa mdc pgp gpg hsm elk k6 k8s k3s gcs aks gke waf drf gsm k6s sftp pdo ajv".split(
    " ",
  ),
);

/** Product names made of everyday words: they count only with their capitals, "an API gateway" is no product. */
export const CAPITALISED_NAMES: ReadonlySet<string> = new Set([
  "api gateway",
  "snowflake",
  "panache",
  "container apps",
  "secret manager",
  "secrets manager",
  "service bus",
  "app service",
  "app engine",
  "front door",
  "cloud storage",
  "cloud run",
  "cloud functions",
  "cloud tasks",
  "cloud scheduler",
  "cloud build",
  "cloud logging",
  "cloud monitoring",
  "cloud trace",
  "cloud profiler",
  "error reporting",
  "managed identity",
  "api management",
  "log analytics",
  "logic apps",
  "traffic manager",
  "parameter store",
  "systems manager",
  "control tower",
  "firewall manager",
  "object lock",
  "step functions",
  "compute engine",
  "artifact registry",
  "schema registry",
  "application insights",
  "workload identity",
  "key vault",
  "blob storage",
  "active directory",
  "active record",
  "active job",
  "active model",
  "active storage",
  "action policy",
  "form request",
  "bean validation",
  "service account",
  "security hub",
  "global accelerator",
  "transit gateway",
  "cluster autoscaler",
  "application load balancer",
  "network load balancer",
  "event grid",
  "event hubs",
  "event store",
  "app store",
  "microsoft teams",
  "external secrets",
  "sealed secrets",
  "delta lake",
  "solid cache",
  "solid queue",
  "delayed job",
  "great expectations",
  "security command center",
  "binary authorization",
  "managed grafana",
]);
