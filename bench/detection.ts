import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { judgeReading } from "../src/detect/judge-reading.ts";
import { readPullRequest } from "../src/detect/read-pull-request.ts";
import { BACKEND_WEIGHTS, PAYMENT_WEIGHTS, type Weights } from "../src/detect/weights.ts";
import { type Answered, type Counts, countAnswers, renderCounts } from "./detection-counts.ts";
import { fitWeights, type LabelledRead } from "./detection-fit.ts";
import { type Labelled, parseFixtures, parseLabelled } from "./detection-labelled.ts";
import { measureSpeed } from "./detection-speed.ts";

const USAGE = `Usage: node bench/detection.ts --data FILE [--data FILE ...] [--fit]
Measures the detection on labelled pull requests, one JSON object a line:
{id, repo, title, body, files, label: {backend: boolean, payment: boolean | "unknown"}, meta: {lang, class, tags}}
--fit writes src/detect/weights.ts from the data.`;

const WEIGHTS = { backend: BACKEND_WEIGHTS, payments: PAYMENT_WEIGHTS };
const ROOT = join(dirname(import.meta.filename), "..");
/** The parts that the ablation takes away, each with what of it is set to nothing. */
const ABLATIONS: Readonly<Record<string, Partial<Weights>>> = {
  "without paths": { path: 0, counter: 0 },
  "without paths for": { path: 0 },
  "without paths against": { counter: 0 },
  "without code": { code: 0 },
  "without words": { words: 0 },
  "without language": { language: 0 },
};

/** The bench: every table on standard output; with `--fit`, the weights as well. */
function main(): void {
  const { values } = parseArgs({
    options: { data: { type: "string", multiple: true }, fit: { type: "boolean" } },
  });
  console.log(`speed: ${measureSpeed()}\n`);
  if (!values.data?.length) console.log(`${USAGE}\nNow: our own fixtures.\n`);
  const labelled = values.data?.length ? values.data.flatMap((file) => parseLabelled(readFileSync(file, "utf8"))) : loadFixtures();
  const started = performance.now();
  const read = labelled.map((pull): LabelledRead => ({ ...pull, read: readPullRequest(pull.pullRequest) }));
  console.log(
    `${labelled.length} pull requests of ${new Set(labelled.map(({ repo }) => repo)).size} repositories, read in ${Math.round(performance.now() - started)} ms\n`,
  );
  if (values.fit && values.data?.length) {
    const fitted = fitWeights(read);
    writeFileSync(join(ROOT, "src/detect/weights.ts"), renderWeights(fitted, labelled.length));
    console.log("wrote src/detect/weights.ts; run again without --fit to measure it");
    return;
  }
  report(read);
}

function loadFixtures(): readonly Labelled[] {
  const folder = join(ROOT, "fixtures/detection");
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => parseFixtures(name.replace(".json", ""), readFileSync(join(folder, name), "utf8")));
}

function report(pulls: readonly LabelledRead[]): void {
  const answers = pulls.map((pull) => ({ pull, touch: judgeReading(pull.read, WEIGHTS) }));
  console.log(renderCounts("backend ", countAnswers(answers, "backend")));
  console.log(renderCounts("payments", countAnswers(answers, "payments")));
  for (const key of ["lang", "class"] as const) {
    console.log(`\nbackend by ${key === "lang" ? "language" : "class"}`);
    for (const name of [...new Set(pulls.map(({ meta }) => meta[key]))].toSorted())
      console.log(
        renderCounts(
          name.padEnd(22),
          countAnswers(
            answers.filter(({ pull }) => pull.meta[key] === name),
            "backend",
          ),
        ),
      );
  }
  console.log("\nleaving each repository out (weights fitted on all others)");
  const { backend, payments } = leaveOneOut(pulls);
  console.log(`${renderCounts("backend ", backend)}\n${renderCounts("payments", payments)}`);
  console.log("\nablation");
  for (const [name, gone] of Object.entries(ABLATIONS)) {
    const less = { backend: { ...BACKEND_WEIGHTS, ...gone }, payments: { ...PAYMENT_WEIGHTS, ...gone } };
    const without = pulls.map((pull) => ({ pull, touch: judgeReading(pull.read, less) }));
    console.log(renderCounts(`backend  ${name.padEnd(22)}`, countAnswers(without, "backend")));
    console.log(renderCounts(`payments ${name.padEnd(22)}`, countAnswers(without, "payments")));
  }
  console.log("\nworst misses");
  for (const line of findWorstMisses(answers)) console.log(line);
}

function leaveOneOut(pulls: readonly LabelledRead[]): { readonly backend: Counts; readonly payments: Counts } {
  const answers = [...new Set(pulls.map(({ repo }) => repo))].toSorted().flatMap((repo) => {
    const weights = fitWeights(pulls.filter((pull) => pull.repo !== repo));
    return pulls.filter((pull) => pull.repo === repo).map((pull) => ({ pull, touch: judgeReading(pull.read, weights) }));
  });
  return { backend: countAnswers(answers, "backend"), payments: countAnswers(answers, "payments") };
}

function findWorstMisses(answers: readonly Answered[]): readonly string[] {
  const misses = answers.flatMap(({ pull, touch }) => {
    const found = [];
    if (touch.backend.touched !== pull.backend) found.push({ what: "backend", wanted: pull.backend, answer: touch.backend, pull });
    if (pull.payments !== null && touch.payments.touched !== pull.payments)
      found.push({ what: "payments", wanted: pull.payments, answer: touch.payments, pull });
    return found;
  });
  return misses
    .toSorted((one, other) => Math.abs(other.answer.score - 0.5) - Math.abs(one.answer.score - 0.5))
    .slice(0, 20)
    .map(({ what, wanted, answer, pull }) => {
      const reasons = answer.evidence
        .slice(0, 4)
        .map(({ signal, weight, path }) => `\n    ${weight > 0 ? "+" : ""}${weight} ${signal}${path ? ` at ${path}` : ""}`);
      return `${pull.id} ${pull.meta.lang}/${pull.meta.class}: ${what} ${wanted ? "missed" : "claimed"} at ${answer.score}: ${pull.pullRequest.title.slice(0, 80)}${reasons.join("")}`;
    });
}

function renderWeights(fitted: typeof WEIGHTS, count: number): string {
  const render = (weights: Weights) =>
    `{ ${Object.entries(weights)
      .map(([key, value]) => `${key}: ${value}`)
      .join(", ")} }`;
  return readFileSync(join(ROOT, "src/detect/weights.ts"), "utf8")
    .replace(/fitted on \d+ pull requests/, `fitted on ${count} pull requests`)
    .replace(/BACKEND_WEIGHTS: Weights = \{[^}]*\}/, `BACKEND_WEIGHTS: Weights = ${render(fitted.backend)}`)
    .replace(/PAYMENT_WEIGHTS: Weights = \{[^}]*\}/, `PAYMENT_WEIGHTS: Weights = ${render(fitted.payments)}`);
}

main();
