import type { Annotation, CheckRun } from "../model/check-run.ts";
import type { PullRequestRef } from "../model/job.ts";
import { type GitHubClient, ownerAndName } from "../github/client.ts";

/** GitHub takes at most 50 annotations a request; later updates append (docs, rest/checks/runs). */
const ANNOTATIONS_PER_REQUEST = 50;

type Output = { title: string; summary: string; text?: string; annotations?: ReturnType<typeof toAnnotation>[] };

/**
 * Publishes a completed run on the head. Our newest run of that name is updated in place when it carries no
 * annotations, because an update can only append them; otherwise a new run takes its place, and GitHub shows
 * and requires the newest. Returns the run's web address.
 */
export async function publishCheckRun(
  client: GitHubClient,
  appId: number,
  ref: PullRequestRef,
  headSha: string,
  run: CheckRun,
): Promise<string> {
  const place = ownerAndName(ref.repo);
  const existing = await findRun(client, appId, ref, headSha, run.name);
  const [first = [], ...rest] = inGroups(run.annotations);
  const body = {
    name: run.name,
    external_id: `pull-request-${ref.number}`,
    status: "completed" as const,
    conclusion: run.conclusion,
    actions: run.actions.map((action) => ({ ...action })),
    output: outputOf(run, first),
  };
  const published = existing
    ? await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", { ...place, check_run_id: existing, ...body })
    : await client.request("POST /repos/{owner}/{repo}/check-runs", { ...place, head_sha: headSha, ...body });
  for (const annotations of rest)
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...place,
      check_run_id: published.data.id,
      output: outputOf(run, annotations),
    });
  return published.data.html_url ?? `${published.data.url}`;
}

async function findRun(client: GitHubClient, appId: number, ref: PullRequestRef, headSha: string, name: string): Promise<number | null> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    ...ownerAndName(ref.repo),
    ref: headSha,
    check_name: name,
    app_id: appId,
    filter: "latest",
  });
  const [latest] = data.check_runs.filter((each) => each.app?.id === appId).toSorted((left, right) => Number(right.id) - Number(left.id));
  return latest && latest.output.annotations_count === 0 ? Number(latest.id) : null;
}

function outputOf(run: CheckRun, annotations: readonly Annotation[]): Output {
  return {
    title: run.title,
    summary: run.summary,
    ...(run.text === "" ? {} : { text: run.text }),
    ...(annotations.length === 0 ? {} : { annotations: annotations.map(toAnnotation) }),
  };
}

function toAnnotation(annotation: Annotation) {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
  };
}

function inGroups(annotations: readonly Annotation[]): readonly (readonly Annotation[])[] {
  const groups: Annotation[][] = [];
  for (let start = 0; start < annotations.length; start += ANNOTATIONS_PER_REQUEST)
    groups.push(annotations.slice(start, start + ANNOTATIONS_PER_REQUEST));
  return groups;
}
