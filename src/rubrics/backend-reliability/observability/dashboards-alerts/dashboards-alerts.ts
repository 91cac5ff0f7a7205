import type { Requirement } from "../../../requirement.ts";

/** Dashboards and alerts that somebody sees. */
export const dashboardsAlerts: Requirement = {
  id: "dashboards-alerts",
  section: "observability",
  label: "dashboards",
  title: "Dashboards and alerts that somebody sees",
  question: "Which condition wakes whom, and which panel do they look at?",
  cues: [
    { pattern: /\b(?:is|are|gets?) paged\b|\bpaged (?:when|if|on|at|within)/u, weight: 7 },
    {
      pattern:
        /^(?:[^\s:]{1,24} ){0,2}(?:alerts?|alerting|alarms?|dashboards?)\b(?!'|,? (?:the )?(?:users?|links?|linked|has|have|points?|carr|names?|to the runbook))/u,
      weight: 7,
    },
    { pattern: /\b(?:alerts?|alarms?) (?:configured|defined|exist|fire|set up|if|when|on|for|rules?)\b/u, weight: 4 },
    { pattern: /timeboard|screenboard|severity (?:labels?|levels?)|알림|경보|cảnh báo|peringatan|алерт|оповещ|대시보드/u, weight: 4.5 },
    { pattern: /\balert|\balarms?\b|告警|报警|警报|alertes?\b|alertas?\b|アラート|alarmy?\b/u, weight: 5 },
    { pattern: /\bdashboards?\b|仪表盘|tableaux? de bord|ダッシュボード|panel de control/u, weight: 4.5 },
    { pattern: /\b(?:grafana|kibana|looker)\b/u, weight: 3 },
    { pattern: /\bpanels?\b|\bwidgets?\b/u, weight: 2 },
    {
      pattern:
        /\b(?:pagerduty|opsgenie|victorops|alertmanager|squadcast)\b|\bpag(?:e|es|ing) (?:on-?call|the|us|an?|someone|sre|out)\b|(?:→|->|then|and) pages?\b|\bpages?;|\bpager\b/u,
      weight: 3.5,
    },
    { pattern: /burn[\s-]?rate/u, weight: 3 },
    { pattern: /\bnotif(?:y|ies|ied|ication|ications)\b/u, weight: 2 },
    { pattern: /\b(?:slack|telegram|discord|teams channel)\b/u, weight: 1.5 },
    { pattern: /(?:→|->|=>|\bto|\bvia) (?:pagerduty|opsgenie|slack|on-call)|\bmonitor:/u, weight: 4 },
    {
      pattern: /\b(?:rule|alert|alarm|monitor)s? fires?\b|\bfires when\b|\bpromtool|\balert(?:ing)? rules?\b|^rules: |\bprometheus rules/u,
      weight: 6,
    },
    {
      pattern:
        /\b(?:user|admin|hr|ops|operator|team|customer)\w* (?:is |are )?notified\b|\btrigger(?:s|ed)? (?:admin |a |an )?notification|\bemail sent (?:when|about|on)|\bmonitored and alerted/u,
      weight: 4.5,
    },
  ],
  reference: "Grafana dashboards, PagerDuty on SLO breach",
  why: "A customer should never be the one who tells you.",
  fix: "Alert on symptoms with a threshold and a window, route by severity, link the runbook.",
  goodExample: "Grafana alert: error rate above 5% for 5 min pages the on-call through PagerDuty; the panel shows rate and p95 per route",
  badExample: "Add alerts",
  source: "Google, Site Reliability Workbook, Alerting on SLOs",
  alsoFits: ["error-handling"],
  hints: {
    numbers: { ask: "say which value over which time", example: "above 5% for 5 min" },
    tools: { ask: "name what alerts whom (Grafana, PagerDuty, CloudWatch)", example: "PagerDuty" },
    outcome: { ask: "say which condition notifies whom", example: "above the threshold it pages the on-call" },
  },
};
