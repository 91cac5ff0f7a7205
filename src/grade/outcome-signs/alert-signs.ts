import type { OutcomeSign } from "./outcome-sign.ts";

/** An alert that names its condition, or its destination on condition. */
export const ALERT_SIGNS: readonly OutcomeSign[] = [
  { pattern: /\b(?:alerted|paged|notified)\W*$/u, weight: 1.3 },
  {
    pattern:
      /\b(?:alert|alarm|page|warn|notif|fire|alerte|alerta|trigger)\p{L}{0,7}\b.{0,48}?(?:[<>≥≤]\s?\d|\b(?:if|when|once|above|over|below|exceed|exceeds|exceeding|drops?|after|on-call|breach|breached|down|fires?|triggers?)\b)/u,
    weight: 1.8,
    unless:
      /\b(?:alert\p{L}{0,3}|alarms?)\b[^.;]{0,40}\b(?:configured|set up|tuned|verified|tested|reviewed)\b|\b(?:fires?|triggers?) (?:correctly|properly|as expected)/u,
  },
  {
    pattern: /(?:[<>≥≤]\s?\d|\b(?:above|over|exceeds?|exceeding|below) \d).{0,60}\b(?:alert|alarm|page|pages|notif|warn|fire)/u,
    weight: 2.1,
  },
  {
    pattern: /\balert(?:ing|s|e|es)? (?:on|sur|bei|en|em) (?!call)\p{L}.{0,40}\b(?:after|après|nach|failures?|échecs?|errors?)/u,
    weight: 1.7,
    unless: /\bconfigured\b/u,
  },
  { pattern: /\balarm: .{3,60}[<>≥≤]/u, weight: 2 },
  { pattern: /\b(?:monitor|alarm|alert|warning)s? at \d/u, weight: 1.6, unless: /^(?:add|set up|configure)\b/u },
];
