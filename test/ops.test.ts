import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { createMetrics } from "../src/telemetry/metrics.ts";

// What operators load into Prometheus and Grafana speaks of metrics that exist, and of runbook sections that are there.

interface AlertFile {
  readonly groups: readonly { readonly rules: readonly { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}
interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const alerts = (parse(read("ops/prometheus/alerts.yml")) as AlertFile).groups.flatMap(({ rules }) => rules); // our own file
const { panels } = JSON.parse(read("ops/grafana/dashboard.json")) as Dashboard; // our own file
const runbook = read("docs/runbook.md");

/** Names of metrics in an expression: what is neither a function, a keyword nor a label. */
const metricsIn = (expr: string) => expr.match(/\b(?:backend_reliability|process|nodejs)_\w+/g) ?? [];

async function existing(): Promise<ReadonlySet<string>> {
  const metrics = createMetrics();
  metrics.watch({
    depth: async () => ({ waiting: 0, running: 0, dead: 0 }),
    oldestWaitingSeconds: async () => 0,
    activeAcceptances: async () => 0,
    missedDeliveries: async () => 0,
    githubState: () => "ok",
  });
  const { text } = await metrics.render();
  const names = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return new Set(names.flatMap(([, name = "", type]) => (type === "histogram" ? [name, `${name}_bucket`, `${name}_count`] : [name])));
}

test("every metric in an alert or a panel is one that /metrics has", async () => {
  const known = await existing();
  const said = [...alerts.map(({ expr }) => expr), ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))];
  const asked = said.flatMap(metricsIn);
  expect(asked.length).toBeGreaterThan(25);
  expect(asked.filter((name) => !known.has(name))).toEqual([]);
});

test("every metric of ours is on the dashboard", async () => {
  const shown = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr))).map((name) => name.replace(/_bucket$/, ""));
  const own = [...(await existing())].filter((name) => name.startsWith("backend_reliability_") && !/_(?:bucket|count)$/.test(name));
  expect(own.filter((name) => !shown.includes(name))).toEqual([]);
});

test("every alert leads to its section of the runbook, and every section belongs to an alert", () => {
  const sections = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
  expect(sections.toSorted()).toEqual(alerts.map(({ alert }) => alert).toSorted());
  for (const { alert, annotations } of alerts) expect(annotations["runbook"]).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
});

test.each(alerts.map(({ alert }) => alert))("%s says what users see, where to look, what to do and whom to call", (alert) => {
  const section = runbook.split(/^## /m).find((part) => part.startsWith(`${alert}\n`)) ?? "";
  for (const part of ["**Users see**", "**Look**", "**Do**", "**Escalate**"]) expect(section).toContain(part);
});

test("every panel that the runbook names is on the dashboard", () => {
  const named = [...runbook.matchAll(/(?<!\*)\*([A-Z][^*]+)\*(?!\*)/g)].map(([, name = ""]) => name);
  const titles = panels.map(({ title }) => title);
  expect(named.filter((name) => !titles.some((title) => title.startsWith(name)))).toEqual([]);
});
