import type { Annotation, CheckRun } from "../model/check-run.ts";
import type { PullRequestRef } from "../model/job.ts";
import type { PublishedRun, TakenCheckRun } from "../model/publisher.ts";
import { type GitHubClient, ownerAndName, statusOf } from "../github/client.ts";
import { mayHaveWorked } from "../github/faults.ts";
import { createOnce } from "./create-once.ts";
import { identityOf, readIdentity, writeIdentity } from "./run-identity.ts";

/** GitHub takes at most 50 annotations a request; later updates append (docs, rest/checks/runs). */
const ANNOTATIONS_PER_REQUEST = 50;

/** Where a run is published. */
export interface CheckRunPlace {
  readonly client: GitHubClient;
  readonly appId: number;
  readonly ref: PullRequestRef;
  readonly headSha: string;
}

/** A run as it stands on GitHub. `url` null: it does not say yet what it should. */
interface StandingRun extends PublishedRun {
  readonly url: string | null;
}

/**
 * Publishes a completed run on the head. Our newest run of that name is updated in place when it carries no annotations
 * or these very ones, because an update can only append them; otherwise a new run takes its place, and GitHub shows and
 * requires the newest. `known`: our newest runs on the head, where they were just read. Returns null when the commit is
 * gone, so that nobody waits there, or when a run was to take another's place and there is none.
 */
export async function publishCheckRun(
  place: CheckRunPlace,
  run: CheckRun,
  known: readonly PublishedRun[] | null,
): Promise<TakenCheckRun | null> {
  try {
    return await publishOver(place, run, known ? newestOf(known, run.name) : await findRun(place, run.name));
  } catch (error) {
    if (statusOf(error) === 422 && error instanceof Error && /no commit found/i.test(error.message)) return null;
    throw error;
  }
}

async function publishOver(place: CheckRunPlace, run: CheckRun, latest: PublishedRun | null): Promise<TakenCheckRun | null> {
  if (run.onlyInPlaceOfAnother && latest === null) return null;
  const identity = identityOf(place.ref, run);
  const externalId = writeIdentity(identity);
  const standing = latest && readIdentity(latest.externalId);
  if (run.onlyInPlaceOfAnother === "own" && standing?.of !== identity.of) return null;
  const canStay = standing?.of === identity.of && standing.annotations === identity.annotations;
  if (latest !== null && (latest.annotations === 0 || canStay)) {
    const isShown = identity.shows !== "" && standing?.of === identity.of && standing.shows === identity.shows;
    return updateRun(place, { ...latest, externalId, url: null, completedAt: isShown ? latest.completedAt : null }, run);
  }
  return updateRun(place, await createRun(place, run, externalId, latest?.id ?? 0), run);
}

/** Since when our newest run of this name on the head shows these very shortfalls of the pull request; null when it does not. */
export async function findShownSince(place: CheckRunPlace, run: Pick<CheckRun, "name" | "shows">): Promise<string | null> {
  const latest = await findRun(place, run.name);
  if (latest === null) return null;
  const { of, shows } = identityOf(place.ref, { ...run, annotations: [] });
  const standing = readIdentity(latest.externalId);
  return standing.of === of && standing.shows === shows ? latest.completedAt : null;
}

async function createRun(place: CheckRunPlace, run: CheckRun, externalId: string, newerThan: number): Promise<StandingRun> {
  const first = run.annotations.slice(0, ANNOTATIONS_PER_REQUEST);
  const create = async (): Promise<StandingRun> => {
    const { data } = await place.client.request("POST /repos/{owner}/{repo}/check-runs", {
      ...ownerAndName(place.ref.repo),
      head_sha: place.headSha,
      ...bodyOf(run, externalId),
      output: outputOf(run, first),
    });
    return { ...toStanding(data), externalId, annotations: first.length };
  };
  return createOnce(create, async () => {
    const found = await findRun(place, run.name);
    return found && found.id > newerThan && found.externalId === externalId ? found : null;
  });
}

/**
 * Brings a run to what it should say: nothing is left to do for one that was just created whole. Only annotations that it
 * does not carry are sent; where an answer is lost, the run itself tells how many it has.
 */
async function updateRun(place: CheckRunPlace, standing: StandingRun, run: CheckRun): Promise<TakenCheckRun> {
  let { annotations: carried, url, completedAt: shownSince } = standing;
  let lost = 0;
  while (url === null || carried < run.annotations.length) {
    const next = run.annotations.slice(carried, carried + ANNOTATIONS_PER_REQUEST);
    try {
      const { data } = await place.client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
        ...ownerAndName(place.ref.repo),
        check_run_id: standing.id,
        ...bodyOf(run, standing.externalId),
        // Whether an update moves it is not documented, and what is shown anew must not look old.
        completed_at: new Date().toISOString(),
        output: outputOf(run, next),
      });
      url = data.html_url ?? `${data.url}`;
      shownSince ??= data.completed_at;
      carried += next.length;
    } catch (error) {
      if (!mayHaveWorked(error) || (lost += 1) > 1) throw error;
      carried = (await findRun(place, run.name))?.annotations ?? carried;
    }
  }
  return { url, shownSince };
}

function newestOf<Run extends PublishedRun>(runs: readonly Run[], name: string): Run | null {
  const [newest] = runs.filter((each) => each.name === name).toSorted((left, right) => right.id - left.id);
  return newest ?? null;
}

async function findRun({ client, appId, ref, headSha }: CheckRunPlace, name: string): Promise<StandingRun | null> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    ...ownerAndName(ref.repo),
    ref: headSha,
    check_name: name,
    app_id: appId,
    filter: "latest",
  });
  const own = data.check_runs.filter((each) => each.app?.id === appId);
  return newestOf(own.map(toStanding), name);
}

/** The parts of a run of REST's that are read. */
interface RestRun {
  readonly id: number | bigint;
  readonly name: string;
  readonly external_id: string | null;
  readonly completed_at: string | null;
  readonly output: { readonly annotations_count: number };
  readonly html_url: string | null;
  readonly url: string;
}

function toStanding(run: RestRun): StandingRun {
  return {
    id: Number(run.id),
    name: run.name,
    externalId: run.external_id ?? "",
    annotations: run.output.annotations_count,
    completedAt: run.completed_at,
    url: run.html_url ?? run.url,
  };
}

function bodyOf(run: CheckRun, externalId: string) {
  return {
    name: run.name,
    external_id: externalId,
    status: "completed" as const,
    conclusion: run.conclusion,
    actions: run.actions.map((action) => ({ ...action })),
  };
}

type Output = { title: string; summary: string; text?: string; annotations?: ReturnType<typeof toAnnotation>[] };

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
