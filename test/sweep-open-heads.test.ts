import { describe, expect, test } from "vitest";
import type { Job, PullRequestRef, RoundJob } from "../src/model/job.ts";
import type { InstalledRepository, ListedPullRequest } from "../src/model/recovery.ts";
import { type SweepPorts, sweepOpenHeads } from "../src/sweep-open-heads.ts";

const HEAD = "1".repeat(40);
const GROUP = "2".repeat(40);
const round: RoundJob = {
  kind: "round",
  round: "sweep",
  startedAt: "2027-01-10T09:00:00.000Z",
  previousAt: null,
  deliveryId: "round",
  cause: "schedule",
};

interface Given {
  readonly repos?: readonly string[];
  readonly listed?: (repo: string) => Promise<{ pulls: readonly ListedPullRequest[]; complete: boolean } | null>;
  /** What one question shows whole. */
  readonly shown?: Readonly<Record<string, readonly ListedPullRequest[]>>;
  readonly known?: readonly number[];
  readonly groups?: readonly (PullRequestRef & { readonly headSha: string })[];
  readonly unfinished?: (job: Job) => boolean;
}

/** Ports where every listed head waits for its run. */
function buildWorld({ repos = ["acme/api"], listed, shown = {}, known = [], groups = [], unfinished = () => false }: Given) {
  const queued: Job[] = [];
  const swept: string[] = [];
  const closed: string[] = [];
  const asked: string[] = [];
  const questions: number[] = [];
  const repaired: string[] = [];
  const ports = {
    recoveryIntervalMs: 300_000,
    listing: {
      fetchOpenHeads: async (_id: number, names: readonly string[]) => {
        questions.push(names.length);
        return new Map(Object.entries(shown).filter(([name]) => names.includes(name)));
      },
      fetchOpenPullRequests: async ({ repo }: InstalledRepository) => {
        asked.push(repo);
        return listed ? listed(repo) : { pulls: [], complete: true };
      },
    },
    installed: {
      saveRepositories: async () => {},
      findLeastSwept: async (limit: number) => repos.slice(0, limit).map((repo) => ({ installationId: 9, repo })),
      saveSwept: async (repo: string) => void swept.push(repo),
    },
    heads: {
      findUnfinished: async (_repo: string, heads: readonly ListedPullRequest[]) => heads,
      findUnfinishedMergeGroups: async () => groups,
      saveRepair: async (ref: PullRequestRef, headSha: string) => void repaired.push(`${ref.number}@${headSha.slice(0, 3)}`),
    },
    pullRequests: { findOpenPullRequests: async (repo: string) => known.map((number) => ({ installationId: 9, repo, number })) },
    repositories: { closeRepositories: async (_id: number, gone: readonly string[]) => void closed.push(...gone) },
    queue: { enqueue: async (job: Job) => void queued.push(job) },
    isUnfinished: async (job: Job) => unfinished(job),
  } as unknown as SweepPorts; // the part that a sweep uses
  return { ports, queued, swept, closed, asked, questions, repaired };
}

const one = async () => ({ pulls: [{ number: 1, headSha: HEAD }], complete: true });

describe("a sweep", () => {
  test("puts heads without a run in line, after everything that somebody waits for", async () => {
    const world = buildWorld({ listed: one });
    await sweepOpenHeads(round, world.ports);
    expect(world.queued).toEqual([
      {
        kind: "review",
        installationId: 9,
        repo: "acme/api",
        number: 1,
        headSha: HEAD,
        deliveryId: "round",
        cause: "recovery.sweep",
        backfill: true,
      },
    ]);
    expect([world.repaired, world.swept]).toEqual([["1@111"], ["acme/api"]]);
  });

  test("leaves alone what a job is about to judge", async () => {
    const world = buildWorld({ listed: one, unfinished: (job) => job.kind === "review" });
    await sweepOpenHeads(round, world.ports);
    expect([world.queued, world.repaired]).toEqual([[], []]);
  });

  test("judges commits of the merge queue that wait", async () => {
    const world = buildWorld({ repos: [], groups: [{ installationId: 9, repo: "acme/api", number: 4, headSha: GROUP }] });
    await sweepOpenHeads(round, world.ports);
    expect(world.queued).toMatchObject([{ kind: "merge-group", number: 4, headSha: GROUP }]);
  });

  test.each([
    ["reviews what it takes for open and GitHub does not list", true, [2]],
    ["says nothing of what may stand on a page that it did not read", false, []],
  ])("%s", async (_name, complete, expected) => {
    const listed = async () => ({ pulls: [], complete });
    const world = buildWorld({ listed, known: [2] });
    await sweepOpenHeads(round, world.ports);
    expect(world.queued.map((job) => "number" in job && job.number)).toEqual(expected);
  });

  test("forgets a repository that is out of reach", async () => {
    const world = buildWorld({ listed: async () => null });
    await sweepOpenHeads(round, world.ports);
    expect([world.closed, world.queued]).toEqual([["acme/api"], []]);
  });

  test("goes on after a repository that cannot be read, and ends the round when three in a row cannot", async () => {
    const listed = async (repo: string) => {
      if (repo.includes("bad")) throw new Error("502");
      return { pulls: [], complete: true };
    };
    const passing = buildWorld({ repos: ["acme/bad-1", "acme/bad-2", "acme/good", "acme/bad-3"], listed });
    await sweepOpenHeads(round, passing.ports);
    expect(passing.swept).toEqual(["acme/good"]);
    const failing = buildWorld({ repos: ["acme/bad-1", "acme/bad-2", "acme/bad-3", "acme/good"], listed });
    await expect(sweepOpenHeads(round, failing.ports)).rejects.toThrow("502");
    expect(failing.asked).toHaveLength(3);
  });

  test("asks for twenty repositories at a time, and lists by itself only what the answer leaves out", async () => {
    const repos = Array.from({ length: 45 }, (_, index) => `acme/service-${index}`);
    const shown = Object.fromEntries(repos.slice(1).map((repo, index) => [repo, index === 7 ? [{ number: 1, headSha: HEAD }] : []]));
    const world = buildWorld({ repos, shown });
    await sweepOpenHeads(round, world.ports);
    expect([world.questions, world.asked]).toEqual([[20, 20, 5], ["acme/service-0"]]);
    expect([world.swept.length, world.queued.length]).toEqual([45, 1]);
  });

  test("leaves what it has no request left for to the next round", async () => {
    const repos = Array.from({ length: 90 }, (_, index) => `acme/service-${index}`);
    const world = buildWorld({ repos });
    await sweepOpenHeads(round, world.ports);
    expect(world.questions.length + world.asked.length).toBe(60);
    expect(world.swept).toEqual(world.asked);
  });

  test("puts two hundred in line at most before it leaves the rest to the next round", async () => {
    const listed = async () => ({
      pulls: Array.from({ length: 150 }, (_, index) => ({ number: index + 1, headSha: HEAD })),
      complete: true,
    });
    const world = buildWorld({ repos: ["acme/a", "acme/b", "acme/c"], listed });
    await sweepOpenHeads(round, world.ports);
    expect(world.swept).toEqual(["acme/a", "acme/b"]);
  });
});
