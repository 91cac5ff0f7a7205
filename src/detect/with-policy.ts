import type { Policy } from "../model/policy.ts";
import { matchesGlob } from "./matches-glob.ts";
import type { FileScore } from "./score-file.ts";

/** An organisation's word on a path outweighs everything else. */
const SETTLED = 20;

/** Applies the policy's paths: an excluded file is never backend, an included one always is, exclusion wins. */
export function withPolicy(files: readonly FileScore[], paths: Policy["paths"]): readonly FileScore[] {
  if (paths.include.length === 0 && paths.exclude.length === 0) return files;
  return files.map((file) => {
    const { path } = file.file;
    const excluded = paths.exclude.find((glob) => matchesGlob(path, glob));
    const included = paths.include.find((glob) => matchesGlob(path, glob));
    if (excluded !== undefined) return settle(file, -SETTLED, `policy excludes ${excluded}`);
    return included === undefined ? file : settle(file, SETTLED, `policy includes ${included}`);
  });
}

function settle(file: FileScore, weight: number, signal: string): FileScore {
  return { ...file, settled: weight < 0, score: weight, signals: [{ group: "policy", signal, weight, path: file.file.path }] };
}
