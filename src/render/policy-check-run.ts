import type { Annotation, CheckRun } from "../model/check-run.ts";
import type { PullRequest } from "../model/pull-request.ts";
import { type Block, code, count, place, prose, type Row, strong } from "./document.ts";
import { LIMITS } from "./limits.ts";
import { excerpt } from "./neutralise.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** The run on pull requests that change the policy file. Never required by itself. */
const POLICY_CHECK_RUN_NAME = "Backend reliability policy";

/** Says whether the policy file at the head would be valid, each mistake on its line. What is in force stays the default branch's. */
export function renderPolicyCheckRun(change: NonNullable<PullRequest["policyChange"]>): CheckRun {
  const inForce: Block = {
    kind: "paragraph",
    line: [prose("This pull request is judged by the policy of the default branch: "), code(change.origin), prose(".")],
  };
  const list: readonly Block[] =
    change.problems.length === 0
      ? []
      : [
          {
            kind: "list",
            ordered: true,
            noun: "mistakes",
            rows: change.problems.map((problem): Row => ({
              line: [place(problem.path, problem.line), prose(`, column ${problem.column}: ${problem.message}`)],
            })),
          },
        ];
  return {
    name: POLICY_CHECK_RUN_NAME,
    conclusion: change.state === "invalid" ? "failure" : "success",
    title: excerpt(titleOf(change), LIMITS.checkTitle),
    summary: writeMarkdown([{ kind: "paragraph", line: [strong(`${titleOf(change)}.`)] }, ...list, inForce], LIMITS.checkTextBytes),
    text: "",
    annotations: change.problems.slice(0, LIMITS.annotations).map(toAnnotation),
    actions: [],
  };
}

function titleOf({ state, problems }: NonNullable<PullRequest["policyChange"]>): string {
  if (state === "removed") return "The policy file is removed - the default takes its place";
  return state === "valid" ? "The policy file is valid" : `The policy file has ${count(problems.length, "mistake")}`;
}

function toAnnotation({ path, line, column, message }: { path: string; line: number; column: number; message: string }): Annotation {
  return {
    path,
    startLine: line,
    endLine: line,
    level: "failure",
    title: excerpt(`Column ${column}`, LIMITS.annotationTitle),
    message: excerpt(message, 2000),
  };
}
