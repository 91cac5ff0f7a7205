/** Each pattern with the sign without which it cannot match, and whether it needs a digit. */
const HIDDEN: readonly (readonly [pattern: RegExp, sign: string, digit: boolean])[] = [
  [/https?:\/\/[^\s<>()]{1,500}/giu, "://", false],
  [/(?<![\p{L}\p{N}_.)])\.{0,2}\/[\p{L}\p{N}_{}:*.-]{1,80}(?:\/[\p{L}\p{N}_{}:*.-]{0,80}){0,12}/gu, "/", false],
  [
    /(?<![\p{L}\p{N}_@])[\p{L}\p{N}_.-]{1,80}(?:\/[\p{L}\p{N}_.-]{1,80}){0,10}\/[\p{L}\p{N}_-]{1,80}\.(?:tsx?|jsx?|mjs|py|go|java|rb|php|rs|cs|kt|sql|ya?ml|md|json|sh|proto|tf|toml|env|conf|xml|html|gradle|lock|txt)\b(?::\d{1,6})?/gu,
    "/",
    false,
  ],
  [
    /(?<![\p{L}\p{N}_@/])[\p{L}\p{N}_-]{1,80}(?:\.[\p{L}\p{N}_-]{1,40})?\.(?:tsx?|mjs|py|go|java|rb|php|rs|cs|kt|sql|ya?ml|md|json|sh|proto|tf|toml|conf|xml|html|gradle|lock|txt)\b(?::\d{1,6})?/gu,
    ".",
    false,
  ],
  [/\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.]{1,14}Z?)?\b/gu, "-", true],
  [/\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}\b/gu, "", true],
  [/\b(?=[0-9a-f]{0,39}\d)(?=[0-9a-f]{0,39}[a-f])[0-9a-f]{7,40}\b/gu, "", true],
  [/\^\d+(?:\.\d+){0,2}/gu, "^", true],
  [
    /~\d+(?:\.\d+){0,2}(?![\d.]{0,12}\s?(?:%|(?:[mnµ]?s|secs?|seconds?|min|minutes?|m|h|hours?|d|days?|weeks?|months?|[kmg]i?b|k|x|req|rps|rows?|users?)(?![\p{L}\p{N}])))/gu,
    "~",
    true,
  ],
  [/\bv\d+(?:\.\d+){0,3}\b/gu, "v", true],
  [/\b\d+\.\d+\.\d+(?:[.-][\p{L}\p{N}.]{1,20})?(?!\p{N})/gu, ".", true],
  [/[\p{L}_][\p{L}\p{N}_-]{1,40}\s?(?:>=|==|~=)\s?\d+(?:\.\d+){1,3}/gu, "=", true],
  [/[\p{L}_][\p{L}\p{N}_-]{1,40}\s?@\s?\d+(?:\.\d+){1,3}/gu, "@", true],
  [/\b(?:[A-Z]{2,8}-\d{1,6}|(?:CVE|CWE|GHSA)-[\d-]{1,14}|BP-\d+\.\d+)\b/gu, "-", true],
];

/** The text with paths, addresses, dates, hashes, versions and ticket ids blanked out; every character keeps its place. */
export function maskNames(text: string): string {
  let masked = text;
  const hasDigit = /\d/u.test(text);
  for (const [pattern, sign, digit] of HIDDEN) {
    if ((digit && !hasDigit) || !text.includes(sign)) continue;
    masked = masked.replace(pattern, (name) => (/^(?:AES|SHA|RSA|HMAC|TLS|CVSS|RFC|ISO)-/u.test(name) ? name : " ".repeat(name.length)));
  }
  return masked;
}
