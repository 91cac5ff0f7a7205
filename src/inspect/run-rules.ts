import { ts } from "ts-morph";
import type { Problem, Rule } from "../rubrics/rule.ts";
import { enclosingName } from "../rubrics/syntax/functions.ts";
import type { SourceFacts } from "../rubrics/syntax/source-facts.ts";
import { selectRules, shownNodes, type AskedRule } from "./select-rules.ts";

/** A problem with its place. Lines are 1-based and inclusive. */
export interface Sighting {
  readonly rule: Rule;
  readonly problem: Problem;
  readonly line: number;
  readonly endLine: number;
  /** Line spans that a change must touch for the problem to be its own. */
  readonly spans: readonly (readonly [number, number])[];
  readonly text: string;
  readonly within: string;
}

/** A rule that failed on a file. */
export interface RuleFailure {
  readonly rule: Rule;
  readonly error: unknown;
}

/**
 * Asks every rule that has something to look at in the file; a rule that throws is reported and the others go on.
 * `select` says which those are.
 */
export function runRules(
  rules: readonly Rule[],
  file: SourceFacts,
  select: typeof selectRules = selectRules,
): { sightings: readonly Sighting[]; failures: readonly RuleFailure[] } {
  const sightings: Sighting[] = [];
  const failures: RuleFailure[] = [];
  for (const asked of select(rules, file)) {
    try {
      askRule(asked, file, sightings);
    } catch (error) {
      failures.push({ rule: asked.rule, error });
    }
  }
  return { sightings, failures };
}

/** Adds what a rule says about a file, each node once. */
function askRule(asked: AskedRule, file: SourceFacts, sightings: Sighting[]): void {
  const { rule } = asked;
  const { kinds, look } = rule.typescript;
  let seen: Set<ts.Node> | null = null;
  for (const kind of kinds)
    for (const node of shownNodes(asked, kind, file)) {
      const problems = look(node, file);
      if (problems.length === 0) continue;
      seen ??= new Set();
      for (const problem of problems) {
        if (seen.has(problem.node)) continue;
        seen.add(problem.node);
        sightings.push(toSighting(rule, problem, file.sourceFile));
      }
    }
}

function toSighting(rule: Rule, problem: Problem, sourceFile: ts.SourceFile): Sighting {
  const [line, endLine] = spanOf(problem.node, sourceFile);
  return {
    rule,
    problem,
    line,
    endLine,
    spans: [[line, endLine], ...(problem.alsoTouches ?? []).map((node) => spanOf(node, sourceFile))],
    text: problem.node.getText(sourceFile).slice(0, 1000),
    within: enclosingName(problem.node),
  };
}

function spanOf(node: ts.Node, sourceFile: ts.SourceFile): readonly [number, number] {
  const start = ts.getLineAndCharacterOfPosition(sourceFile, node.getStart(sourceFile)).line + 1;
  return [start, Math.max(start, ts.getLineAndCharacterOfPosition(sourceFile, node.end).line + 1)];
}
