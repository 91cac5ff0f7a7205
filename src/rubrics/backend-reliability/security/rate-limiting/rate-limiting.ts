import type { Requirement } from "../../../requirement.ts";

/** Nobody can ask more than their share. */
export const rateLimiting: Requirement = {
  id: "rate-limiting",
  section: "security",
  label: "rate limits",
  title: "Nobody can ask more than their share",
  question: "How much may one caller ask in which time, and what does the next request get?",
  cues: [
    { pattern: /\b(?:requests?|calls?|attempts?) per (?:second|minute|hour|day|user|ip|client)\b/u, weight: 3 },
    {
      pattern:
        /\d ?(?:\w+ )?(?:\/|per |pro |par |an? ) ?(?:\d+ ?)?(?:s|secs?|seconds?|sekunde|seconde|m|mins?|minutes?|h|hours?|stunde|heure|day)\b.{0,12}\b(?:per|and|und|et|by|for each|je|par|pro|\/) ?(?:ip|user|key|tenant|client|account|caller|partner|workspace|device|mandant|société|customer|host|member|api)/u,
      weight: 7,
    },
    { pattern: /(?<!\bon )(?<!\bsur )(?<!\/)\b429\b(?!\/)/u, weight: 2 },
    { pattern: /\blimit(?:s|ed|ing)? (?:the )?(?:requests?|traffic|calls?|logins?)/u, weight: 2.5 },
    { pattern: /\blimiters?\b/u, weight: 4 },
    {
      pattern: /\baccounts? (?:is |are |gets? |be )?lock|\block(?:s|ed)? (?:out|after|account|the account|for \d)|\block-?out/u,
      weight: 6,
    },
    {
      pattern:
        /\d ?(?:requests?|req|calls?|attempts?) ?(?:\/|per) ?\d+ ?(?:s|m|min|h)|속도 제한|요청 제한|giới hạn (?:tốc độ|tần suất)|pembatasan/u,
      weight: 3,
    },
    {
      pattern: /rate[\s_-]?limit|ratelimit|限流|limitation de débit|límite de (?:tasa|velocidad)|limite de requisi|レート制限|速率限制/u,
      weight: 6,
    },
    { pattern: /\bthrottl/u, weight: 5 },
    { pattern: /\b429\b|too many requests/u, weight: 5 },
    { pattern: /\bretry-after\b|x-ratelimit/u, weight: 2.5 },
    { pattern: /\block-?outs?\b|locked out|brute[\s-]?force|failed (?:login|attempts)/u, weight: 3.5 },
    { pattern: /\bquotas?\b/u, weight: 4 },
    {
      pattern: /\d ?(?:req|requests?|reqs?|events?|calls?|attempts?)? ?(?:\/|per) ?(?:s|sec|second|m|min|minute|h|hr|hour|ip|user)\b/u,
      weight: 2,
    },
    { pattern: /(?:token|leaky)[\s-]bucket|sliding[\s-]window|fixed[\s-]window/u, weight: 3.5 },
    { pattern: /captcha|\bddos\b|\bwaf\b|abuse/u, weight: 2.5 },
    {
      pattern:
        /^limits?:? (?:\d|configurable|per |by |enforced|exceeded)|\b(?:tenant|user|daily|hourly|ip|client|spend(?:ing)?|action|usage) caps?\b|\bcap exceeded/u,
      weight: 4,
    },
    {
      pattern:
        /\d ?(?:requests?|req|calls?|attempts?|messages?|emails?|sms|logins?) ?(?:\/|per |an? |each )\s?(?:hour|day|minute|second|hourly|daily|month)/u,
      weight: 4,
    },
    {
      pattern:
        /\brack[:-]{1,2}attack|\bslowapi|flask-limiter|bucket4j|\blimits? (?:are |is )?(?:configurable )?per (?:user|key|ip|tenant|client|operation|endpoint|workspace|plan)/u,
      weight: 3,
    },
  ],
  reference: "100 req/min per IP through express-rate-limit",
  why: "One script in a loop is an outage, and an unlimited login is a password list being tried.",
  fix: "Limit by IP and by account in front of the work, answer 429 with Retry-After.",
  goodExample: "express-rate-limit with Redis: the 101st request per IP in a minute gets 429 with Retry-After",
  badExample: "Add rate limiting",
  source: "RFC 6585 section 4; OWASP API Security Top 10, API4 Unrestricted Resource Consumption",
  alsoFits: ["fault-tolerance"],
  hints: {
    numbers: { ask: "say how many in which time", example: "100 req/min per IP" },
    tools: { ask: "name what counts (express-rate-limit, Redis, nginx limit_req)", example: "express-rate-limit" },
    outcome: { ask: "say what the request over the limit gets", example: "the next request gets 429 with Retry-After" },
  },
};
