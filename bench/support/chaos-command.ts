import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type ChaosOptions, runChaos } from "./chaos-run.ts";

/**
 * Reads the arguments, makes a storm for each seed that the result file does not hold yet, and ends with 1 when one found a
 * violation.
 */
export async function runChaosCommand(database: ChaosOptions["database"], resultPath: string): Promise<void> {
  const { values } = parseArgs({
    options: {
      deliveries: { type: "string", default: "5000" },
      pulls: { type: "string", default: "300" },
      seeds: { type: "string", default: "1,2,3,4,5,6,7,8,9,10" },
      "kill-every": { type: "string", default: "8" },
      patience: { type: "string", default: "900" },
      results: { type: "string", default: resultPath },
    },
  });
  const [deliveries, pulls] = [Number(values.deliveries), Number(values.pulls)];
  const done = findDone(values.results, database, deliveries);
  let isClean = true;
  for (const seed of values.seeds.split(",").map(Number)) {
    if (done.has(seed)) {
      process.stdout.write(`seed ${seed}: in ${values.results} already\n`);
      continue;
    }
    const options: ChaosOptions = {
      seed,
      deliveries,
      pulls,
      database,
      killEveryMs: Number(values["kill-every"]) * 1000,
      patienceMs: Number(values.patience) * 1000,
      resultPath: values.results,
    };
    const violations = await runChaos(options, (line) => process.stdout.write(`${line}\n`));
    isClean &&= violations.length === 0;
  }
  process.exitCode = isClean ? 0 : 1;
}

/** Seeds that the file holds for storms of at least that size. */
function findDone(path: string, database: string, deliveries: number): ReadonlySet<number> {
  if (!existsSync(path)) return new Set();
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  const results = lines.map((line) => JSON.parse(line) as { seed: number; database: string; deliveries: number }); // written by runChaos alone
  return new Set(results.filter((result) => result.database === database && result.deliveries >= deliveries).map(({ seed }) => seed));
}
