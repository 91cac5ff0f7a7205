import { answerComment, type CommentPorts } from "../../../src/accept-risk.ts";
import type { CheckRun } from "../../../src/model/check-run.ts";
import type { CommentRef, Job } from "../../../src/model/job.ts";
import type { Review } from "../../../src/model/review.ts";
import type { GitHubAccount } from "../../../src/model/signing.ts";
import { reviewPullRequest } from "../../../src/review.ts";
import { buildFinding } from "../build-review.ts";
import { buildPullRequest } from "../build-pull-request.ts";
import { createFakeRegister } from "./fake-register.ts";

/** A comment of the world, with every text that it had. */
export interface WorldComment extends CommentRef {
  readonly author: GitHubAccount;
  readonly texts: { readonly body: string; readonly by: GitHubAccount; readonly at: number }[];
  isDeleted: boolean;
}

const REPO = "acme/api";
const REF = { installationId: 1, repo: REPO, number: 1 };
const ORIGIN = { deliveryId: "d", cause: "test" };
const ROUTE = {
  path: "src/routes/orders.ts",
  status: "added",
  additions: 1,
  deletions: 0,
  patch: '@@ -0,0 +1 @@\n+router.post("/orders", create);',
} as const;
const URL = "https://github.example/acme/api/pull/1";

/** One pull request in memory, its people and its conversation, with the real stories on top. Seconds since the start are its clock. */
export class SigningWorld {
  readonly people: Readonly<Record<string, GitHubAccount>> = Object.fromEntries(
    ["ana", "dana", "eli"].map((login, index) => [login, { id: 101 + index, login, type: "User" }]),
  );
  readonly roles = new Map<string, string>([
    ["ana", "admin"],
    ["dana", "admin"],
    ["eli", "admin"],
  ]);
  readonly comments: WorldComment[] = [];
  readonly pushers = new Set(["ana"]);
  readonly register = createFakeRegister();
  /** Rules that the code of the head breaks. */
  findings = new Set(["first"]);
  seconds = 0;
  /** Deliveries under way: each is sent, sent twice, sent late or lost by whoever drives the world. */
  readonly deliveries: Job[] = [];
  readonly published: { readonly at: number; readonly run: CheckRun; readonly shortfalls: Review["shortfalls"] }[] = [];
  readonly #shown: { readonly at: number; readonly fingerprints: readonly string[] }[] = [];
  readonly #pointers = new Map<string, CommentRef>();
  readonly #answers = new Map<number, string>();
  readonly #jobs: Job[] = [];
  #lastReview: Review | null = null;

  now(): string {
    return new Date(Date.UTC(2027, 0, 1) + this.seconds * 1000).toISOString().replace(".000Z", "Z");
  }

  account(login: string): GitHubAccount {
    const found = this.people[login];
    if (!found) throw new Error(`nobody is called ${login}`);
    return found;
  }

  write(login: string, body: string): WorldComment {
    const commentId = this.comments.length + 1;
    const author = this.account(login);
    const comment: WorldComment = {
      source: "issue_comment",
      commentId,
      nodeId: `IC_${commentId}`,
      author,
      texts: [{ body, by: author, at: this.seconds }],
      isDeleted: false,
    };
    this.comments.push(comment);
    this.#tell(comment);
    return comment;
  }

  edit(comment: WorldComment, login: string, body: string): void {
    comment.texts.push({ body, by: this.account(login), at: this.seconds });
    this.#tell(comment);
  }

  delete(comment: WorldComment): void {
    comment.isDeleted = true;
    this.#tell(comment);
  }

  push(login: string, findings: ReadonlySet<string>): void {
    this.pushers.add(login);
    this.findings = new Set(findings);
    this.deliveries.push(this.#reviewJob());
  }

  /** The code that we last answered a comment with. */
  codeOf(comment: WorldComment): string | undefined {
    return /\/accept-risk sign ([0-9A-Z-]{29})/.exec(this.#answers.get(comment.commentId) ?? "")?.[1];
  }

  /** Does a job and all that follow from it. */
  async deliver(job: Job): Promise<void> {
    this.#jobs.push(job);
    for (let next = this.#jobs.shift(); next; next = this.#jobs.shift()) {
      if (next.kind === "comment") await answerComment(next, this.#ports());
      else if (next.kind === "review") await reviewPullRequest(next, this.#ports());
    }
  }

  recheck(): Promise<void> {
    return this.deliver(this.#reviewJob());
  }

  #tell({ source, commentId, nodeId }: WorldComment): void {
    this.deliveries.push({ kind: "comment", ...REF, ...ORIGIN, source, commentId, nodeId });
  }

  #reviewJob(): Job {
    return { kind: "review", ...REF, ...ORIGIN, headSha: null };
  }

  #ports(): CommentPorts {
    const at = (seconds: number) => new Date(Date.UTC(2027, 0, 1) + seconds * 1000).toISOString().replace(".000Z", "Z");
    return {
      source: {
        fetchPullRequest: async () => ({
          state: "open",
          pullRequest: {
            ...buildPullRequest([ROUTE], {
              author: "ana",
              title: "Add a REST endpoint",
              now: this.now(),
              comments: this.comments
                .filter((comment) => !comment.isDeleted)
                .map(({ author, texts, source, commentId, nodeId }) => ({
                  author: author.login,
                  body: texts.at(-1)?.body ?? "",
                  at: at(texts[0]?.at ?? 0),
                  ref: { source, commentId, nodeId },
                })),
            }),
            headSha: "a".repeat(40),
          },
        }),
        fetchOpenPullRequestsOfHead: async () => [],
      },
      inspector: {
        inspect: async (_pull, items) => ({
          findings: [...this.findings].map((name) => buildFinding({ severity: "blocking", fingerprint: `finding-${name}` })),
          notRead: [],
          operations: [],
          items,
        }),
      },
      stages: { time: (_stage, work) => work() },
      publisher: {
        publishCheckRun: async (_ref, _sha, run) => {
          if (!run.onlyInPlaceOfAnother) this.published.push({ at: this.seconds, run, shortfalls: this.#lastReview?.shortfalls ?? [] });
          return { url: URL, shownSince: null };
        },
        findShownSince: async () => null,
        publishStickyComment: async () => {},
        publishComment: async () => {},
      },
      reviews: {
        saveReview: async (_ref, review) => {
          this.#lastReview = review;
        },
        loadReviewsOfHead: async () => (this.#lastReview ? [this.#lastReview] : []),
        loadOpenedReviews: async () => [],
        loadRecentReviews: async () => [],
        deleteReviewsBefore: async () => 0,
        forgetOpened: async () => {},
        findOpened: async () => [],
        findNumbersOfHead: async () => [],
        saveOldReview: async () => {},
        loadReview: async () => null,
        closePullRequest: async () => {},
      },
      shown: {
        saveShown: async (_ref, fingerprints) => void this.#shown.push({ at: this.seconds, fingerprints }),
        loadShown: async (_repo, _number, when) => {
          const shown = this.#shown.findLast(({ at: shownAt }) => shownAt <= (Date.parse(when) - Date.UTC(2027, 0, 1)) / 1000);
          return shown ? { fingerprints: shown.fingerprints, since: at(shown.at) } : null;
        },
      },
      plans: {
        saveEarnedPlan: async () => {},
        loadEarnedPlans: async () => [],
        confirmEarnedPlan: async () => {},
        deleteEarnedPlan: async () => {},
        deleteEarnedPlansBefore: async () => {},
      },
      pullRequests: {
        savePullRequest: async () => {},
        loadHead: async () => null,
        loadLeftHeads: async () => [],
        forgetLeftHead: async () => {},
        findOpenPullRequests: async () => [],
        findOpenPullRequestsOfHead: async () => [],
      },
      queue: { enqueue: async (job) => void this.#jobs.push(job) },
      replies: { publishReply: async (_ref, to, body) => void this.#answers.set(to.commentId, body ?? "") },
      acceptances: this.register,
      riskComments: {
        saveRiskComment: async (_ref, { source, commentId, nodeId }) => void this.#pointers.set(nodeId, { source, commentId, nodeId }),
        loadRiskComments: async () => [...this.#pointers.values()],
      },
      comments: {
        fetchComments: async (_installation, refs) =>
          refs.map(({ nodeId }) => {
            const comment = this.comments.find((each) => each.nodeId === nodeId);
            const [first] = comment?.texts ?? [];
            const last = comment?.texts.at(-1);
            if (!comment || comment.isDeleted || !first || !last) return null;
            const isEdited = comment.texts.length > 1;
            return {
              source: comment.source,
              commentId: comment.commentId,
              nodeId,
              repo: REPO,
              number: 1,
              author: comment.author,
              editor: isEdited ? last.by : null,
              body: last.body,
              createdAt: at(first.at),
              editedAt: isEdited ? at(last.at) : null,
              othersEditedAt:
                comment.texts
                  .filter(({ by }) => by.id !== comment.author.id)
                  .map((text) => at(text.at))
                  .at(-1) ?? null,
              url: `${URL}#issuecomment-${comment.commentId}`,
            };
          }),
      },
      signing: {
        fetchInvolvement: async () => ({
          pullRequestAuthor: this.account("ana"),
          commitAuthors: [],
          pushers: [...this.pushers].map((login) => this.account(login)),
        }),
        fetchAuthority: async (_ref, { login }) => ({ roleName: this.roles.get(login) ?? "none", memberOf: [] }),
        fetchCandidates: async () => null,
        recallCandidates: async () => null,
        recallInvolvement: async () => ({ pullRequestAuthor: this.account("ana"), commitAuthors: [], pushers: [] }),
      },
    };
  }
}
