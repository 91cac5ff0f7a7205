import type { OutcomeSign } from "./outcome-sign.ts";

/** An end state that one request, query or look proves. */
export const END_STATE_SIGNS: readonly OutcomeSign[] = [
  {
    pattern: /\b(?:still|keeps?|continues? to|go(?:es)? on) work(?:s|ing)?\b/u,
    weight: 2.2,
    unless: /\b(?:everything|all|things?|it|system|service|app|application) (?:still|keeps?|continues?|goes?)\b/u,
  },
  { pattern: /\bruns? as (?:an? |the )?(?:non-?root|\p{L})/u, weight: 1.6 },
  {
    pattern: /\bwithout (?:any |an? |data )?(?:errors?|failures?|loss|duplicates?|crash(?:es|ing)?|restarts?|drops?|losing|dropping)\b/u,
    weight: 1.5,
    unless: /^(?:add|implement)\b/u,
  },
  { pattern: /\(\s?(?:no|without|never) (?!downtime|longer|need|op\b)\p{L}/u, weight: 1.55 },
  {
    pattern: /\b(?:immutable|append-?only|tamper-?(?:evident|proof)|read-?only|non-?root)\b(?:[\s.)]*$|\s\()/u,
    weight: 1.5,
    unless: /^(?:add|implement|create|use)\b|\b(?:strategy|support|approach)\b/u,
  },
  {
    pattern: /\bvalidat(?:e|es|ed)\b.{2,40}\bbefore (?!deploy|merg|launch|release|production|go-live)\p{L}/u,
    weight: 1.5,
    unless: /^(?:add|implement)\b/u,
  },
  {
    pattern: /(?:^|[;:]\s)(?:deny|forbid|disallow|refuse|reject|block|prohibit) (?!list)(?:all |any |every |the |wildcards?|\x60|\p{L})/u,
    weight: 1.5,
    unless: /\b(?:malicious|bad actors?|as needed)\b/u,
  },
  { pattern: /=\s?(?:no|same|only|exactly|one|nothing)\s\p{L}/u, weight: 1.9 },
  {
    pattern: /\b\p{L}{3,20}(?:ed|en) (?:for|on|in|to|with|at) (?:every|each|all)\b/u,
    weight: 1.6,
    unless: /^(?:add|implement|set up|configure|use|create|integrate)\b/u,
  },
  { pattern: /\bactive (?:for|on|in) (?:all|every|each)\b/u, weight: 1.9 },
  { pattern: /\x60 (?:is |runs |stays )?(?:clean|green)\b|\x60 (?:passes|succeeds)\b/u, weight: 1.6 },
  { pattern: /^(?:all|every|each) .{3,60}\b(?:healthy|available|ready|reachable|running|green)\b/u, weight: 1.6 },
  {
    pattern:
      /^no (?:degraded|unhealthy|failed|failing|pending|stuck|orphan\p{L}*|stale|critical|unhandled|unbounded|shared|unused|open|expired|missing|unacknowledged|unencrypted|unauthenticated|uncommitted) \p{L}/u,
    weight: 1.6,
  },
  {
    pattern:
      /\bpass(?:es)?(?:[.)\s]*$| (?:in|on|with|without|when|against) )|\b(?:build|tests?|suite|job|level \d) (?:is green|pass(?:es)?)\b/u,
    weight: 1.5,
  },
  {
    pattern: /\p{L} only(?=[\s.)]*$|[;,(])|\bonly (?:in|on|from|via|through|over|as|the|transient|one)\b/u,
    weight: 1.4,
    unless: /\bread[\s-]only\b|\bonly (?:in|for) (?:dev|test)/u,
  },
  {
    pattern:
      /\b(?:required|mandatory|enforced|verified|validated|checked) (?:for|on|to|in|by|at|before|against|per) (?!code review|tests?\b|ci\b|(?:the )?(?:middleware|code)\b)\p{L}/u,
    weight: 1.5,
    unless: /^(?:add|implement|set up|configure)\b/u,
  },
  {
    pattern: /\b(?:has|have|holds?|owns?) (?:an? |its own |their own |no |at least |at most |one |exactly |unique |\x60|@|\d)/u,
    weight: 1.4,
    unless: /^(?:it|we|they) (?:has|have)\b|\bhave (?:a look|time)\b/u,
  },
  { pattern: /\b(?:match(?:es)?|equals?) (?:the |an? |its |\x60|\p{L}|\d)/u, weight: 1.4, unless: /^(?:add|implement|make sure)\b/u },
  {
    pattern: /\b(?:up[\s-]to[\s-]date|in sync|unchanged|untouched|intact|identical|byte-for-byte|unaffected|uninterrupted)\b/u,
    weight: 1.2,
  },
  { pattern: /\b(?:separate|separated|isolated|distinct|decoupled|independent) from\b/u, weight: 1.4 },
  { pattern: /\bauto-\p{L}{3,16}[^s\P{L}]s\b/u, weight: 1.6 },
  {
    pattern: /\b(?:in|on|to|with|from|across|into) (?:every|each|all)\b(?! (?:other|cases?|times?|environments?|services)\b)/u,
    weight: 1.5,
    unless:
      /^(?:add|implement|set up|configure|use|create|integrate|instrument)\b|\bgracefully\b|^\x60[^\x60]{0,80}=\s?\d|\bused (?:in|across|on|by)\b/u,
  },
  {
    pattern:
      /^(?:all|every|each|any)\b.{2,80}\b(?:use|uses|has|have|is|are|go|goes|must|includes?|contains?|returns?|logs?|emits?|expires?|follows?|carry|carries|require|requires|run|runs|pass|passes)\b/u,
    weight: 1.9,
    unless: /\b(?:tests?|documented|reviewed|configured|verified|handled|correct)\b/u,
  },
  {
    pattern:
      /\b(?:all|every|each) \p{L}.{0,50}\b(?:wrapped|enabled|bounded|covered|protected|authenticated|authorized|validated|checked|versioned)\b/u,
    weight: 1.5,
  },
  {
    pattern:
      /\b(?:is|are|be) (?:strictly |always |fully |strongly )?(?:unique|immutable|append-only|read-only|atomic|idempotent|mandatory|required|monotonic|encrypted|json|httponly|bounded|restricted|limited to|accessible|checked|enforced (?:on|at|in|by|per))\b/u,
    weight: 1.3,
  },
  { pattern: /\b(?:accessible|available|visible|restricted|limited|scoped) (?:only )?to\b/u, weight: 1.2 },
  {
    pattern: /\bchecks? (?:the )?(?:db|database|postgres|redis|queue|dependenc|kafka|mongo|disk|clickhouse|\p{L}+ (?:and|\+|,))/u,
    weight: 1.6,
    unless: /\bhealth checks? (?:for|configured)\b/u,
  },
  {
    pattern:
      /[—–:(-]\s?(?:db|database|postgres(?:ql)?|mysql|mongo(?:db)?)\s?(?:\+|and|,|&|\/)\s?\p{L}{3,} (?:checks?|status|connectivity)/u,
    weight: 1.5,
  },
  {
    pattern: /\b(?:endpoint|\/metrics|\/health)\b.{0,20}\b(?:with|in|returns?) (?:prometheus|json|the status|dependency|per-dependency)/u,
    weight: 1.4,
  },
  { pattern: /\bonly (?:the )?(?:first|last|\p{L}+ (?:can|may|see|sees|keys?|role|roles))\b/u, weight: 1.2 },
  { pattern: /\btwice\b|\bexactly once\b|\bat most once\b|\bno-?op\b|\bwrites nothing\b|\bside effects?\b/u, weight: 1.2 },
  {
    pattern:
      /\b(?:kept|retained|deleted|purged|stored|archived|expires?|expired?|removed|rotated?|renewed|refreshed|replaced|changed|gone|valid) (?:for|after|in|every|each|once|within|at least|for at least|(?=\d)) ?[~≥<>]?\s?(?:\d|one|two|three|max)/u,
    weight: 1.5,
  },
  { pattern: /\bretained (?:≥|>=|for at least)/u, weight: 1.6 },
  { pattern: /\b(?:added|appended|written|moved|routed|sent|pushed|published) to\b/u, weight: 1.5, unless: /^(?:add|added)\b/u },
  { pattern: /\b(?:token|session|refresh|link|code)\b.{0,24}\(\d+ ?(?:m|min|minutes|h|hours|d|days)\b.{0,40}\(\d/u, weight: 1.5 },
  { pattern: /\b(?:so|such) that\b|\bso (?!that)(?:\p{L}+ ){1,3}(?:never|no|can|cannot|are|is|do|does|keep|gets?)\b/u, weight: 1.4 },
  { pattern: /\balways (?:as |an? |the |in |by |to )?(?:\x60|\d|"|error|warn|info|debug|logged|sent|json|kept|written)/u, weight: 1.5 },
];
