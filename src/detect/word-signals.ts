/** Words of a title or description. Weights are log-odds, once per pull request. */
export interface WordSignal {
  readonly says: string;
  readonly weight: number;
  readonly pattern: RegExp;
  /** true: looked for in the title alone. */
  readonly titleOnly?: boolean;
}

/** Added together, words say no more than this in either direction: code outweighs words. */
export const MOST_FROM_WORDS = 1.5;

export const BACKEND_WORDS: readonly WordSignal[] = [
  { says: "backend API", weight: 1, pattern: /\bback-?end api\b/i },
  { says: "REST endpoint", weight: 0.8, pattern: /\b(?:rest|http|api) endpoints?\b/i },
  { says: "external integration", weight: 0.8, pattern: /\bexternal integrations?\b/i },
  { says: "data persistence", weight: 0.8, pattern: /\bdata persistence\b|\bpersist(?:s|ed|ing)? (?:the )?data\b/i },
  { says: "just a quick endpoint", weight: 1.2, pattern: /\b(?:just )?a quick (?:endpoint|api|route)\b/i },
  {
    says: "scope: backend",
    weight: 1,
    titleOnly: true,
    pattern: /\((?:api|backend|server|db|database|worker|core-api)\)!?:|^\[?(?:api|backend|server|db)\]?:/i,
  },
  { says: "endpoint", weight: 0.6, titleOnly: true, pattern: /\bendpoints?\b/i },
  {
    says: "database or migration",
    weight: 0.5,
    titleOnly: true,
    pattern: /\b(?:migrations?|database|sql|queries|query|transactions?|index(?:es)?)\b/i,
  },
  { says: "server-side", weight: 0.4, titleOnly: true, pattern: /\b(?:server[- ]side|webhooks?|cron|queue|worker|backend|server)\b/i },
  {
    says: "scope: front end",
    weight: -1,
    titleOnly: true,
    pattern: /\((?:ui|web|frontend|front|dashboard|app|client|mobile|ios|android|desktop|editor|docs|sdk|js)\)!?:|^\[?(?:ui|frontend)\]?:/i,
  },
  { says: "kind: documentation", weight: -1.2, titleOnly: true, pattern: /^docs?\b|\breadme\b|\btypos?\b/i },
  {
    says: "kind: style, tests, CI or dependencies",
    weight: -1.2,
    titleOnly: true,
    pattern:
      /^(?:style|test|tests|ci|build|i18n|l10n)(?:\([^)]{0,40}\))?!?:|^chore\(deps[^)]{0,20}\)|^build\(deps|^bump\b|\btranslations?\b|\bflaky\b/i,
  },
  { says: "client library", weight: -0.8, titleOnly: true, pattern: /\b(?:sdks?|bindings|client librar(?:y|ies))\b/i },
  {
    says: "interface words",
    weight: -0.6,
    titleOnly: true,
    pattern: /\b(?:button|modal|dialog|tooltip|css|styling|layout|sidebar|dropdown|icon|dark mode|hover|ui|page|screen|component)s?\b/i,
  },
];

export const PAYMENT_WORDS: readonly WordSignal[] = [
  {
    says: "payment",
    weight: 2.1,
    titleOnly: true,
    pattern:
      /\b(?:payments?|billing|invoic(?:e|es|ing)|refunds?|payouts?|ledger|stripe|paypal|adyen|braintree|checkout session|credit notes?|store credits?|gift cards?|chargebacks?|wallets?|top-?ups?|tax(?:es)?)\b/i,
  },
];
