import type { PlanItem, Quality } from "../model/plan-item.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { type Block, code, count, type Line, type Mark, mark, place, prose, type Row } from "./document.ts";
import { requirementLabel, sectionTitle } from "./labels.ts";

const QUALITY_WORDS: Readonly<Record<Quality, string>> = { numbers: "a number", tools: "a tool", outcome: "an outcome" };

/** A declared package is a trace of a promise, not the promise kept. */
const MANIFEST =
  /(?:^|\/)(?:package\.json|requirements[\w.-]*\.txt|pyproject\.toml|go\.mod|Gemfile|composer\.json|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|[\w.-]+\.csproj)$/;

/** Every item of the plan as it was read, by section, with what is missing and what became of its promise. */
export function itemBlocks(items: readonly PlanItem[], rubric: Rubric, draw: readonly string[]): readonly Block[] {
  if (items.length === 0) return [];
  const counted = items.filter((item) => item.counted);
  const ticked = counted.filter((item) => item.done).length;
  const dropped = items.length - counted.length;
  const title = [
    `All ${count(counted.length, "item")} as we read them`,
    ...(ticked > 0 ? [`${ticked} ticked`] : []),
    ...(dropped > 0 ? [`${dropped} not counted`] : []),
  ].join(", ");
  const sections = [...new Set(counted.map((item) => item.section))];
  const blocks = sections.flatMap((section): readonly Block[] => [
    { kind: "paragraph", line: [{ kind: "strong", text: section === null ? "No section" : sectionTitle(rubric, section) }] },
    {
      kind: "list",
      ordered: false,
      noun: "items",
      rows: counted.filter((item) => item.section === section).map((item) => itemRow(item, rubric, draw)),
    },
  ]);
  const uncounted: readonly Block[] =
    dropped === 0
      ? []
      : [
          { kind: "paragraph", line: [{ kind: "strong", text: "Not counted" }] },
          { kind: "list", ordered: false, noun: "items", rows: items.filter((item) => !item.counted).map(uncountedRow) },
        ];
  return [{ kind: "details", summary: title, blocks: [...blocks, ...uncounted] }];
}

function itemRow(item: PlanItem, rubric: Rubric, draw: readonly string[]): Row {
  const about = item.requirement === null ? "" : `, ${requirementLabel(rubric, item.requirement)}`;
  const drawn = draw.includes(item.text) ? ", drawn" : "";
  const line: Line = [mark(markOf(item)), prose(` line ${item.line}${about}${drawn}: `), code(item.text)];
  return { line, under: [...qualityLines(item), ...promiseLines(item)] };
}

function uncountedRow(item: PlanItem): Row {
  return { line: [mark("–"), prose(` line ${item.line}: `), code(item.text), prose(` ${item.whyNot ?? "not counted"}`)] };
}

function markOf(item: PlanItem): Mark {
  if (item.promise?.state === "contradicted") return "✗";
  return item.missing.length > 0 || item.unsure.length > 0 ? "·" : "✓";
}

function qualityLines(item: PlanItem): readonly Line[] {
  const parts = [
    ...(item.missing.length > 0 ? [`without ${listed(item.missing)}`] : []),
    ...(item.unsure.length > 0 ? [`could not tell whether it has ${listed(item.unsure)}`] : []),
  ];
  if (parts.length === 0) return [];
  return [[prose(`${parts.join("; ")}.${item.advice ? " " : ""}`), ...(item.advice ? [prose(item.advice)] : [])]];
}

function promiseLines(item: PlanItem): readonly Line[] {
  const { promise } = item;
  if (!promise) return [];
  const where: Line = promise.path === undefined ? [] : [prose(" "), place(promise.path, promise.line)];
  if (promise.state === "kept" && promise.path !== undefined && MANIFEST.test(promise.path))
    return [[prose("what it names is declared in"), ...where]];
  if (promise.state === "kept" && promise.bySign === true) return [[prose("the diff has a sign of it:"), ...where]];
  if (promise.state === "kept") return [[prose("the diff keeps it"), ...(where.length > 0 ? [prose(":"), ...where] : [])]];
  if (promise.state === "contradicted") return [[prose(promise.detail ?? "the diff contradicts it"), ...where]];
  return item.done ? [[prose("ticked, and the diff shows no trace of it: unproven")]] : [];
}

function listed(qualities: readonly Quality[]): string {
  const all = qualities.map((quality) => QUALITY_WORDS[quality]);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}
