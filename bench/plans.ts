import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gradePlan } from "../src/grade/grade-plan.ts";
import { judgeItem } from "../src/grade/judge-item.ts";
import { DEFAULT_POLICY } from "../src/model/policy.ts";
import { backendReliability } from "../src/rubrics/backend-reliability/index.ts";
import { buildDensePlan } from "./build-dense-plan.ts";

/**
 * Measures the judgement of plan items: precision, recall and F1 per label, and how often the requirement is right, on a
 * labelled file (JSON lines: text, N, T, O, requirement, and `agreed` per label where two readers were asked).
 * Usage: node bench/plans.ts [--data FILE] [--mistakes].
 */
interface LabelledItem {
  readonly id: string;
  readonly text: string;
  readonly N: boolean;
  readonly T: boolean;
  readonly O: boolean;
  readonly requirement: string | null;
  readonly agreed?: { readonly N: boolean; readonly T: boolean; readonly O: boolean; readonly requirement: boolean };
}

const { values } = parseArgs({ options: { data: { type: "string" }, mistakes: { type: "boolean", default: false } } });
const DESCRIPTION_CHARACTERS = 65_536;
const dense = buildDensePlan(DESCRIPTION_CHARACTERS);
const coldStarted = performance.now();
grade(dense);
const coldMs = performance.now() - coldStarted;

const file = values.data ?? new URL("../fixtures/plans/labelled-items.jsonl", import.meta.url);
const items = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => JSON.parse(line) as LabelledItem); // the file's shape is documented above

const started = performance.now();
const judged = items.map((item) => ({ item, read: judgeItem(item.text, backendReliability, []) }));
const elapsedMs = performance.now() - started;

const labels = { N: "numbers", T: "tools", O: "outcome" } as const;
for (const label of ["N", "T", "O"] as const) {
  const scored = judged.filter(({ item }) => item.agreed?.[label] ?? true);
  const said = ({ read }: (typeof judged)[number]): boolean =>
    label === "N" ? read.numbers.length > 0 : label === "T" ? read.tools.length > 0 : read.outcome !== null;
  const both = scored.filter((one) => said(one) && one.item[label]).length;
  const precision = both / scored.filter(said).length;
  const recall = both / scored.filter(({ item }) => item[label]).length;
  const f1 = (2 * precision * recall) / (precision + recall);
  const unsure = scored.filter(({ read }) => read.unsure.includes(labels[label])).length;
  console.log(
    `${labels[label].padEnd(8)} precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}  F1 ${f1.toFixed(3)}  (${scored.length} items, ${unsure} unsure)`,
  );
  if (values.mistakes) {
    for (const one of scored) {
      if (said(one) !== one.item[label]) {
        const hit = label === "N" ? one.read.numbers.join(" | ") : label === "T" ? one.read.tools.join(" | ") : (one.read.outcome ?? "");
        console.log(`   ${one.item[label] ? "missed " : "claimed"} ${one.item.id} ${one.item.text}${hit === "" ? "" : `   << ${hit}`}`);
      }
    }
  }
}
const withRequirement = judged.filter(({ item }) => item.agreed?.requirement ?? true);
const right = withRequirement.filter(({ item, read }) => item.requirement === read.requirement).length;
console.log(`requirement right in ${right} of ${withRequirement.length}, ${((100 * right) / withRequirement.length).toFixed(1)}%`);
if (values.mistakes) {
  for (const { item, read } of withRequirement) {
    if (item.requirement !== read.requirement) console.log(`   ${item.id} ${item.requirement} read as ${read.requirement}: ${item.text}`);
  }
}
console.log(`${items.length} items in ${elapsedMs.toFixed(0)} ms`);

const folder = new URL("../fixtures/plans/pass/", import.meta.url);
const plans = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
const joined = plans.join("\n").slice(0, DESCRIPTION_CHARACTERS);
const megabyte = buildDensePlan(16 * DESCRIPTION_CHARACTERS);
console.log(`${cpuMs(() => plans.forEach(grade), plans.length).toFixed(1)} ms of work per plan of our own`);
console.log(`64 KB of our own plans, joined: ${cpuMs(() => grade(joined), 1).toFixed(1)} ms`);
console.log(
  `64 KB of dense items, all different: ${cpuMs(() => grade(dense), 1).toFixed(1)} ms, as the first plan of the process ${coldMs.toFixed(1)} ms`,
);
console.log(`1 MB of the same: ${cpuMs(() => grade(megabyte), 1).toFixed(1)} ms`);

function grade(body: string): void {
  gradePlan({
    body,
    identity: "acme/shop#7",
    rubric: backendReliability,
    thresholds: DEFAULT_POLICY.thresholds,
    openItems: "show",
    tools: [],
  });
}

/** Milliseconds of processor time per unit, after three warm-ups, median of nine runs: what a worker that has graded before needs. */
function cpuMs(run: () => void, units: number): number {
  for (let round = 0; round < 3; round += 1) run();
  const times = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / units;
  });
  return times.toSorted((a, b) => a - b)[4] ?? 0;
}
