import type { Rule } from "../../rule.ts";
import { jwtIsVerified } from "./authentication/jwt-is-verified.ts";
import { routeHasAuthentication } from "./authentication/route-has-authentication.ts";
import { secretComparisonIsConstantTime } from "./authentication/secret-comparison-is-constant-time.ts";
import { serverActionChecksItsCaller } from "./authentication/server-action-checks-its-caller.ts";
import { unknownAccountCostsTheSame } from "./authentication/unknown-account-costs-the-same.ts";
import { webhookSignatureIsVerified } from "./authentication/webhook-signature-is-verified.ts";
import { signInIsNotLeftForLater } from "./authentication/sign-in-is-not-left-for-later.ts";
import { signInCheckIsKept } from "./authentication/sign-in-check-is-kept.ts";
import { bulkWriteHasACondition } from "./authorization/bulk-write-has-a-condition.ts";
import { callerOwnsWhatItNames } from "./authorization/caller-owns-what-it-names.ts";
import { checkOfRightsIsAwaited } from "./authorization/check-of-rights-is-awaited.ts";
import { credentialsGoToKnownOrigins } from "./authorization/credentials-go-to-known-origins.ts";
import { fetchedRowIsComparedLikeElsewhere } from "./authorization/fetched-row-is-compared-like-elsewhere.ts";
import { idsFromInputAreChecked } from "./authorization/ids-from-input-are-checked.ts";
import { lookupNamesItsKnownOwner } from "./authorization/lookup-names-its-known-owner.ts";
import { nestedIdBelongsToItsParent } from "./authorization/nested-id-belongs-to-its-parent.ts";
import { objectAccessIsScoped } from "./authorization/object-access-is-scoped.ts";
import { operationAsksLikeItsSiblings } from "./authorization/operation-asks-like-its-siblings.ts";
import { rightsAreNotLeftForLater } from "./authorization/rights-are-not-left-for-later.ts";
import { roleChangeChecksTheCaller } from "./authorization/role-change-checks-the-caller.ts";
import { checkOfRightsIsKept } from "./authorization/check-of-rights-is-kept.ts";
import { connectionIsEncrypted } from "./encryption/connection-is-encrypted.ts";
import { cookieIsProtected } from "./encryption/cookie-is-protected.ts";
import { hashAndCipherAreStrong } from "./encryption/hash-and-cipher-are-strong.ts";
import { secretIsCryptographicallyRandom } from "./encryption/secret-is-cryptographically-random.ts";
import { secretIsNotInTheCode } from "./encryption/secret-is-not-in-the-code.ts";
import { storedSecretIsHashed } from "./encryption/stored-secret-is-hashed.ts";
import { tlsCertificatesAreVerified } from "./encryption/tls-certificates-are-verified.ts";
import { protectionOfSecretsIsKept } from "./encryption/protection-of-secrets-is-kept.ts";
import { archiveEntriesStayInTheirFolder } from "./input-sanitization/archive-entries-stay-in-their-folder.ts";
import { checkedAddressKeepsItsHost } from "./input-sanitization/checked-address-keeps-its-host.ts";
import { codeIsNotBuiltFromInput } from "./input-sanitization/code-is-not-built-from-input.ts";
import { commandIsNotBuiltFromInput } from "./input-sanitization/command-is-not-built-from-input.ts";
import { databaseFilterHasNoOperators } from "./input-sanitization/database-filter-has-no-operators.ts";
import { escapingReachesEveryPlace } from "./input-sanitization/escaping-reaches-every-place.ts";
import { htmlIsEscaped } from "./input-sanitization/html-is-escaped.ts";
import { objectKeysExcludeThePrototype } from "./input-sanitization/object-keys-exclude-the-prototype.ts";
import { outboundUrlIsAllowed } from "./input-sanitization/outbound-url-is-allowed.ts";
import { pathStaysInItsFolder } from "./input-sanitization/path-stays-in-its-folder.ts";
import { patternIsNotBuiltFromInput } from "./input-sanitization/pattern-is-not-built-from-input.ts";
import { queryTextIsEscaped } from "./input-sanitization/query-text-is-escaped.ts";
import { redirectTargetIsAllowed } from "./input-sanitization/redirect-target-is-allowed.ts";
import { removalLeavesNothingDangerous } from "./input-sanitization/removal-leaves-nothing-dangerous.ts";
import { sqlIsParameterized } from "./input-sanitization/sql-is-parameterized.ts";
import { urlPartsAreEncoded } from "./input-sanitization/url-parts-are-encoded.ts";
import { xmlEntitiesStayUnread } from "./input-sanitization/xml-entities-stay-unread.ts";
import { escapingIsKept } from "./input-sanitization/escaping-is-kept.ts";
import { costlyRouteHasRateLimit } from "./rate-limiting/costly-route-has-rate-limit.ts";
import { limitIsNotLeftForLater } from "./rate-limiting/limit-is-not-left-for-later.ts";
import { credentialRouteHasRateLimit } from "./rate-limiting/credential-route-has-rate-limit.ts";
import { requestBodyHasSizeLimit } from "./rate-limiting/request-body-has-size-limit.ts";
import { rateLimitIsKept } from "./rate-limiting/rate-limit-is-kept.ts";

/** Rules of this section, by requirement in reading order. */
export const securityRules: readonly Rule[] = [
  jwtIsVerified,
  routeHasAuthentication,
  secretComparisonIsConstantTime,
  serverActionChecksItsCaller,
  unknownAccountCostsTheSame,
  webhookSignatureIsVerified,
  signInCheckIsKept,
  signInIsNotLeftForLater,
  bulkWriteHasACondition,
  callerOwnsWhatItNames,
  checkOfRightsIsAwaited,
  credentialsGoToKnownOrigins,
  fetchedRowIsComparedLikeElsewhere,
  idsFromInputAreChecked,
  lookupNamesItsKnownOwner,
  nestedIdBelongsToItsParent,
  objectAccessIsScoped,
  operationAsksLikeItsSiblings,
  roleChangeChecksTheCaller,
  rightsAreNotLeftForLater,
  checkOfRightsIsKept,
  archiveEntriesStayInTheirFolder,
  checkedAddressKeepsItsHost,
  codeIsNotBuiltFromInput,
  commandIsNotBuiltFromInput,
  databaseFilterHasNoOperators,
  escapingReachesEveryPlace,
  htmlIsEscaped,
  objectKeysExcludeThePrototype,
  outboundUrlIsAllowed,
  pathStaysInItsFolder,
  patternIsNotBuiltFromInput,
  queryTextIsEscaped,
  redirectTargetIsAllowed,
  removalLeavesNothingDangerous,
  sqlIsParameterized,
  urlPartsAreEncoded,
  xmlEntitiesStayUnread,
  escapingIsKept,
  connectionIsEncrypted,
  cookieIsProtected,
  hashAndCipherAreStrong,
  secretIsCryptographicallyRandom,
  secretIsNotInTheCode,
  storedSecretIsHashed,
  tlsCertificatesAreVerified,
  protectionOfSecretsIsKept,
  costlyRouteHasRateLimit,
  credentialRouteHasRateLimit,
  limitIsNotLeftForLater,
  requestBodyHasSizeLimit,
  rateLimitIsKept,
];
