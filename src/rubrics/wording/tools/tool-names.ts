import { AMBIGUOUS_NAMES } from "./ambiguous-names.ts";
import { CATALOGUED_NAMES } from "./catalogued-names.ts";
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
  ...CATALOGUED_NAMES,
].filter((name) => !AMBIGUOUS.has(name.toLowerCase()));

/** Short names that people also write in lower case; other names of up to four capitals count only as written. */
export const LOWER_CASE_ABBREVIATIONS: ReadonlySet<string> = new Set(
  "jwt jws jwks tls ssl aws gcp ssh hpa csp rls kms iam sqs sns s3 ec2 ecs eks rds alb elb vpc oidc saml ldap smtp amqp mqtt grpc cors hsts hmac rsa aes md5 sha1 etag jpa mdc pgp gpg hsm elk k6 k8s k3s gcs aks gke waf drf gsm k6s sftp pdo ajv".split(
    " ",
  ),
);
