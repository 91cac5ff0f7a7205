import { CHECK_NAME, type LocalApp } from "../app/start-local-app.ts";
import type { CheckRun } from "../github/model/check.ts";
import type { Narrator } from "./narrator.ts";
import { readStoryFiles, readStoryText } from "./story-files.ts";

const STORY = "berth-payments";
const REPO = "acme/harbour";
const PAYMENT_CHECK = "Payment operations";

/** The third story: a pull request that takes money meets the payment rubric first, on its own check run, and merges when both hold. */
export async function tellPayments({ github, completedRun, idle }: LocalApp, narrator: Narrator): Promise<void> {
  await github.createRepository({ repo: REPO, files: readStoryFiles(STORY, "base") });
  github.installApp("acme");
  github.protectBranch(REPO, "main", [{ context: CHECK_NAME, appId: github.app.id }]);
  const ana = github.as("ana");
  const expectRuns = async (head: string, payments: string, general: string, lines: number) => {
    await idle();
    for (const [name, expected] of [
      [PAYMENT_CHECK, payments],
      [CHECK_NAME, general],
    ] as const) {
      const run: CheckRun = await completedRun(REPO, head, { name });
      if (run.conclusion !== expected) throw new Error(`expected ${expected}, but "${name}" says ${run.conclusion}: ${run.output.title}`);
      narrator.check(run, name === PAYMENT_CHECK ? lines : 4);
    }
  };
  const tellMerge = async (number: number, expected: number) => {
    const { status, message } = await ana.merge(REPO, number);
    if (status !== expected) throw new Error(`expected GitHub to answer the merge with ${expected}, it answered ${status}: ${message}`);
    narrator.say(`ana tries to merge: GitHub answers ${status}, ${message}`);
  };

  narrator.step("ana opens a pull request that takes money, with a backend plan and careless code");
  const backendPlan = readStoryText(STORY, "backend-plan.md");
  let head = await ana.push(REPO, { branch: "pay", changes: readStoryFiles(STORY, "careless"), message: "Pay for a berth" });
  const number = await ana.openPullRequest({ repo: REPO, head: "pay", title: "Pay for a berth", body: backendPlan });
  await expectRuns(head, "failure", "failure", 16);
  const sticky = github.comments(REPO, number).find((comment) => comment.viaApp !== null);
  narrator.quote("The comment, payments first", sticky?.body ?? "(none)", 8);
  await tellMerge(number, 405);

  narrator.step("ana writes the payment plan too, and the code is as careless as before");
  await idle();
  await ana.editPullRequest(REPO, number, { body: `${readStoryText(STORY, "payment-plan.md")}\n${backendPlan}` });
  await expectRuns(head, "failure", "failure", 8);

  narrator.step("ana repairs the code: a key, the server's price, the webhook's signature");
  head = await ana.push(REPO, { branch: "pay", changes: readStoryFiles(STORY, "careful"), message: "Charge once, at our price" });
  await expectRuns(head, "success", "success", 4);
  await tellMerge(number, 200);
}
