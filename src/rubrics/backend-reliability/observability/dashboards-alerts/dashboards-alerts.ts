import type { Requirement } from "../../../requirement.ts";

/** Dashboards and alerts that somebody sees. */
export const dashboardsAlerts: Requirement = {
  id: "dashboards-alerts",
  section: "observability",
  label: "dashboards",
  title: "Dashboards and alerts that somebody sees",
  question: "Which condition wakes whom, and which panel do they look at?",
  cues: [
    { pattern: /\balert|\balarms?\b|告警|报警|警报|alertes?\b|alertas?\b|アラート|alarmy?\b/u, weight: 5 },
    { pattern: /\bdashboards?\b|仪表盘|tableaux? de bord|ダッシュボード|panel de control/u, weight: 4.5 },
    { pattern: /\b(?:grafana|kibana|looker)\b/u, weight: 3 },
    { pattern: /\bpanels?\b|\bwidgets?\b/u, weight: 2 },
    {
      pattern: /\b(?:pagerduty|opsgenie|victorops|alertmanager|squadcast)\b|\bpag(?:e|es|ing)\b on-?call|\bpages?\b|\bpager\b/u,
      weight: 3.5,
    },
    { pattern: /burn[\s-]?rate/u, weight: 3 },
    { pattern: /\bnotif(?:y|ies|ied|ication|ications)\b/u, weight: 2 },
    { pattern: /\b(?:slack|telegram|discord|teams channel)\b/u, weight: 1.5 },
    { pattern: /(?:→|->|=>|\bto|\bvia) (?:pagerduty|opsgenie|slack|on-call)|\bmonitor:/u, weight: 4 },
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
