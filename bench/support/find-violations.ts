import type { Database } from "../../src/database/database.ts";
import type { LocalGitHub } from "../../test/support/github/local-github.ts";
import { conclusionOf, type StormPull, titleOf } from "./storm.ts";

/** What was found after a storm. */
export interface Findings {
  /** A sentence each; none when all is as it must be. */
  readonly violations: readonly string[];
  readonly pullsJudged: number;
  readonly acceptances: number;
  readonly answers: number;
  /** Commits of the merge queue. */
  readonly queued: number;
  /** Runs that a newer one of the same name took the place of: an update cannot remove annotations. */
  readonly replacedRuns: number;
}

/** Compares what GitHub and the register hold with what the people did. */
export async function findViolations(github: LocalGitHub, pulls: readonly StormPull[], database: Database): Promise<Findings> {
  const violations: string[] = [];
  let [answers, replacedRuns, acceptances, queued] = [0, 0, 0, 0];
  for (const pull of pulls) {
    const before = violations.length;
    const name = `${pull.repo}#${pull.number}`;
    if (pull.open) {
      const runs = runsOf(github, pull);
      replacedRuns += Math.max(0, runs.length - 1);
      violations.push(...judgeRuns(runs, pull).map((violation) => `${name}: ${violation}`));
    }
    queued += pull.queued.length;
    violations.push(...judgeQueued(github, pull).map((violation) => `${name}: ${violation}`));
    const counted = judgeComments(github, pull);
    answers += counted.answers;
    violations.push(...counted.violations.map((violation) => `${name}: ${violation}`));
    const register = await judgeRegister(database, pull);
    acceptances += register.count;
    violations.push(...register.violations.map((violation) => `${name}: ${violation}`));
    if (violations.length > before)
      violations.push(`${name} lived through: ${pull.history.join(", ")}`, `${name} was told: ${tellAnswers(github, pull)}`);
  }
  return { violations, pullsJudged: pulls.filter(({ open }) => open).length, acceptances, answers, replacedRuns, queued };
}

type Runs = ReturnType<LocalGitHub["checkRuns"]>;

function runsOf(github: LocalGitHub, { repo, number }: StormPull): Runs {
  return github.checkRuns(repo, github.headSha(repo, number)).filter(({ name }) => name === "Backend reliability");
}

function judgeRuns(runs: Runs, pull: StormPull): string[] {
  const newest = runs.at(-1);
  if (newest === undefined) return ["its newest head has no run"];
  const unfinished = runs.filter(({ status }) => status !== "completed").length;
  const wanted = conclusionOf(pull);
  const title = titleOf(pull);
  const isRight = newest.conclusion === wanted && (title === null || newest.output.title === title);
  return [
    ...(unfinished > 0 ? [`${unfinished} runs on its newest head are not complete`] : []),
    ...(isRight
      ? []
      : [
          `expected ${wanted} "${title ?? ""}" (${pull.variant.code}, ${pull.variant.plan === "" ? "no plan" : "a plan"}), found ${newest.conclusion}: ${newest.output.title}`,
        ]),
  ];
}

/** Every commit of the merge queue has one run, as its pull request is judged now; none that was passed by a verdict which fell since. */
function judgeQueued(github: LocalGitHub, pull: StormPull): string[] {
  const isGreen = (conclusion: string | null) => conclusion === "success" || conclusion === "neutral";
  const deserved = isGreen(conclusionOf(pull));
  return pull.queued.flatMap(({ headSha, after }) => {
    const runs = github.checkRuns(pull.repo, headSha).filter(({ name }) => name === "Backend reliability");
    const place = `commit ${headSha.slice(0, 7)} of the merge queue`;
    if (runs.length !== 1 || runs[0]?.status !== "completed") return [`${place} has ${runs.length} runs, not one that is complete`];
    const green = isGreen(runs[0].conclusion);
    if (pull.open && green && !deserved) return [`${place} is ${runs[0].conclusion}, though its pull request is blocked`];
    return pull.open && !green && deserved && after === pull.history.length
      ? [`${place} is ${runs[0].conclusion}, though nothing came since`]
      : [];
  });
}

function judgeComments(github: LocalGitHub, pull: StormPull): { readonly answers: number; readonly violations: string[] } {
  const own = github.comments(pull.repo, pull.number).filter(({ viaApp }) => viaApp !== null);
  const sticky = own.filter(({ body }) => body.includes("<!-- backend-reliability-enforcer -->")).length;
  const violations = sticky > 1 ? [`${sticky} sticky comments`] : [];
  let answers = 0;
  for (const id of pull.commands) {
    const found = own.filter(({ body }) => body.includes(`answer to issue_comment ${id} -->`)).length;
    answers += found;
    if (found !== 1) violations.push(`${found} answers to comment ${id}`);
  }
  return { answers, violations };
}

/** Our answers to its commands, and the runs of its newest head, with the times that GitHub keeps. */
function tellAnswers(github: LocalGitHub, pull: StormPull): string {
  const answers = github
    .comments(pull.repo, pull.number)
    .map(({ id, body, createdAt, viaApp }) => `${createdAt} ${id}${viaApp === null ? "" : " (ours)"} ${body.slice(0, 400)}`);
  const runs = runsOf(github, pull).map(
    ({ id, externalId, completedAt, output }) => `${completedAt} run ${id} ${externalId} ${output.title}`,
  );
  return [...answers, ...runs].join("\n    ");
}

async function judgeRegister(database: Database, pull: StormPull): Promise<{ readonly count: number; readonly violations: string[] }> {
  const rows = await database.db
    .selectFrom("risk_acceptance")
    .where("repo", "=", pull.repo)
    .where("number", "=", pull.number)
    .select(["id", "state", "comment_id"])
    .execute();
  const violations: string[] = [];
  for (const id of pull.signed) {
    const own = rows.filter((row) => row.comment_id === id);
    if (own.length !== 1 && pull.open) violations.push(`${own.length} acceptances of comment ${id}`);
    const [row] = own;
    const wanted = pull.withdrawn ? "withdrawn" : "active";
    if (row && row.state !== wanted && pull.open) violations.push(`the acceptance of comment ${id} is ${row.state}, not ${wanted}`);
    if (row) violations.push(...(await judgeEvents(database, row)));
  }
  if (rows.length > pull.signed.length) violations.push(`${rows.length} acceptances of ${pull.signed.length} signatures`);
  return { count: rows.length, violations };
}

async function judgeEvents(database: Database, { id, state }: { readonly id: number; readonly state: string }): Promise<string[]> {
  const events = await database.db.selectFrom("acceptance_event").where("acceptance_id", "=", id).orderBy("id").select("action").execute();
  const told = events.map(({ action }) => action).join(", ");
  const wanted = state === "active" ? "signed" : `signed, ${state}`;
  return told === wanted ? [] : [`the history of acceptance ${id} is "${told}", not "${wanted}"`];
}
