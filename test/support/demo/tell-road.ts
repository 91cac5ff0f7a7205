import { CHECK_NAME, type LocalApp } from "../app/start-local-app.ts";
import type { CheckRun } from "../github/model/check.ts";
import type { Narrator } from "./narrator.ts";
import { readStoryFiles, readStoryText } from "./story-files.ts";

const STORY = "carrier-quotes";
const REPO = "acme/parcels";

/** What the story expects, so that a demonstration that goes wrong says so instead of telling it. */
function expectConclusion(run: CheckRun, expected: string): CheckRun {
  if (run.conclusion !== expected) throw new Error(`expected ${expected}, but "${run.name}" says ${run.conclusion}: ${run.output.title}`);
  return run;
}

/** The first story: a backend pull request is blocked, corrected and merged; a documentation one passes at once. */
export async function tellRoad({ github, completedRun, idle }: LocalApp, narrator: Narrator): Promise<void> {
  github.createOrganization("acme", { dana: "admin", ana: "member" }, "write");
  await github.createRepository({ repo: REPO, files: readStoryFiles(STORY, "base") });
  github.installApp("acme");
  github.protectBranch(REPO, "main", [{ context: CHECK_NAME, appId: github.app.id }]);
  const ana = github.as("ana");
  const mergeIsRefused = async (number: number) => {
    const { status, message } = await ana.merge(REPO, number);
    if (status !== 405) throw new Error(`expected GitHub to refuse the merge with 405, it answered ${status}`);
    narrator.say(`ana tries to merge: GitHub answers 405, ${message}`);
  };

  narrator.step("ana opens a backend pull request without a plan");
  let head = await ana.push(REPO, { branch: "quotes", changes: readStoryFiles(STORY, "careless"), message: "Ask the carrier for rates" });
  const number = await ana.openPullRequest({
    repo: REPO,
    head: "quotes",
    title: "Ask the carrier for rates",
    body: "Asks the carrier for rates.",
  });
  let run = expectConclusion(await completedRun(REPO, head), "failure");
  narrator.check(run);
  await mergeIsRefused(number);

  const edited = async (body: string, expected: string, lines?: number) => {
    await idle();
    const before = run;
    await ana.editPullRequest(REPO, number, { body });
    await idle();
    run = expectConclusion(
      await completedRun(REPO, head, { until: (each) => each.id !== before.id || each.completedAt !== null }),
      expected,
    );
    narrator.check(run, lines);
  };

  narrator.step('ana writes "we will add retries later"');
  await edited("Asks the carrier for rates. We will add retries and timeouts later.", "failure");
  const sticky = github.comments(REPO, number).find((comment) => comment.viaApp !== null);
  narrator.quote("The one comment, edited in place", sticky?.body ?? "(none)", 24);

  narrator.step("ana pastes a vague plan");
  await edited(readStoryText(STORY, "vague-plan.md"), "failure", 30);

  narrator.step("ana writes a specific plan, and the code is as careless as before");
  await edited(readStoryText(STORY, "specific-plan.md"), "failure", 12);
  await mergeIsRefused(number);

  narrator.step("ana repairs the code");
  head = await ana.push(REPO, { branch: "quotes", changes: readStoryFiles(STORY, "careful"), message: "Keep what the plan promises" });
  run = expectConclusion(await completedRun(REPO, head), "success");
  narrator.check(run);
  await idle();
  const merged = await ana.merge(REPO, number);
  if (merged.status !== 200) throw new Error(`expected the merge to succeed, GitHub answered ${merged.status}: ${merged.message}`);
  narrator.say(`ana merges: ${merged.message}, ${merged.sha?.slice(0, 7)}`);

  narrator.step("ana opens a documentation pull request");
  const docs = await ana.push(REPO, { branch: "docs", changes: readStoryFiles(STORY, "documentation"), message: "Describe the carriers" });
  const second = await ana.openPullRequest({ repo: REPO, head: "docs", title: "Describe the carriers' API", body: null });
  narrator.check(expectConclusion(await completedRun(REPO, docs), "success"), 6);
  await idle();
  const mergedDocs = await ana.merge(REPO, second);
  if (mergedDocs.status !== 200)
    throw new Error(`expected the merge to succeed, GitHub answered ${mergedDocs.status}: ${mergedDocs.message}`);
  narrator.say(`ana merges: ${mergedDocs.message}`);
}
