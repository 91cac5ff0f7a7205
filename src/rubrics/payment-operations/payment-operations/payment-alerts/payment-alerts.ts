import type { Requirement } from "../../../requirement.ts";

/** Alerts on declines, webhook lag, unreconciled money and failed payouts. */
export const paymentAlerts: Requirement = {
  id: "payment-alerts",
  section: "payment-operations",
  label: "payment alerts",
  title: "Alerts on declines, webhook lag, unreconciled money and failed payouts",
  question: "At which decline rate, webhook lag, unreconciled amount or failed payout is who woken?",
  cues: [
    { pattern: /\bmonitor(?:ing|ed|s)?\b/u, weight: 3 },
    { pattern: /\balert|\balarms?\b|\bpages?\b|\bpaged\b|pagerduty|opsgenie|\bnotif|告警/u, weight: 3.5 },
    {
      pattern:
        /declin\p{L}{0,3} rate|declines?\b|authori[sz]ation rate|approval rate|success rate|failure rate|webhook (?:lag|delay|backlog|latency|age)|unreconciled|payout fail|failed payouts?/u,
      weight: 4.5,
    },
    { pattern: /\bmetrics?\b|grafana|prometheus|datadog|dashboards?/u, weight: 2 },
  ],
  safeguard: /\balert|\bmonitoring\b/u,
  reference: "decline rate above 10% in 5 min, webhook lag above 5 min, any unreconciled amount, any failed payout",
  why: "Payments fail quietly: the first to notice is the customer, the second is finance at the end of the month.",
  fix: "Alert on rates and ages that mean lost money, each with a threshold and a person.",
  goodExample: "Prometheus alerts: decline rate above 10% for 5 min, or webhook lag above 300s, pages PagerDuty payments-oncall",
  badExample: "Add payment alerts",
  source: "Google, Site Reliability Engineering, Practical Alerting; Stripe, Monitor payment success",
  hints: {
    numbers: { ask: "say at which rate or age", example: "above 10% for 5 min" },
    tools: { ask: "name what alerts (Prometheus, PagerDuty)", example: "Prometheus, PagerDuty" },
    outcome: { ask: "say who is woken by what", example: "a decline rate above 10% pages the payments rota" },
  },
};
