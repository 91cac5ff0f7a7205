import type { Rule } from "../../rule.ts";
import { jwtIsVerified } from "./authentication/jwt-is-verified.ts";
import { routeHasAuthentication } from "./authentication/route-has-authentication.ts";
import { secretComparisonIsConstantTime } from "./authentication/secret-comparison-is-constant-time.ts";
import { webhookSignatureIsVerified } from "./authentication/webhook-signature-is-verified.ts";
import { bulkWriteHasACondition } from "./authorization/bulk-write-has-a-condition.ts";
import { idsFromInputAreChecked } from "./authorization/ids-from-input-are-checked.ts";
import { objectAccessIsScoped } from "./authorization/object-access-is-scoped.ts";
import { roleChangeChecksTheCaller } from "./authorization/role-change-checks-the-caller.ts";
import { connectionIsEncrypted } from "./encryption/connection-is-encrypted.ts";
import { cookieIsProtected } from "./encryption/cookie-is-protected.ts";
import { hashAndCipherAreStrong } from "./encryption/hash-and-cipher-are-strong.ts";
import { secretIsCryptographicallyRandom } from "./encryption/secret-is-cryptographically-random.ts";
import { secretIsNotInTheCode } from "./encryption/secret-is-not-in-the-code.ts";
import { storedSecretIsHashed } from "./encryption/stored-secret-is-hashed.ts";
import { tlsCertificatesAreVerified } from "./encryption/tls-certificates-are-verified.ts";
import { codeIsNotBuiltFromInput } from "./input-sanitization/code-is-not-built-from-input.ts";
import { commandIsNotBuiltFromInput } from "./input-sanitization/command-is-not-built-from-input.ts";
import { databaseFilterHasNoOperators } from "./input-sanitization/database-filter-has-no-operators.ts";
import { htmlIsEscaped } from "./input-sanitization/html-is-escaped.ts";
import { outboundUrlIsAllowed } from "./input-sanitization/outbound-url-is-allowed.ts";
import { pathStaysInItsFolder } from "./input-sanitization/path-stays-in-its-folder.ts";
import { patternIsNotBuiltFromInput } from "./input-sanitization/pattern-is-not-built-from-input.ts";
import { redirectTargetIsAllowed } from "./input-sanitization/redirect-target-is-allowed.ts";
import { sqlIsParameterized } from "./input-sanitization/sql-is-parameterized.ts";
import { costlyRouteHasRateLimit } from "./rate-limiting/costly-route-has-rate-limit.ts";
import { credentialRouteHasRateLimit } from "./rate-limiting/credential-route-has-rate-limit.ts";
import { requestBodyHasSizeLimit } from "./rate-limiting/request-body-has-size-limit.ts";

/** Rules of this section, by requirement in reading order. */
export const securityRules: readonly Rule[] = [
  jwtIsVerified,
  routeHasAuthentication,
  secretComparisonIsConstantTime,
  webhookSignatureIsVerified,
  bulkWriteHasACondition,
  idsFromInputAreChecked,
  objectAccessIsScoped,
  roleChangeChecksTheCaller,
  codeIsNotBuiltFromInput,
  commandIsNotBuiltFromInput,
  databaseFilterHasNoOperators,
  htmlIsEscaped,
  outboundUrlIsAllowed,
  pathStaysInItsFolder,
  patternIsNotBuiltFromInput,
  redirectTargetIsAllowed,
  sqlIsParameterized,
  connectionIsEncrypted,
  cookieIsProtected,
  hashAndCipherAreStrong,
  secretIsCryptographicallyRandom,
  secretIsNotInTheCode,
  storedSecretIsHashed,
  tlsCertificatesAreVerified,
  costlyRouteHasRateLimit,
  credentialRouteHasRateLimit,
  requestBodyHasSizeLimit,
];
