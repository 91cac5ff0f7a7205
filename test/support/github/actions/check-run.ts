import { announce } from "../hooks/announce.ts";
import { Refusal } from "../refusal.ts";
import { checkRunHookView, latestRuns, runsOf } from "../views/check.ts";
import type { Account } from "../model/account.ts";
import type { App } from "../model/app.ts";
import type { CheckRun } from "../model/check.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import type { CheckRunCreation, CheckRunUpdate } from "./check-run-input.ts";
import { announceSuite, findOrAddSuite } from "./check-suite.ts";

/** Creates a run of an app on a commit of the repository. Throws 422 when there is no such commit. */
export async function createCheckRun(world: World, app: App, repository: Repository, asked: CheckRunCreation): Promise<CheckRun> {
  const headSha = await repository.objects.resolveCommit(asked.head_sha);
  if (headSha === null) throw new Refusal(422, `No commit found for SHA: ${asked.head_sha}`);
  const branch = [...repository.branches].find(([, sha]) => sha === headSha)?.[0] ?? null;
  const run: CheckRun = {
    id: world.nextId(),
    suite: findOrAddSuite(world, repository, app, headSha, branch, null),
    app,
    headSha,
    name: asked.name,
    externalId: "",
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: world.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  };
  repository.checkRuns.set(run.id, run);
  apply(world, run, asked);
  announceRun(world, app.bot, repository, run, "created");
  if (run.status === "completed") await announceCompletion(world, repository, run);
  return run;
}

/** Changes a run. Annotations are added to those that are there. */
export async function updateCheckRun(world: World, repository: Repository, run: CheckRun, asked: CheckRunUpdate): Promise<void> {
  const wasCompleted = run.status === "completed";
  apply(world, run, asked);
  if (run.status === "completed" && !wasCompleted) await announceCompletion(world, repository, run);
}

/** A person asks for a run once more. Only its app hears of it. */
export function rerequestRun(world: World, sender: Account, repository: Repository, run: CheckRun): void {
  announceRun(world, sender, repository, run, "rerequested");
}

/** A person presses a button. Throws 422 when the run is not complete or has no such button. */
export function requestAction(world: World, sender: Account, repository: Repository, run: CheckRun, identifier: string): void {
  const offered = run.status === "completed" && run.actions.some((action) => action.identifier === identifier);
  if (!offered) throw new Refusal(422, `No action ${identifier} on check run ${run.id}`);
  announceRun(world, sender, repository, run, "requested_action", { requested_action: { identifier } });
}

function apply(world: World, run: CheckRun, asked: CheckRunUpdate): void {
  run.name = asked.name ?? run.name;
  run.detailsUrl = asked.details_url ?? run.detailsUrl;
  run.externalId = asked.external_id ?? run.externalId;
  run.startedAt = asked.started_at ?? run.startedAt;
  run.actions = asked.actions ?? run.actions;
  if (asked.conclusion !== undefined) {
    run.status = "completed";
    run.conclusion = asked.conclusion;
    run.completedAt = asked.completed_at ?? world.now();
  } else if (asked.status !== undefined) {
    run.status = asked.status;
    run.conclusion = null;
    run.completedAt = null;
  }
  if (asked.output !== undefined) {
    const { title, summary, text } = asked.output;
    run.output = { title: title ?? null, summary: summary ?? null, text: text ?? null };
    run.annotations.push(...(asked.output.annotations ?? []));
  }
}

async function announceCompletion(world: World, repository: Repository, run: CheckRun): Promise<void> {
  announceRun(world, run.app.bot, repository, run, "completed");
  run.suite.updatedAt = world.now();
  if (latestRuns(runsOf(repository, run.suite)).every((one) => one.status === "completed")) {
    await announceSuite(world, run.app.bot, repository, run.suite, "completed");
  }
}

function announceRun(
  world: World,
  sender: Account,
  repository: Repository,
  run: CheckRun,
  action: "created" | "completed" | "rerequested" | "requested_action",
  detail: Readonly<Record<string, unknown>> = {},
): void {
  announce(world, {
    event: "check_run",
    action,
    repository,
    sender,
    detail: { check_run: checkRunHookView(world, repository, run), ...detail },
    ...(action === "created" || action === "completed" ? {} : { onlyApp: run.app }),
  });
}
