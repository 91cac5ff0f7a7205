import type { Requirement } from "../../../requirement.ts";

/** Data and secrets are encrypted, keys are rotated. */
export const encryption: Requirement = {
  id: "encryption",
  section: "security",
  label: "encryption",
  title: "Data and secrets are encrypted, keys are rotated",
  question: "What is encrypted at rest and in transit, with what, and who holds the keys?",
  cues: [
    { pattern: /encrypt|cipher|加密|chiffr|cifra|criptogra|verschlüssel|szyfrow|暗号|enkripsi/u, weight: 5 },
    { pattern: /\baes\b|\baes[\s_-]?\d|\baes-/u, weight: 4 },
    { pattern: /\b(?:tls|https|ssl|mtls)\b|\bcertificates?\b|cert-manager|let.s encrypt/u, weight: 3.5 },
    { pattern: /\bkms\b|\bvault\b|secrets?[\s_-]manager|\bsecrets?\b|密钥/u, weight: 3 },
    { pattern: /\bhash(?:ed|es|ing)?\b|\bbcrypt|\bargon2|\bscrypt\b|\bpbkdf2/u, weight: 4 },
    { pattern: /at[\s-]rest|in[\s-]transit|at-rest/u, weight: 3.5 },
    { pattern: /key rotation|\brotat(?:e|es|ed|ion|ing)\b|encryption keys?|private keys?|轮换/u, weight: 3 },
    { pattern: /hard-?cod|plain-?text|in (?:the )?(?:source|code|repo|git)\b|\.env\b/u, weight: 2 },
    { pattern: /\bencrypted\W*$/u, weight: 3 },
    { pattern: /\bhard-?cod/u, weight: 2 },
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
};
