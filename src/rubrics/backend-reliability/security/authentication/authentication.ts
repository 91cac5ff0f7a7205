import type { Requirement } from "../../../requirement.ts";

/** Every endpoint knows who is calling. */
export const authentication: Requirement = {
  id: "authentication",
  section: "security",
  label: "authentication",
  title: "Every endpoint knows who is calling",
  question: "How does each endpoint know its caller, and what does an unknown one get?",
  cues: [
    { pattern: /\blogged[\s-]in\b|\bwho may call\b|\bjsonwebtoken\b/u, weight: 4 },
    {
      pattern:
        /\b(?:validat|verif|check|reject|refus)\w*\s(?:[\p{L}\x60']+[\s/-]){0,3}(?:authorization\b|tokens?\b|jwts?\b|sessions?\b|api[\s_-]keys?\b|bearer|credentials?\b|client cert)/u,
      weight: 5,
    },
    {
      pattern:
        /\b(?:no|missing|expired|absent|without(?: a)?|ohne|sans) (?:or \w+ )?(?:valid )?(?:token|jwt|session|cookie|api key|jeton|credentials?)/u,
      weight: 4,
    },
    {
      pattern:
        /refresh[\s_-]?tokens?|access[\s_-]?tokens?|token refresh|refresh rotation|simplejwt|세션|인증|로그인|xác thực|inicio de sesión|anmeldung|аутентиф|authentification/u,
      weight: 4,
    },
    { pattern: /\bauthenticat|\bunauthenticated|认证|authentifi|autenticac|autenticaç|uwierzyteln|認証|autentikasi/u, weight: 4.5 },
    { pattern: /\bauth\b/u, weight: 3 },
    { pattern: /\blog-?ins?\b|\bsign-?(?:in|up)\b|\blog-?(?:out|off)\b|logged in|登录/u, weight: 3 },
    { pattern: /\bjwts?\b|\bjwks\b|\boauth|\boidc\b|openid|\bsaml\b|\bsso\b|\bbearer\b/u, weight: 4 },
    { pattern: /\btokens?\b(?! (?:usage|counts?|limits?|budget|bucket|cost|기반))/u, weight: 2 },
    { pattern: /\bsessions?\b/u, weight: 2.5 },
    { pattern: /session[\s_-](?:time-?out|expir|fixation|cookie)|idle time-?out/u, weight: 4 },
    { pattern: /api[\s_-]?keys?\b/u, weight: 3 },
    { pattern: /\bmfa\b|\b2fa\b|\btotp\b|\botps?\b|passkeys?|webauthn|magic link|two-factor|multi-factor/u, weight: 4 },
    { pattern: /\bhmac|\bsignatures?\b|\bsigned\b|签名/u, weight: 3 },
    { pattern: /password[\s_-]?(?:reset|policy|strength|length)|forgot-password|reset[\s_-]token/u, weight: 3.5 },
    { pattern: /\b401\b|unauthori[sz]ed/u, weight: 4 },
    { pattern: /\bcookies?\b|httponly|samesite/u, weight: 2.5 },
    { pattern: /webhook[_\s-]?(?:secret|signature|signing)|signing[_\s-]secret/u, weight: 3.5 },
    { pattern: /credentials?\b|\bkeycloak\b|\bauth0\b|\bcognito\b|\bokta\b|passport\.?js|\bclerk\b|\bpassword\b/u, weight: 2 },
    {
      pattern:
        /(?:validat|verif|check)\w*\s(?:the |a |its )?(?:\w+ ){0,2}signatures?\b|\bsignatures?[\s-](?:validat|verif|check)\w*|署名(?:を)?検証|签名(?:校验|验证)|서명 ?검증/u,
      weight: 6.5,
    },
    { pattern: /\bsigners?\b|\bsigner pinning/u, weight: 4 },
    {
      pattern: /\bx-[a-z-]*secret\b|\bsecret header|\brequest signing|\bsigned requests?\b|\bemail verification\b|\bverification codes?\b/u,
      weight: 4,
    },
  ],
  reference: "JWT, OAuth or API keys on all endpoints",
  why: "One forgotten route is enough.",
  fix: "Verify the credential in one place in front of all routes, and list the exceptions.",
  goodExample: "jose verifies the JWT (RS256, 15 min expiry) on every route but /health; a missing or expired token gets 401",
  badExample: "Add authentication",
  source: "OWASP API Security Top 10, API2 Broken Authentication",
  hints: {
    numbers: { ask: "say how long a credential lasts, or its strength", example: "RS256, 15 min expiry" },
    tools: { ask: "name what verifies it (JWT, OAuth, Passport, Spring Security)", example: "JWT" },
    outcome: { ask: "say what a caller without it gets", example: "a missing or expired token gets 401" },
  },
  hintsFor: [
    {
      when: /signature|\bhmac\b|\bwebhooks?\b|\bsigned\b|\bsigners?\b|署名|签名/u,
      hints: {
        numbers: { ask: "say which algorithm, or how old a message may be", example: "not older than 5 min" },
        tools: { ask: "name the algorithm or library that checks it (HMAC-SHA256, Stripe SDK, jose)", example: "HMAC-SHA256" },
        outcome: { ask: "say what a wrong signature gets", example: "a wrong signature gets 401 and writes nothing" },
      },
    },
    {
      when: /reset|verification code|\botp\b|magic link|forgot/u,
      hints: {
        numbers: { ask: "say how long the code or link is valid", example: "valid for 15 min" },
        tools: { ask: "name what makes or keeps it (JWT, Redis, Auth0)", example: "Redis" },
        outcome: { ask: "say what a used or old one gets", example: "a used or expired one gets 401" },
      },
    },
  ],
};
