import type { Requirement } from "../../../requirement.ts";

/** Data and secrets are encrypted, keys are rotated. */
export const encryption: Requirement = {
  id: "encryption",
  section: "security",
  label: "encryption",
  title: "Data and secrets are encrypted, keys are rotated",
  question: "What is encrypted at rest and in transit, with what, and who holds the keys?",
  cues: [
    { pattern: /\bhttps\b/u, weight: 1.5 },
    {
      pattern:
        /(?:secrets?|credentials?|passwords?|api keys?)\b.{0,40}\b(?:stored|kept|loaded|come|read|injected|baked|committed|checked in|hard-?coded|from (?:env|vault|the environment)|in (?:source|code|the repo|repo|git|env|config|kubernetes|vault|images?))/u,
      weight: 4.5,
    },
    {
      pattern:
        /(?:jwt|session|signing|app|auth|encryption)[\s_-](?:secret|key)s?\b|secret[\s_-]key|secret_key_base|\bencryptor|시크릿|암호화|mã hóa|encriptad|секрет/u,
      weight: 3.5,
    },
    {
      pattern:
        /(?:secrets?|credentials?|keys?|passwords?|certs?|certificates?) (?:is |are |being )?rotated|rotate (?:the )?(?:secrets?|credentials?|keys?|passwords?|certs?)/u,
      weight: 5,
    },
    { pattern: /encrypt|cipher|加密|chiffr|cifra|criptogra|verschlüssel|szyfrow|暗号|enkripsi/u, weight: 5 },
    { pattern: /\baes\b|\baes[\s_-]?\d|\baes-/u, weight: 4 },
    {
      pattern:
        /\b(?:tls|ssl|mtls)\b|\bcertificates?\b|https[\s-](?:only|everywhere|redirect)|(?:over|require|enforce|force|redirects? to) https|cert-manager|let.s encrypt/u,
      weight: 3.5,
    },
    { pattern: /\bkms\b|\bvault\b|secrets?[\s_-]manager|\bsecrets?\b|密钥/u, weight: 3 },
    { pattern: /\bhash(?:ed|es|ing)?\b(?![\s-]chain)|\bbcrypt|\bargon2|\bscrypt\b|\bpbkdf2/u, weight: 4 },
    { pattern: /at[\s-]rest|in[\s-]transit|at-rest/u, weight: 3.5 },
    { pattern: /key rotation|(?<!\blogs? [^.;]{0,24})\brotat(?:e|es|ed|ion|ing)\b|encryption keys?|private keys?|轮换/u, weight: 3 },
    { pattern: /hard-?cod|plain-?text|in (?:the )?(?:source|code|repo|git)\b|\.env\b/u, weight: 2 },
    { pattern: /\bencrypted\W*$/u, weight: 3 },
    { pattern: /\bhard-?cod/u, weight: 2 },
    {
      pattern:
        /(?:embedded|baked|bundled|shipped|hard-?coded|exposed) (?:in|into) (?:the )?(?:apk|app|bundle|client|binary|image|frontend|build)|\bhash ?sums?\b|\b(?:no|never) .{0,20}\b(?:secrets?|keys?|credentials?) in (?:the )?(?:code|frontend|client|source|repo|bundle|env)/u,
      weight: 5,
    },
    {
      pattern: /\bhttps\b.{0,24}(?:terminat|redirect|enforced|enabled|configured|set up|only|終端|via|proxy)|\bhttps終端|\btls terminat/u,
      weight: 4,
    },
    {
      pattern: /\b(?:secret|sensitive|encryption|private|signing|api) keys?\b.{0,30}\b(?:embedded|stored|exposed|committed|rotated|env)/u,
      weight: 3.5,
    },
  ],
  reference: "AES-256 at rest, TLS 1.3 in transit",
  why: "A lost disk or a logged packet should be worth nothing.",
  fix: "Encrypt columns and disks with managed keys, refuse old protocols, keep secrets out of the code, rotate.",
  goodExample: "AWS KMS encrypts card references with AES-256-GCM; nginx refuses below TLS 1.3; keys rotate every 90 days without downtime",
  badExample: "Encrypt sensitive data",
  source: "NIST SP 800-57; RFC 8446",
  alsoFits: ["data-integrity"],
  hints: {
    numbers: { ask: "say which strength, version or rotation period", example: "AES-256, rotated every 90 days" },
    tools: { ask: "name what encrypts or keeps the keys (AWS KMS, Vault, bcrypt, TLS)", example: "AWS KMS" },
    outcome: { ask: "say what can be seen from outside", example: "the column holds only ciphertext and plain HTTP is refused" },
  },
  hintsFor: [
    {
      when: /\bhttps\b|\btls\b|\bssl\b|in[\s-]transit|certificate/u,
      hints: {
        numbers: { ask: "say which version is the floor", example: "TLS 1.2 or higher" },
        tools: { ask: "name what ends the connection (nginx, Caddy, cert-manager, ALB)", example: "nginx" },
        outcome: { ask: "say what a plain connection gets", example: "plain HTTP is redirected with 301" },
      },
    },
    {
      when: /\bpasswords?\b|\bhash(?:ed|es|ing)?\b/u,
      hints: {
        numbers: { ask: "say which cost or strength", example: "cost 12" },
        tools: { ask: "name the function (bcrypt, Argon2id, scrypt)", example: "bcrypt" },
        outcome: { ask: "say what the database then holds", example: "the database holds only hashes, old ones are upgraded on login" },
      },
    },
    {
      when: /\b(?:secrets?|credentials?|keys?|tokens?)\b.{0,40}\b(?:code|repo|repository|source|frontend|client|bundle|apk|app|image|hard-?coded|embedded|committed)\b|hard-?cod/u,
      hints: {
        numbers: { ask: "say how often it is rotated", example: "rotated every 90 days" },
        tools: { ask: "name what keeps or finds them (Vault, AWS Secrets Manager, gitleaks)", example: "gitleaks" },
        outcome: { ask: "say what happens to one that is committed", example: "a committed key fails the build" },
      },
    },
  ],
};
