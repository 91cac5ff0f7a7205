import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { readStoryFiles, readStoryText } from "./support/demo/story-files.ts";
import type { Person } from "./support/github/person.ts";
import { waitUntil } from "./support/wait-until.ts";

// `/accept-risk` from a comment on GitHub to the check run, over HTTP.
let app: LocalApp;
let opened = 0;
let clock = () => new Date();

beforeAll(async () => {
  app = await startLocalApp({ now: () => clock() });
  app.github.createOrganization("acme", { dana: "admin", eli: "admin", ana: "member", ben: "member", cora: "member" }, "write");
  app.github.createTeam("acme", "architects", []);
  app.github.createTeam("acme", "storage", ["cora"], { parent: "architects" });
  app.github.installApp("acme");
});

afterAll(() => app.stop());

const CARELESS = readStoryFiles("carrier-quotes", "careless");
const CAREFUL = readStoryFiles("carrier-quotes", "careful");
const BASE = readStoryFiles("carrier-quotes", "base");
const SPECIFIC = readStoryText("carrier-quotes", "specific-plan.md");

const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const DATE = dayFromNow(40);
const formOf = (login: string, more: { date?: string } = {}) =>
  `/accept-risk\nretrofit date: ${more.date ?? DATE}\nbudget: 1.5 engineer-weeks\naccepted by: @${login}\ninterim mitigation: 10 req/min, on-call by @ben`;
/** GitHub's times are whole seconds: what must come later has to wait for the next. */
const nextSecond = () => delay(1000 - (Date.now() % 1000) + 5);

interface Pull {
  readonly repo: string;
  readonly number: number;
  head: string;
  readonly ana: Person;
}

async function openPull(policy: string | null = null, changes = CARELESS, body: string | null = null): Promise<Pull> {
  const repo = `acme/risks-${(opened += 1)}`;
  const files = policy === null ? BASE : { ...BASE, ".github/backend-reliability.yml": policy };
  await app.github.createRepository({ repo, files });
  const ana = app.github.as("ana");
  const head = await ana.push(repo, { branch: "change", changes, message: "Change" });
  const number = await ana.openPullRequest({ repo, head: "change", title: "Ask the carrier for rates", body });
  await app.idle();
  return { repo, number, head, ana };
}

/** The newest completed check of the head, once nothing is left to do. */
async function check({ repo, head }: Pull, name?: string) {
  await app.idle();
  const run = await app.completedRun(repo, head, name === undefined ? {} : { name });
  return { conclusion: run.conclusion, title: run.output.title ?? "", summary: run.output.summary ?? "", annotations: run.annotations };
}

const comment = (pull: Pull, login: string, body: string) => app.github.as(login).comment(pull.repo, pull.number, body);

/** What we answered to a comment. */
async function replyTo({ repo, number }: Pull, id: number): Promise<string> {
  await app.idle();
  const own = app.github
    .comments(repo, number)
    .filter((each) => each.body.startsWith("<!--") && each.body.includes(`issue_comment ${id} -->`));
  expect(own.length).toBeLessThan(2);
  return own[0]?.body ?? "";
}

/** The code that our answer shows. */
const codeIn = (reply: string) => /\/accept-risk sign ([0-9A-Z-]{29})/.exec(reply)?.[1] ?? "";

async function signedByDana(policy: string | null = null): Promise<Pull & { readonly form: number }> {
  const pull = await openPull(policy);
  const form = comment(pull, "dana", formOf("dana"));
  expect(await check(pull)).toMatchObject({ conclusion: "neutral" });
  return Object.assign(pull, { form });
}

describe("a decision maker's form", () => {
  test("turns the blocked check into a neutral one that says who, until when, for how much, and what", async () => {
    const pull = await signedByDana();
    const run = await check(pull);
    expect(run.title).toBe(`Risk accepted by @dana until ${DATE}, 1.5 engineer-weeks`);
    expect(run.summary).toContain("enough items in all");
    expect(run.summary).toContain("10 req/min, on-call by @ben");
    expect(run.summary).toContain("Blocked again by");
    expect(await replyTo(pull, pull.form)).toContain("**Signed.**");
  });

  test("alone gets the form back, with the latest date and who may sign", async () => {
    const pull = await openPull();
    const reply = await replyTo(pull, comment(pull, "ana", "/accept-risk"));
    expect(reply).toContain("retrofit date: __");
    expect(reply).toContain(dayFromNow(90));
    expect((await check(pull)).conclusion).toBe("failure");
  });

  test("with mistakes gets every one of them in one answer, which is edited as the form improves", async () => {
    const pull = await openPull();
    const id = comment(
      pull,
      "dana",
      "/accept-risk\nretrofit date: later\nbudget: some\naccepted by: @dana\ninterim mitigation: we watch it",
    );
    const first = await replyTo(pull, id);
    expect(first).toContain("3 fields to change");
    expect((await check(pull)).conclusion).toBe("failure");
    app.github.as("dana").editComment(pull.repo, id, formOf("dana"));
    expect(await replyTo(pull, id)).toContain("**Signed.**");
    expect((await check(pull)).conclusion).toBe("neutral");
  });

  test("works in a review's summary and in a comment on a line, several commands in order", async () => {
    const pull = await openPull();
    app.github.as("dana").review(pull.repo, pull.number, "commented", `${formOf("dana")}\n\n/accept-risk status`);
    expect((await check(pull)).conclusion).toBe("neutral");
    const own = app.github.comments(pull.repo, pull.number).at(-1)?.body ?? "";
    expect(own.indexOf("**Signed.**")).toBeGreaterThan(-1);
    expect(own.indexOf("**Status.**")).toBeGreaterThan(own.indexOf("**Signed.**"));
    const other = await openPull();
    const line = app.github.as("dana").commentOnLine(other.repo, other.number, "src/routes/quotes.ts", 1, formOf("dana"));
    expect((await check(other)).conclusion).toBe("neutral");
    app.github.as("dana").deleteLineComment(other.repo, other.number, line);
    expect((await check(other)).conclusion).toBe("failure");
  });

  test("is nothing in a quote, in code, or from a bot", async () => {
    const pull = await openPull();
    comment(pull, "dana", formOf("dana").replaceAll(/^/gm, "> "));
    comment(pull, "dana", `\`\`\`\n${formOf("dana")}\n\`\`\``);
    app.github.createUser("helper[bot]");
    app.github.setRole(pull.repo, "helper[bot]", "admin");
    comment(pull, "helper[bot]", formOf("helper"));
    expect((await check(pull)).conclusion).toBe("failure");
    expect(app.github.comments(pull.repo, pull.number).filter((each) => each.body.includes("answer to"))).toEqual([]);
  });

  test("answers help, an unknown command, a plan and a re-check", async () => {
    const pull = await openPull();
    const reply = await replyTo(
      pull,
      comment(pull, "ana", "/accept-risk please\n\n/reliability plan\n\n/reliability recheck\n\n/reliability help"),
    );
    expect(reply).toContain("Not a command");
    expect(reply).toContain("src/routes/quotes.ts");
    expect(reply).toContain("Reviewing again");
    expect(reply).toContain("/accept-risk withdraw");
  });
});

describe("who may not sign", () => {
  test("the author, whose form waits for the decision maker it names", async () => {
    const pull = await openPull();
    app.github.setRole(pull.repo, "ana", "admin");
    const reply = await replyTo(pull, comment(pull, "ana", formOf("ana")));
    expect(reply).toContain("opened this pull request");
    expect(reply).toContain("name as accepting one of");
    expect(codeIn(reply)).toBe("");
    const run = await check(pull);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("names only `@ana`, who may not sign here");
    const code = codeIn(await replyTo(pull, comment(pull, "ana", formOf("dana"))));
    expect(await replyTo(pull, comment(pull, "ana", `/accept-risk sign ${code}`))).toContain("Not signed");
    expect((await check(pull)).title).toContain("Waiting for a signature");
  });

  test("somebody without the role, somebody who pushed, and a co-author", async () => {
    const pull = await openPull();
    expect(await replyTo(pull, comment(pull, "ben", formOf("ben")))).toContain("not a decision maker");
    pull.head = await app.github.as("dana").push(pull.repo, { branch: "change", changes: { "docs/a.md": "a\n" }, message: "Note" });
    expect(await replyTo(pull, comment(pull, "dana", formOf("dana")))).toMatch(/@?dana.* (wrote commits|pushed changes)/);
    const { id } = app.github.as("eli").account;
    const message = `Note\n\nCo-authored-by: Eli <${id}+eli@users.noreply.github.com>`;
    pull.head = await pull.ana.push(pull.repo, { branch: "change", changes: { "docs/b.md": "b\n" }, message });
    expect(await replyTo(pull, comment(pull, "eli", formOf("eli")))).toContain("wrote commits");
    expect((await check(pull)).conclusion).toBe("failure");
  });

  test("a co-author whose ordinary address GitHub links to an account", async () => {
    const pull = await openPull();
    Object.assign(app.github.as("eli").account, { email: "eli@acme.example" });
    const message = "Note\n\nCo-authored-by: Eli <eli@acme.example>";
    pull.head = await pull.ana.push(pull.repo, { branch: "change", changes: { "docs/b.md": "b\n" }, message });
    await app.idle();
    expect(await replyTo(pull, comment(pull, "eli", formOf("eli")))).toContain("wrote commits");
    expect((await check(pull)).conclusion).toBe("failure");
  });

  test("a push that only merges the base does not make its pusher an author", async () => {
    const pull = await openPull();
    const main = await app.github.as("ben").push(pull.repo, { branch: "main", changes: { "docs/main.md": "m\n" }, message: "Note" });
    pull.head = await app.github
      .as("dana")
      .push(pull.repo, { branch: "change", changes: { "docs/main.md": "m\n" }, message: "Merge main", alsoParents: [main] });
    await app.idle();
    expect(await replyTo(pull, comment(pull, "dana", formOf("dana")))).toContain("**Signed.**");
    expect((await check(pull)).conclusion).toBe("neutral");
  });

  test("anybody, while who pushed cannot be read, and the answer says so", async () => {
    const pull = await openPull();
    app.github.failNext({ match: `${pull.repo}/activity`, status: 403, times: 20 });
    expect(await replyTo(pull, comment(pull, "dana", formOf("dana")))).toContain("could not be read");
    expect((await check(pull)).conclusion).toBe("action_required");
  });

  test("nobody is left: the check names the setting", async () => {
    const pull = await openPull("decision-makers:\n  users: [ana]\n");
    const run = await check(pull);
    expect(run.summary).toContain("Nobody may sign");
    expect(run.summary).toContain("decision-makers");
  });

  test("a nested team's member signs where the policy names the parent", async () => {
    const pull = await openPull("decision-makers:\n  teams: [acme/architects]\n");
    expect(await replyTo(pull, comment(pull, "dana", formOf("dana")))).toContain("not a decision maker");
    expect(await replyTo(pull, comment(pull, "cora", formOf("cora")))).toContain("**Signed.**");
    expect((await check(pull)).conclusion).toBe("neutral");
  });
});

describe("a form that somebody else wrote", () => {
  async function signedByCode() {
    const pull = await openPull();
    const form = comment(pull, "ana", formOf("dana"));
    const code = codeIn(await replyTo(pull, form));
    expect(code).not.toBe("");
    await nextSecond();
    const signature = comment(pull, "dana", `/accept-risk sign ${code}`);
    expect(await replyTo(pull, signature)).toContain("**Signed.**");
    expect((await check(pull)).conclusion).toBe("neutral");
    await nextSecond();
    return { pull, form, signature, code };
  }

  test("is signed with its code, and voided by any later edit", async () => {
    const { pull, form } = await signedByCode();
    pull.ana.editComment(pull.repo, form, `${formOf("dana")} `.replace("1.5", "0.5"));
    const run = await check(pull);
    expect(run).toMatchObject({ conclusion: "action_required" });
    expect(run.summary).toContain("the form was edited afterwards");
  });

  test("is voided by an edit of the signing comment by another, and by its deletion", async () => {
    const first = await signedByCode();
    app.github.as("eli").editComment(first.pull.repo, first.signature, `/accept-risk sign ${first.code}\n\n(edited)`);
    expect((await check(first.pull)).summary).toContain("the signing comment was edited");
    const second = await signedByCode();
    app.github.as("dana").deleteComment(second.pull.repo, second.signature);
    expect((await check(second.pull)).summary).toContain("the signing comment was deleted");
  });

  test("has no other code", async () => {
    const pull = await openPull();
    comment(pull, "ana", formOf("dana"));
    await app.idle();
    const reply = await replyTo(pull, comment(pull, "dana", "/accept-risk sign ABCDE-FGH12"));
    expect(reply).toContain("No form here has the code");
    expect(codeIn(reply)).not.toBe("");
  });
});

describe("what ends an acceptance", () => {
  test("an edit of the form by another", async () => {
    const pull = await signedByDana();
    await nextSecond();
    app.github.as("eli").editComment(pull.repo, pull.form, formOf("dana").replace("10 req/min", "9999 req/min"));
    const run = await check(pull);
    expect(run.conclusion).not.toBe("neutral");
    expect(run.summary).toContain("the form was edited afterwards");
  });

  test("its deletion, even when the webhook is lost and somebody only re-checks", async () => {
    const pull = await signedByDana();
    app.github.holdDeliveries();
    app.github.as("dana").deleteComment(pull.repo, pull.form);
    app.github.releaseDeliveries(() => []);
    expect((await check(pull)).conclusion).toBe("neutral");
    comment(pull, "ben", "/reliability recheck");
    const run = await check(pull);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("the signing comment was deleted");
  });

  test("its withdrawal, which a late redelivery of the signature does not undo", async () => {
    const pull = await signedByDana();
    const signed = app.github.deliveries().findLast((delivery) => delivery.event === "issue_comment" && delivery.action === "created");
    await nextSecond();
    expect(await replyTo(pull, comment(pull, "dana", "/accept-risk withdraw"))).toContain("**Withdrawn.**");
    expect((await check(pull)).conclusion).toBe("failure");
    if (signed) app.github.redeliver(signed);
    comment(pull, "ben", "/reliability recheck");
    expect((await check(pull)).summary).toContain("it was taken back");
    await nextSecond();
    comment(pull, "dana", formOf("dana"));
    expect((await check(pull)).conclusion).toBe("neutral");
  });

  test("a withdrawal that arrives before the signature it takes back", async () => {
    const pull = await openPull();
    app.github.holdDeliveries();
    const form = comment(pull, "dana", formOf("dana"));
    await nextSecond();
    comment(pull, "dana", "/accept-risk withdraw");
    app.github.releaseDeliveries((held) => held.toReversed());
    expect((await check(pull)).conclusion).toBe("failure");
    expect(await replyTo(pull, form)).toContain("has ended since it was written");
  });

  test("the loss of the role, told by a webhook or not", async () => {
    const pull = await openPull();
    app.github.setRole(pull.repo, "ben", "maintain");
    comment(pull, "ben", formOf("ben"));
    expect((await check(pull)).conclusion).toBe("neutral");
    app.github.setRole(pull.repo, "ben", null);
    comment(pull, "ana", "/reliability recheck");
    const run = await check(pull);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("the signer may no longer sign here");
    expect(run.summary).toContain("names only `@ben`, who may not sign here");
  });

  test("a push of the signer's own, who thereby becomes an author", async () => {
    const pull = await signedByDana();
    pull.head = await app.github.as("dana").push(pull.repo, { branch: "change", changes: { "docs/a.md": "a\n" }, message: "Note" });
    expect((await check(pull)).summary).toContain("the signer may no longer sign here");
  });

  test("its date, before the merge", async () => {
    const pull = await signedByDana();
    clock = () => new Date(Date.now() + 60 * 86_400_000);
    comment(pull, "ana", "/reliability recheck");
    const run = await check(pull);
    clock = () => new Date();
    expect(run).toMatchObject({ conclusion: "action_required", title: expect.stringContaining("The accepted risk ran out") });
    expect(run.summary).toContain(`ran out on ${DATE}`);
  });
});

describe("what the check has to hear of", () => {
  test("an end that only a question found: the reply and the check say the same", async () => {
    const pull = await openPull();
    app.github.setRole(pull.repo, "ben", "maintain");
    comment(pull, "ben", formOf("ben"));
    expect((await check(pull)).conclusion).toBe("neutral");
    app.github.holdDeliveries();
    app.github.setRole(pull.repo, "ben", null);
    app.github.releaseDeliveries(() => []);
    const reply = await replyTo(pull, comment(pull, "ana", "/accept-risk status"));
    expect(reply).toMatch(/Nothing is accepted/);
    expect((await check(pull)).conclusion).toBe("failure");
  });

  test("another base branch, for which nobody signed, until somebody does", async () => {
    const pull = await signedByDana();
    await pull.ana.createBranch(pull.repo, "release", "main");
    await nextSecond();
    await pull.ana.editPullRequest(pull.repo, pull.number, { base: "release" });
    const run = await check(pull);
    expect(run.conclusion).toBe("action_required");
    expect(run.summary).toContain("goes into another branch now");
    await nextSecond();
    comment(pull, "dana", formOf("dana"));
    expect((await check(pull)).conclusion).toBe("neutral");
  });

  test("another base branch that came after the signature was written and before it was read", async () => {
    const pull = await openPull();
    await pull.ana.createBranch(pull.repo, "release", "main");
    await nextSecond();
    app.github.holdDeliveries();
    const form = comment(pull, "dana", formOf("dana"));
    await nextSecond();
    await pull.ana.editPullRequest(pull.repo, pull.number, { base: "release" });
    app.github.releaseDeliveries((held) => held);
    expect((await check(pull)).conclusion).toBe("action_required");
    expect(await replyTo(pull, form)).toContain("The base branch of now was not on the check when this was written");
    expect((await check(pull)).summary).toContain("Judged for merging into `release`");
  });

  test("a withdrawal while the merge queue holds the pull request", async () => {
    const pull = await signedByDana();
    await nextSecond();
    const group = await app.github.as("ana").joinMergeQueue(pull.repo, pull.number);
    expect((await check({ ...pull, head: group.headSha })).conclusion).toBe("neutral");
    comment(pull, "dana", "/accept-risk withdraw");
    expect((await check(pull)).conclusion).toBe("failure");
    expect((await check({ ...pull, head: group.headSha })).conclusion).toBe("failure");
  });
});

describe("an older head", () => {
  test("that an acceptance had opened is blocked again with the acceptance, before anybody pushes it once more", async () => {
    const pull = await signedByDana();
    const accepted = pull.head;
    pull.head = await pull.ana.push(pull.repo, { branch: "change", changes: { "docs/a.md": "a\n" }, message: "Note" });
    expect((await check(pull)).conclusion).toBe("neutral");
    expect((await check({ ...pull, head: accepted })).conclusion).toBe("neutral");
    await nextSecond();
    comment(pull, "dana", "/accept-risk withdraw");
    expect((await check(pull)).conclusion).toBe("failure");
    expect((await check({ ...pull, head: accepted })).conclusion).toBe("failure");
  });
});

describe("an older head, whose verdict never reached GitHub,", () => {
  test("is blocked again by the next review, before anybody pushes it once more", async () => {
    const pull = await signedByDana();
    const accepted = pull.head;
    await nextSecond();
    const writes = ({ method, path }: { method: string; path: string }) => method !== "GET" && path.includes("/check-runs");
    const failed = () => app.github.requests().filter(writes).length;
    const before = failed();
    app.github.failNext({ match: writes, status: 502, times: 1000 });
    comment(pull, "dana", "/accept-risk withdraw");
    await waitUntil(() => failed() > before);
    pull.head = await pull.ana.push(pull.repo, { branch: "change", changes: { "docs/a.md": "a\n" }, message: "Note" });
    await app.github.settled();
    app.github.forgetFaults();
    expect((await check(pull)).conclusion).toBe("failure");
    expect((await check({ ...pull, head: accepted })).conclusion).toBe("failure");
    await pull.ana.forcePush(pull.repo, "change", accepted);
    expect((await check({ ...pull, head: accepted })).conclusion).toBe("failure");
  });
});

describe("what an acceptance covers", () => {
  test("stays with moved lines and a force-push, blocks again on a new finding and names it, and covers fewer", async () => {
    const pull = await signedByDana();
    const quotes = CARELESS["src/routes/quotes.ts"] ?? "";
    const base = app.github.repository(pull.repo).branches.get("main") ?? "";
    pull.head = await pull.ana.push(pull.repo, {
      branch: "change",
      changes: { "src/routes/quotes.ts": `// Rates of the carrier.\n\n${quotes}` },
      message: "Comment",
      parent: base,
    });
    expect((await check(pull)).conclusion).toBe("neutral");
    const worse = `${quotes}\nexport async function relay(url: string) {\n  try {\n    await fetch(url);\n  } catch {}\n}\n`;
    pull.head = await pull.ana.push(pull.repo, { branch: "change", changes: { "src/routes/quotes.ts": worse }, message: "Relay" });
    const run = await check(pull);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("Signed for already");
    pull.head = await pull.ana.push(pull.repo, { branch: "change", changes: CAREFUL, message: "Repair" });
    expect((await check(pull)).conclusion).toBe("neutral");
    await pull.ana.editPullRequest(pull.repo, pull.number, { body: SPECIFIC });
    await app.idle();
    expect((await app.completedRun(pull.repo, pull.head, { until: (each) => each.conclusion === "success" })).output.title).toMatch(
      /^[78]\/8/,
    );
  });

  test("is nothing that a push brought after the signer wrote, however late we read it", async () => {
    const pull = await openPull();
    await nextSecond();
    app.github.holdDeliveries();
    const form = comment(pull, "dana", formOf("dana"));
    await nextSecond();
    const quotes = CARELESS["src/routes/quotes.ts"] ?? "";
    const worse = `${quotes}\nexport async function relay(url: string) {\n  try {\n    await fetch(url);\n  } catch {}\n}\n`;
    pull.head = await pull.ana.push(pull.repo, { branch: "change", changes: { "src/routes/quotes.ts": worse }, message: "Relay" });
    app.github.releaseDeliveries((held) => held.toReversed());
    const run = await check(pull);
    expect(run.conclusion).toBe("failure");
    const reply = await replyTo(pull, form);
    expect(reply).toContain("was not on the check when this was written");
    expect(reply.slice(reply.indexOf("Still open"))).toContain("quotes.ts");
    comment(pull, "dana", formOf("dana"));
    expect((await check(pull)).conclusion).toBe("neutral");
  });

  test("is nothing where no check was there to be read", async () => {
    const pull = await openPull();
    const repo = `acme/risks-${(opened += 1)}`;
    await app.github.createRepository({ repo, files: BASE });
    app.github.holdDeliveries();
    const head = await pull.ana.push(repo, { branch: "change", changes: CARELESS, message: "Change" });
    const number = await pull.ana.openPullRequest({ repo, head: "change", title: "Ask the carrier for rates", body: null });
    const early = { repo, number, head, ana: pull.ana };
    const form = comment(early, "dana", formOf("dana"));
    await nextSecond();
    app.github.releaseDeliveries((held) => held.toReversed());
    expect((await check(early)).conclusion).toBe("action_required");
    const reply = await replyTo(early, form);
    expect(reply).toContain("look at the check, then sign in a new comment");
    comment(early, "dana", `/accept-risk sign ${codeIn(reply)}`);
    expect((await check(early)).conclusion).toBe("neutral");
  });

  test("is written down before GitHub is told, and once however often it is delivered", async () => {
    const pull = await openPull();
    app.github.failNext({ match: (request) => request.method === "POST" && request.path.includes("/comments"), status: 502, times: 2 });
    comment(pull, "dana", formOf("dana"));
    const delivery = app.github.deliveries().findLast((each) => each.event === "issue_comment");
    if (delivery) app.github.redeliver(delivery);
    expect((await check(pull)).conclusion).toBe("neutral");
    expect(app.github.comments(pull.repo, pull.number).filter((each) => each.body.includes("**Signed.**"))).toHaveLength(1);
  });
});
