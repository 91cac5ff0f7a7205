import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ChangedFile } from "../src/model/changed-file.ts";

const here = import.meta.dirname;
const ROUNDS = 3;
const INSTALL = "npm ci --prefix bench/eslint";

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
  readonly stdout: string;
}

/**
 * Runs the command line and ESLint as whole processes over the same files, in turns, and says how long each took at best and how much memory
 * it held at most. ESLint is no dependency of the project: where it is not installed, says what to run.
 */
export function raceProcesses(files: readonly ChangedFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-inspect-"));
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content ?? "");
    }
    return race(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function race(folder: string): string {
  const hasEslint = existsSync(join(here, "eslint/node_modules/eslint"));
  let ours: Run | null = null;
  let eslint: Run | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    ours = better(ours, run([join(here, "../src/cli/main.ts"), "inspect", "--format", "json", folder]));
    if (hasEslint) eslint = better(eslint, run([join(here, "eslint/lint.mjs"), folder]));
  }
  const lines = [`whole process, ours         ${text(ours)}`];
  if (!eslint) return [...lines, `whole process, eslint       not installed: ${INSTALL}`].join("\n");
  const counts: unknown = JSON.parse(eslint.stdout);
  const read = (name: string): string => String(typeof counts === "object" && counts !== null ? Reflect.get(counts, name) : "?");
  const times = ((eslint.seconds || NaN) / (ours?.seconds ?? NaN)).toFixed(1);
  return [
    ...lines,
    `whole process, eslint       ${text(eslint)}   ${read("rules")} rules, ${read("files")} files; ours is ${times}x as fast`,
  ].join("\n");
}

function better(one: Run | null, other: Run): Run {
  if (!one) return other;
  return { ...other, seconds: Math.min(one.seconds, other.seconds), megabytes: Math.max(one.megabytes, other.megabytes) };
}

function text(run: Run | null): string {
  return run ? `${run.seconds.toFixed(2)} s   ${run.megabytes} MB` : "";
}

/** Throws when the process could not do its work and so left nothing to read; a verdict of the command line is no failure. */
function run(args: readonly string[]): Run {
  const memory = join(mkdtempSync(join(tmpdir(), "bench-memory-")), "maxrss");
  const preload = `--import=${pathToFileURL(join(here, "eslint/report-memory.mjs")).href}`;
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [preload, ...args], {
    encoding: "utf8",
    maxBuffer: 1e9,
    env: { ...process.env, BENCH_MEMORY_FILE: memory },
  });
  const seconds = (performance.now() - began) / 1000;
  if (stdout === "") throw new Error(`${args[0] ?? ""} ended with ${status}: ${stderr.slice(0, 2000)}`);
  const megabytes = Math.round(Number(readFileSync(memory, "utf8")) / 1000);
  rmSync(dirname(memory), { recursive: true });
  return { seconds, megabytes, stdout };
}
