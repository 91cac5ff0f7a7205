import { setTimeout as delay } from "node:timers/promises";
import { CHECK_NAME, type LocalApp } from "../app/start-local-app.ts";
import type { CheckRun } from "../github/model/check.ts";
import type { Narrator } from "./narrator.ts";
import { readStoryFiles } from "./story-files.ts";

const STORY = "carrier-quotes";
const REPO = "acme/returns";
const DAY_MS = 86_400_000;

/** A new finding: what the push after the signature adds. */
const SWALLOWED = `
export async function tellCarrier(url: string): Promise<void> {
  try {
    await fetch(url, { method: "POST" });
  } catch {}
}
`;

function formOf(date: string, budget: string, mitigation: string): string {
  return `/accept-risk\nretrofit date: ${date}\nbudget: ${budget}\naccepted by: @dana\ninterim mitigation: ${mitigation}`;
}

/** The second story: a form that is wrong, then right and unsigned; signed, edited, signed again; blocked by a push, repaired and merged. */
export async function tellOverride(local: LocalApp, narrator: Narrator): Promise<void> {
  const { github, idle, completedRun } = local;
  await github.createRepository({ repo: REPO, files: readStoryFiles(STORY, "base") });
  github.protectBranch(REPO, "main", [{ context: CHECK_NAME, appId: github.app.id }]);
  const [ana, dana] = [github.as("ana"), github.as("dana")];
  const date = new Date(Date.now() + 40 * DAY_MS).toISOString().slice(0, 10);
  const careless = readStoryFiles(STORY, "careless");
  const push = (changes: Readonly<Record<string, string>>, message: string) => ana.push(REPO, { branch: "rates", changes, message });

  narrator.step("A customer waits: ana opens the careless change again, without a plan");
  let head = await push(careless, "Ask the carrier for rates");
  const number = await ana.openPullRequest({ repo: REPO, head: "rates", title: "Ask the carrier for rates", body: null });
  const expectRun = async (conclusion: string, lines: number): Promise<CheckRun> => {
    await idle();
    const run = await completedRun(REPO, head);
    if (run.conclusion !== conclusion)
      throw new Error(`expected ${conclusion}, but "${run.name}" says ${run.conclusion}: ${run.output.title}`);
    narrator.check(run, lines);
    return run;
  };
  const answerTo = async (id: number, lines: number): Promise<string> => {
    await idle();
    const body = github.comments(REPO, number).find((each) => each.body.includes(`issue_comment ${id} -->`))?.body ?? "(no answer)";
    const text = body.slice(body.indexOf("\n") + 1);
    narrator.quote("The app answers", text, lines);
    return text;
  };
  await expectRun("failure", 4);

  narrator.step("ana asks for the override, and means nothing by it");
  const form = ana.comment(REPO, number, formOf("next quarter", "some", "we keep an eye on it"));
  await answerTo(form, 16);

  narrator.step("ana edits the form: it is complete, and waits for dana");
  await nextSecond();
  ana.editComment(REPO, form, formOf(date, "1.5 engineer-weeks", "10 req/min, on-call by @ana"));
  let code = codeIn(await answerTo(form, 12));
  await expectRun("action_required", 8);

  narrator.step("ana tries to sign it herself");
  await answerTo(ana.comment(REPO, number, `/accept-risk sign ${code}`), 4);

  narrator.step("dana, an administrator, signs");
  await nextSecond();
  await answerTo(dana.comment(REPO, number, `/accept-risk sign ${code}`), 8);
  await expectRun("neutral", 14);

  narrator.step("ana edits the signed form: 10 requests a minute become 10,000");
  await nextSecond();
  ana.editComment(REPO, form, formOf(date, "1.5 engineer-weeks", "10000 req/min, on-call by @ana"));
  code = codeIn(await answerTo(form, 0));
  await expectRun("action_required", 8);

  narrator.step("ana puts it right; dana signs the new text");
  await nextSecond();
  ana.editComment(REPO, form, formOf(date, "1.5 engineer-weeks", "20 req/min, on-call by @ana"));
  code = codeIn(await answerTo(form, 0));
  await nextSecond();
  dana.comment(REPO, number, `/accept-risk sign ${code}`);
  await expectRun("neutral", 3);

  narrator.step("ana pushes code that swallows an error: nobody accepted that");
  const quotes = careless["src/routes/quotes.ts"] ?? "";
  head = await push({ "src/routes/quotes.ts": quotes + SWALLOWED }, "Tell the carrier");
  await expectRun("failure", 16);

  narrator.step("ana takes it out again: what was accepted is still accepted, and is merged so");
  head = await push(careless, "Do not tell the carrier");
  await expectRun("neutral", 3);
  const merged = await ana.merge(REPO, number);
  if (merged.status !== 200) throw new Error(`expected the merge to succeed, GitHub answered ${merged.status}: ${merged.message}`);
  narrator.say(`ana merges: ${merged.message}, with a neutral check that says who accepted what until when`);
}

/** GitHub's times are whole seconds. */
async function nextSecond(): Promise<void> {
  await delay(1000 - (Date.now() % 1000) + 5);
}

function codeIn(reply: string): string {
  const code = /\/accept-risk sign ([0-9A-Z-]{29})/.exec(reply)?.[1];
  if (code === undefined) throw new Error(`expected an answer with a code, it says: ${reply}`);
  return code;
}
