import { accountOf, authorize, authorizeRead } from "../access.ts";
import { parseCheckRunCreation, parseCheckRunUpdate } from "../actions/check-run-input.ts";
import { createCheckRun, rerequestRun, updateCheckRun } from "../actions/check-run.ts";
import { announceSuite, findOrAddSuite } from "../actions/check-suite.ts";
import { notFound, Refusal } from "../refusal.ts";
import { resolveRef } from "../refs.ts";
import { annotationView, checkRunView, checkSuiteView, latestRuns, runsOf } from "../views/check.ts";
import type { CheckRun } from "../model/check.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { bodyOf, parameter, repositoryOf, requiredText } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";
import { page } from "./pages.ts";

const WRITE = { permission: "checks", level: "write", role: "app" } as const;

/** Check runs. */
export function routeCheckRuns(api: Api, world: World): void {
  const root = "/repos/:owner/:repo/check-runs";
  api.post(root, async (c) => {
    const { repository, app } = writer(world, c);
    const run = await createCheckRun(world, app, repository, parseCheckRunCreation(await bodyOf(c)));
    return c.json(checkRunView(world, repository, run), 201);
  });
  api.patch(`${root}/:id`, async (c) => {
    const { repository, app } = writer(world, c);
    const run = runOf(c, repository);
    if (run.app !== app)
      throw new Refusal(403, "Invalid app_id `" + app.id + "` - check run can only be modified by the GitHub App that created it.");
    await updateCheckRun(world, repository, run, parseCheckRunUpdate(await bodyOf(c)));
    return c.json(checkRunView(world, repository, run));
  });
  api.get(`${root}/:id`, (c) => {
    const repository = reader(world, c);
    return c.json(checkRunView(world, repository, runOf(c, repository)));
  });
  api.get(`${root}/:id/annotations`, (c) => {
    const repository = reader(world, c);
    const run = runOf(c, repository);
    return c.json(page(c, run.annotations).map((annotation) => annotationView(world, repository, run, annotation)));
  });
  api.post(`${root}/:id/rerequest`, (c) => {
    const { repository } = writer(world, c);
    rerequestRun(world, accountOf(c.get("actor")) ?? repository.owner, repository, runOf(c, repository));
    return c.json({}, 201);
  });
  api.get("/repos/:owner/:repo/commits/:ref{.+}/check-runs", async (c) => {
    const repository = reader(world, c);
    const sha = await resolveRef(repository, parameter(c, "ref"));
    return listRuns(
      world,
      c,
      repository,
      [...repository.checkRuns.values()].filter((run) => run.headSha === sha),
    );
  });
}

/** Check suites. */
export function routeCheckSuites(api: Api, world: World): void {
  const root = "/repos/:owner/:repo/check-suites";
  api.post(root, async (c) => {
    const { repository, app } = writer(world, c);
    const sha = await repository.objects.resolveCommit(requiredText(await bodyOf(c), "head_sha"));
    if (sha === null) throw new Refusal(422, "No commit found for that SHA");
    return c.json(await checkSuiteView(world, repository, findOrAddSuite(world, repository, app, sha, null, null)), 201);
  });
  api.get(`${root}/:id`, async (c) => {
    const repository = reader(world, c);
    return c.json(await checkSuiteView(world, repository, suiteOf(c, repository)));
  });
  api.get(`${root}/:id/check-runs`, (c) => {
    const repository = reader(world, c);
    return listRuns(world, c, repository, runsOf(repository, suiteOf(c, repository)));
  });
  api.post(`${root}/:id/rerequest`, async (c) => {
    const { repository, app } = writer(world, c);
    await announceSuite(world, app.bot, repository, suiteOf(c, repository), "rerequested");
    return c.json({}, 201);
  });
  api.get("/repos/:owner/:repo/commits/:ref{.+}/check-suites", async (c) => {
    const repository = reader(world, c);
    const sha = await resolveRef(repository, parameter(c, "ref"));
    const appId = c.req.query("app_id");
    const found = [...repository.checkSuites.values()].filter(
      (suite) => suite.headSha === sha && (appId === undefined || suite.app.id === Number(appId)),
    );
    const views = await Promise.all(page(c, found).map((suite) => checkSuiteView(world, repository, suite)));
    return c.json({ total_count: found.length, check_suites: views });
  });
}

function reader(world: World, c: ApiContext): Repository {
  const repository = repositoryOf(world, c);
  authorizeRead(c.get("actor"), repository, "checks");
  return repository;
}

function writer(world: World, c: ApiContext) {
  const repository = repositoryOf(world, c);
  const actor = c.get("actor");
  authorize(world, actor, repository, WRITE);
  if (actor.kind !== "installation") throw new Refusal(403, "You must authenticate via a GitHub App.");
  return { repository, app: actor.installation.app };
}

function runOf(c: ApiContext, repository: Repository): CheckRun {
  const run = repository.checkRuns.get(Number(parameter(c, "id")));
  if (run === undefined) throw notFound();
  return run;
}

function suiteOf(c: ApiContext, repository: Repository) {
  const suite = repository.checkSuites.get(Number(parameter(c, "id")));
  if (suite === undefined) throw notFound();
  return suite;
}

function listRuns(world: World, c: ApiContext, repository: Repository, runs: readonly CheckRun[]) {
  const { check_name: name, app_id: appId, status, filter = "latest" } = c.req.query();
  const matching = (filter === "all" ? [...runs] : latestRuns(runs))
    .filter((run) => name === undefined || run.name === name)
    .filter((run) => appId === undefined || run.app.id === Number(appId))
    .filter((run) => status === undefined || run.status === status)
    .toReversed();
  return c.json({ total_count: matching.length, check_runs: page(c, matching).map((run) => checkRunView(world, repository, run)) });
}
