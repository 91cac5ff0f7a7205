import { setTimeout as delay } from "node:timers/promises";
import { readStoryFiles, readStoryText } from "../../test/support/demo/story-files.ts";
import type { Delivery } from "../../test/support/github/hooks/delivery.ts";
import type { LocalGitHub } from "../../test/support/github/local-github.ts";
import { moveSome, pick } from "./random.ts";

/** Files and description of a pull request, and the verdict that they deserve. */
const VARIANTS = [
  { code: "careless", plan: "", conclusion: "failure" },
  { code: "careful", plan: readStoryText("carrier-quotes", "specific-plan.md"), conclusion: "success" },
  { code: "careful", plan: "", conclusion: "failure" },
  { code: "documentation", plan: "", conclusion: "success" },
] as const;
type Variant = (typeof VARIANTS)[number];

const BASE = readStoryFiles("carrier-quotes", "base");
const CODE = Object.fromEntries(["careless", "careful", "documentation"].map((name) => [name, readStoryFiles("carrier-quotes", name)]));
const TOUCHED = [...new Set(Object.values(CODE).flatMap((files) => Object.keys(files)))];

/** What people did to a pull request, and what must come of it. */
export interface StormPull {
  readonly repo: string;
  readonly number: number;
  readonly branch: string;
  /** Titles of the verdicts, by variant. */
  readonly titles: ReadonlyMap<Variant, string>;
  variant: Variant;
  open: boolean;
  /** Ids of comments that sign, in order. At most the last one is in force. */
  readonly signed: number[];
  /** The signature was taken back. */
  withdrawn: boolean;
  /** Ids of comments with a command: each gets one answer. */
  readonly commands: number[];
  /** Commits that the merge queue made of it, and how long its history was then. */
  readonly queued: { readonly headSha: string; readonly after: number }[];
  /** What was done to it, in order. */
  readonly history: string[];
}

/** Who does what to how many pull requests. */
export interface Storm {
  readonly pulls: readonly StormPull[];
  /** Opens one pull request of each variant and waits for its verdict, whose title is what that variant deserves from then on. */
  calibrate(): Promise<void>;
  /** Opens every pull request. */
  open(count: number): Promise<void>;
  /** A few people act at once; what tells of it arrives twice and in disorder, as asked for. */
  act(actions: number): Promise<void>;
  /** Deliveries so far that people caused, repeats included. */
  deliveries(): number;
}

export interface StormOptions {
  readonly github: LocalGitHub;
  readonly random: () => number;
  readonly duplicates: number;
  readonly reordered: number;
}

const REPOSITORIES = 10;
const DAY_MS = 86_400_000;

/** The conclusion that the newest head of a pull request must carry. */
export function conclusionOf({ variant, signed, withdrawn }: StormPull): string {
  return signed.length > 0 && !withdrawn ? "neutral" : variant.conclusion;
}

/** The title that goes with it; null where it names a day, or a score that the draw of the pull request has a say in. */
export function titleOf({ variant, signed, withdrawn, titles }: StormPull): string | null {
  if (variant.plan !== "" || (signed.length > 0 && !withdrawn)) return null;
  return titles.get(variant) ?? null;
}

/** Sets up an organization with its people and repositories. The app is installed on it by the caller. */
export async function createStorm({ github, random, duplicates, reordered }: StormOptions): Promise<Storm> {
  github.createOrganization("acme", { dana: "admin", ana: "member", ben: "member" }, "write");
  const repos = Array.from({ length: REPOSITORIES }, (_, index) => `acme/service-${index}`);
  for (const repo of repos) await github.createRepository({ repo, files: BASE });
  const pulls: StormPull[] = [];
  const titles = new Map<Variant, string>();
  let serial = 0;

  const filesOf = ({ code }: Variant) => {
    const wanted = CODE[code] ?? {};
    const files = TOUCHED.map((path) => [path, wanted[path] ?? BASE[path] ?? null] as const);
    return { ...Object.fromEntries(files), "docs/note.md": `Note ${(serial += 1)}\n` };
  };
  const textOf = ({ plan }: Variant) => `${plan === "" ? "Rates from the carrier." : plan}\n\nEdit ${(serial += 1)}\n`;
  const push = (pull: StormPull) =>
    github.as("ana").push(pull.repo, { branch: pull.branch, changes: filesOf(pull.variant), message: `Change ${serial}` });
  const comment = (pull: StormPull, who: string, text: string) => {
    const id = github.as(who).comment(pull.repo, pull.number, text);
    pull.commands.push(id);
    pull.history.push(`${text.split("\n")[0] ?? ""} (${id})`);
    return id;
  };

  const change = async (pull: StormPull) => {
    // What a signature covers stays as it is: a push that adds nothing to it keeps it.
    if (pull.signed.length === 0) pull.variant = pick(VARIANTS, random);
    pull.history.push(`change to ${pull.variant.code}`);
    await push(pull);
    await github.as("ana").editPullRequest(pull.repo, pull.number, { body: textOf(pull.variant) });
  };
  const sign = async (pull: StormPull) => {
    if (pull.signed.length > 0 || pull.variant.conclusion !== "failure" || newestRun(github, pull)?.output.title !== titleOf(pull))
      return change(pull);
    const date = new Date(Date.now() + 40 * DAY_MS).toISOString().slice(0, 10);
    const form = `/accept-risk\nretrofit date: ${date}\nbudget: 1.5 engineer-weeks\naccepted by: @dana\ninterim mitigation: 10 req/min`;
    pull.signed.push(comment(pull, "dana", form));
  };
  const withdraw = async (pull: StormPull) => {
    if (pull.signed.length === 0 || pull.withdrawn || newestRun(github, pull)?.conclusion !== "neutral") return change(pull);
    comment(pull, "dana", "/accept-risk withdraw");
    pull.withdrawn = true;
  };
  const recheck = async (pull: StormPull) => void comment(pull, "ben", "/reliability recheck");
  const pressButton = async (pull: StormPull) => {
    const run = github.checkRuns(pull.repo, github.headSha(pull.repo, pull.number)).findLast(({ status }) => status === "completed");
    pull.history.push("button");
    if (run?.actions.some(({ identifier }) => identifier === "recheck")) github.as("ana").pressButton(pull.repo, run.id, "recheck");
  };
  const joinQueue = async (pull: StormPull) => {
    pull.history.push("merge queue");
    const { headSha } = await github.as("ana").joinMergeQueue(pull.repo, pull.number);
    pull.queued.push({ headSha, after: pull.history.length });
  };
  const closeOrReopen = async (pull: StormPull) => {
    const ana = github.as("ana");
    // A command that is read after its pull request was closed gets no answer: people wait for it.
    if (pull.open && !isAnswered(github, pull)) return edit(pull);
    pull.history.push(pull.open ? "close" : "reopen");
    if (pull.open) await ana.closePullRequest(pull.repo, pull.number);
    else await ana.reopenPullRequest(pull.repo, pull.number);
    pull.open = !pull.open;
  };
  const ACTIONS = [change, change, change, change, push, edit, edit, sign, sign, withdraw, recheck, pressButton, closeOrReopen, joinQueue];
  async function edit(pull: StormPull): Promise<void> {
    pull.history.push("edit");
    await github.as("ana").editPullRequest(pull.repo, pull.number, { body: textOf(pull.variant) });
  }

  const deliver = (held: readonly Delivery[]) => moveSome(held, reordered, random);
  const repeat = (from: number) => {
    for (const delivery of github.deliveries().slice(from))
      if (isOfPeople(delivery) && !delivery.redelivery && random() < duplicates) github.redeliver(delivery);
  };
  const inDisorder = async (work: () => Promise<void>) => {
    const from = github.deliveries().length;
    github.holdDeliveries();
    await work();
    github.releaseDeliveries(deliver);
    repeat(from);
    await github.settled();
  };

  const openPull = async (variant: Variant, branch: string) => {
    const repo = pick(repos, random);
    await github.as("ana").push(repo, { branch, changes: filesOf(variant), message: `Open ${branch}` });
    const number = await github.as("ana").openPullRequest({ repo, head: branch, title: `Rates ${branch}`, body: textOf(variant) });
    pulls.push({ repo, number, branch, titles, variant, open: true, signed: [], withdrawn: false, commands: [], queued: [], history: [] });
  };

  return {
    pulls,
    async calibrate() {
      for (const [index, variant] of VARIANTS.entries()) await openPull(variant, `calibrate-${index}`);
      for (const pull of pulls) {
        const run = await waitFor(() => newestRun(github, pull));
        if (run.conclusion !== pull.variant.conclusion || run.output.title === null)
          throw new Error(`${pull.variant.code} was judged ${run.conclusion}, not ${pull.variant.conclusion}`);
        titles.set(pull.variant, run.output.title);
      }
    },
    async open(count) {
      for (let index = 0; index < count; index += 10)
        await inDisorder(async () => {
          for (let number = index; number < Math.min(index + 10, count); number++)
            await openPull(pick(VARIANTS, random), `change-${number}`);
        });
    },
    act: (actions) =>
      inDisorder(async () => {
        for (let count = 0; count < actions; count++) {
          const pull = pick(pulls, random);
          // A closed pull request is only reopened: nothing else is promised for it.
          await (pull.open ? pick(ACTIONS, random) : closeOrReopen)(pull);
        }
      }),
    deliveries: () => github.deliveries().filter(isOfPeople).length,
  };
}

/** Runs and suites that end are told of too, and nobody acts on it. */
function isOfPeople({ event, action }: Delivery): boolean {
  return !(event === "check_run" && action !== "requested_action") && !(event === "check_suite" && action === "completed");
}

/** Whether every command has its answer. */
function isAnswered(github: LocalGitHub, { repo, number, commands }: StormPull): boolean {
  const bodies = github.comments(repo, number).map(({ body }) => body);
  return commands.every((id) => bodies.some((body) => body.includes(`answer to issue_comment ${id} -->`)));
}

/** The newest run on the head of a pull request, which people see before they act. */
function newestRun(github: LocalGitHub, { repo, number }: Pick<StormPull, "repo" | "number">) {
  return github.checkRuns(repo, github.headSha(repo, number)).findLast(({ name }) => name === "Backend reliability");
}

async function waitFor<Value>(look: () => Value | undefined): Promise<Value> {
  const until = Date.now() + 120_000;
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    if (Date.now() > until) throw new Error("no verdict within two minutes, before anything goes wrong");
    await delay(100);
  }
}
