import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import { securityRules } from "../../src/rubrics/backend-reliability/security/rules.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const root = join(import.meta.dirname, "../../fixtures/rules");

/** Severities of one rule on one of its fixtures, by line. */
function severitiesOf(id: string, fixture: string): readonly string[] {
  const content = readFileSync(join(root, id, fixture), "utf8").replace(/ *\/\/ expect: .*/g, "");
  const rules = securityRules.filter((rule) => rule.id === id);
  const path = fixture.includes("/") ? fixture.slice(fixture.indexOf("/") + 1) : `src/${fixture.replace(/^bad-/, "")}`;
  return inspectPullRequest(buildPullRequest([{ path, status: "added", content }]), [], rules)
    .findings.toSorted((a, b) => a.line - b.line)
    .map((finding) => finding.severity);
}

test.each([
  ["jwt-is-verified", "bad-identity.ts", "a middleware that lets in by unverified claims"],
  ["jwt-is-verified", "bad-written-on-request.ts", "the caller is written onto the request"],
  ["route-has-authentication", "bad-orders.ts", "three siblings have the guard and this change of data has not"],
  ["secret-comparison-is-constant-time", "bad-webhook.ts", "a computed signature"],
  ["webhook-signature-is-verified", "bad-stripe.ts", "a sender that signs, and nothing else sees the request"],
  ["bulk-write-has-a-condition", "bad-plans.ts", "another write to the same table has a condition"],
  ["cookie-is-protected", "bad-script-readable.ts", "a credential that scripts may read"],
  ["hash-and-cipher-are-strong", "bad-password.ts", "a fast hash of a password"],
  ["secret-is-cryptographically-random", "bad-reset-token.ts", "a reset token from Math.random"],
  ["secret-is-not-in-the-code", "bad-config.ts", "a key written in the code"],
  ["tls-certificates-are-verified", "bad-agent.ts", "verification is off without a condition"],
  ["outbound-url-is-allowed", "bad-preview.ts", "the body names the address"],
  ["archive-entries-stay-in-their-folder", "bad-zip.ts", "the archive names the file that is written"],
  ["command-is-not-built-from-input", "bad-remote.ts", "the query becomes a command on the other machine"],
  ["redirect-target-is-allowed", "bad-next.ts", "the query names the target"],
  ["sql-is-parameterized", "bad-request.ts", "the query becomes SQL"],
  ["request-body-has-size-limit", "bad-json.ts", "two gigabytes in memory"],
])("%s blocks on %s: %s", (id, fixture) => {
  expect(severitiesOf(id, fixture)).toEqual(["blocking"]);
});

test.each([
  ["jwt-is-verified", "bad-gateway-auth.ts", "where the token came from was not followed"],
  ["route-has-authentication", "bad-own-app.ts", "checks in front of the server were not followed"],
  ["route-has-authentication", "bad-procedures.ts", "an open procedure says so in its name"],
  ["secret-comparison-is-constant-time", "bad-internal-key.ts", "who chooses the other side was not followed"],
  ["webhook-signature-is-verified", "bad-courier.ts", "nobody knows whether this sender signs"],
  ["cookie-is-protected", "bad-missing.ts", "defaults elsewhere were not followed"],
  ["hash-and-cipher-are-strong", "bad-token.ts", "a fast hash of a random token"],
  ["secret-is-not-in-the-code", "bad-fallback.ts", "only used when the environment has none"],
  ["tls-certificates-are-verified", "bad-database.ts", "many managed databases have private authorities"],
  ["outbound-url-is-allowed", "bad-validated.ts", "a schema stood between"],
  ["sql-is-parameterized", "bad-repository.ts", "callers were not followed"],
  ["command-is-not-built-from-input", "bad-parameter.ts", "callers were not followed"],
  ["route-has-authentication", "bad-rights.controller.ts", "the siblings ask for rights, which says nothing about who is signed in"],
  ["secret-is-not-in-the-code", "bad-label.ts", "a label keeps hashes apart, and hides nothing"],
  ["secret-is-not-in-the-code", "bad-service-key.ts", "the name alone does not say what it opens"],
  ["object-keys-exclude-the-prototype", "bad-path.ts", "where the path comes from was not followed"],
  ["outbound-url-is-allowed", "bad-1/app/api/catalogue/route.ts", "there is a base that the path must overcome"],
  ["redirect-target-is-allowed", "bad-cookie.ts", "what was let into the cookie was not followed"],
])("%s only advises on %s: %s", (id, fixture) => {
  expect(severitiesOf(id, fixture)).toEqual(["advisory"]);
});

test("a finding names no value of a secret", () => {
  for (const fixture of ["bad-sign.ts", "bad-config.ts", "bad-database.ts", "bad-fallback.ts"]) {
    const content = readFileSync(join(root, "secret-is-not-in-the-code", fixture), "utf8");
    const { findings } = inspectPullRequest(buildPullRequest([{ path: `src/${fixture}`, status: "added", content }]), [], securityRules);
    const values = [...content.matchAll(/(?:m9Qx2vTz7LpWc4Rk|q7Zk1MvB93xTpL0sWd5R|R7w2Kq9zLx|9f2c77Ab41eD0c55Be31)/g)].map(
      (match) => match[0],
    );
    expect(values.length).toBeGreaterThan(0);
    for (const finding of findings) for (const value of values) expect(finding.message).not.toContain(value);
  }
});
