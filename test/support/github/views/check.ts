import { readCommit } from "../git/history.ts";
import type { CheckAnnotation, CheckRun, CheckSuite } from "../model/check.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { appView } from "./app.ts";
import { isoSeconds } from "./commit.ts";
import { pullMinimalView, pullsOfHead } from "./pull-request.ts";
import { fullName, repositoryUrl, repositoryView } from "./repository.ts";
import type { Schema } from "./schema.ts";
import { nodeId } from "./schema.ts";

export function checkRunView(world: World, repository: Repository, run: CheckRun): Schema<"check-run"> {
  const url = `${repositoryUrl(world, repository)}/check-runs/${run.id}`;
  const page = `${world.url}/${fullName(repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId("CR", run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { ...run.output, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    name: run.name,
    check_suite: { id: run.suite.id },
    app: appView(world, run.app),
    pull_requests: pullsOfHead(repository, run.headSha).map((issue) => pullMinimalView(world, issue)),
  };
}

/** A check run as webhooks carry it: its suite in short, and the pull requests once more. */
export function checkRunHookView(world: World, repository: Repository, run: CheckRun) {
  const view = checkRunView(world, repository, run);
  const suite = suiteState(repository, run.suite);
  return {
    ...view,
    check_suite: {
      id: run.suite.id,
      node_id: nodeId("CS", run.suite.id),
      head_branch: run.suite.headBranch,
      head_sha: run.suite.headSha,
      ...suite,
      url: `${repositoryUrl(world, repository)}/check-suites/${run.suite.id}`,
      before: run.suite.before,
      after: run.suite.headSha,
      pull_requests: view.pull_requests,
      app: view.app,
      created_at: run.suite.createdAt,
      updated_at: run.suite.updatedAt,
    },
  };
}

export function annotationView(
  world: World,
  repository: Repository,
  run: CheckRun,
  annotation: CheckAnnotation,
): Schema<"check-annotation"> {
  return {
    path: annotation.path,
    blob_href: `${world.url}/${fullName(repository)}/blob/${run.headSha}/${annotation.path}`,
    start_line: annotation.start_line,
    start_column: annotation.start_column ?? null,
    end_line: annotation.end_line,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  };
}

export async function checkSuiteView(world: World, repository: Repository, suite: CheckSuite): Promise<Schema<"check-suite">> {
  const url = `${repositoryUrl(world, repository)}/check-suites/${suite.id}`;
  const commit = await readCommit(repository.objects, suite.headSha);
  const person = ({ name, email }: { name: string; email: string }) => ({ name, email });
  return {
    id: suite.id,
    node_id: nodeId("CS", suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteState(repository, suite),
    url,
    before: suite.before,
    after: suite.headSha,
    pull_requests: pullsOfHead(repository, suite.headSha).map((issue) => pullMinimalView(world, issue)),
    app: appView(world, suite.app),
    repository: repositoryView(world, repository),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: latestRuns(runsOf(repository, suite)).length,
    check_runs_url: `${url}/check-runs`,
    head_commit: {
      id: commit.sha,
      tree_id: commit.tree,
      message: commit.message,
      timestamp: isoSeconds(commit.committer.at),
      author: person(commit.author),
      committer: person(commit.committer),
    },
  };
}

export const runsOf = (repository: Repository, suite: CheckSuite): CheckRun[] =>
  [...repository.checkRuns.values()].filter((run) => run.suite === suite);

/** Of several runs of one name and app, the newest. */
export function latestRuns(runs: readonly CheckRun[]): CheckRun[] {
  return [...new Map(runs.map((run) => [`${run.app.id} ${run.name}`, run])).values()];
}

const WORST_FIRST = ["action_required", "timed_out", "cancelled", "failure", "success", "neutral", "skipped"] as const;

function suiteState(repository: Repository, suite: CheckSuite) {
  const runs = latestRuns(runsOf(repository, suite));
  if (runs.length === 0) return { status: "queued", conclusion: null } as const;
  if (runs.some((run) => run.status !== "completed")) return { status: "in_progress", conclusion: null } as const;
  const conclusion = WORST_FIRST.find((one) => runs.some((run) => run.conclusion === one)) ?? "neutral";
  return { status: "completed", conclusion } as const;
}
