import type { LocalGitHub } from "../github/local-github.ts";

/** One text of a comment: by whom, when (ms since 1970), and the rank of the head whose check was up then. */
export interface Text {
  readonly body: string;
  readonly by: string;
  readonly at: number;
  readonly shownRank: number;
  /** The base branch that the check named then. */
  readonly shownBase: string;
}

export interface LifeComment {
  readonly id: number;
  readonly author: string;
  readonly texts: Text[];
  isDeleted: boolean;
}

/** A commit that was pushed; `rank` says how much it lacks. */
export interface Head {
  readonly sha: string;
  readonly rank: number;
}

export type LifeStep =
  | { readonly what: "form"; readonly by: string; readonly names: string }
  | { readonly what: "sign"; readonly by: string; readonly nth: number }
  | { readonly what: "push"; readonly by: string; readonly rank: number }
  | { readonly what: "push back"; readonly by: string; readonly nth: number }
  | { readonly what: "retarget"; readonly base: string }
  | { readonly what: "describe"; readonly nth: number }
  | { readonly what: "close" }
  | { readonly what: "reopen" }
  | { readonly what: "fail"; readonly times: number }
  | { readonly what: "edit"; readonly by: string; readonly nth: number; readonly limit: number }
  | { readonly what: "withdraw"; readonly by: string }
  | { readonly what: "delete"; readonly nth: number }
  | { readonly what: "role"; readonly of: string; readonly role: "admin" | "write" };

const DATE = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
const CODE = /\/accept-risk sign ([0-9A-Z-]{29})/;
const pick = <Item>(items: readonly Item[], nth: number): Item | undefined => items[nth % Math.max(1, items.length)];

/** A pull request of ana's on the local GitHub, and what people really did to it. */
export class PullRequestLife {
  readonly repo: string;
  readonly comments: LifeComment[] = [];
  readonly heads: Head[] = [];
  readonly pushers = new Set(["ana"]);
  readonly roles = new Map([
    ["ana", "admin"],
    ["dana", "admin"],
    ["eli", "admin"],
  ]);
  readonly #github: LocalGitHub;
  readonly #changes: readonly Readonly<Record<string, string>>[];
  /** Which form a code was given for. */
  readonly #codes = new Map<string, LifeComment>();
  #number = 0;
  #shownRank = 0;
  #shownBase = "main";
  #base = "main";
  #isOpen = true;

  private constructor(github: LocalGitHub, repo: string, changes: readonly Readonly<Record<string, string>>[]) {
    this.#github = github;
    this.repo = repo;
    this.#changes = changes;
  }

  /** Opens it with the second of the changes. */
  static async begin(github: LocalGitHub, repo: string, changes: readonly Readonly<Record<string, string>>[]): Promise<PullRequestLife> {
    const life = new PullRequestLife(github, repo, changes);
    await github.createRepository({ repo, files: { "README.md": "A service.\n" } });
    for (const login of life.roles.keys()) github.setRole(repo, login, "admin");
    await github.as("ana").createBranch(repo, "release", "main");
    await life.take({ what: "push", by: "ana", rank: 1 });
    life.#number = await github.as("ana").openPullRequest({ repo, head: "change", title: "Ask the carrier for rates" });
    return life;
  }

  /** Everything was judged: what is written from now on is written under this head's check. */
  see(): void {
    if (!this.#isOpen) return;
    this.#shownRank = this.heads.at(-1)?.rank ?? 0;
    this.#shownBase = this.#base;
  }

  /** Where it is to be merged; null while it is closed. */
  get target(): string | null {
    return this.#isOpen ? this.#base : null;
  }

  recheck(): void {
    this.#github.as("ben").comment(this.repo, this.#number, "/reliability recheck");
  }

  /** The comment with the form that a text signs: itself, or the one its code was given for. */
  formSigned(body: string, own: readonly Text[]): LifeComment | undefined {
    const [, code = ""] = CODE.exec(body) ?? [];
    return code === "" ? this.comments.find(({ texts }) => texts === own && body.includes("retrofit date")) : this.#codes.get(code);
  }

  async take(step: LifeStep): Promise<void> {
    switch (step.what) {
      case "form":
        return this.#write(
          step.by,
          `/accept-risk\nretrofit date: ${DATE}\nbudget: 1.5 engineer-weeks\naccepted by: @${step.names}\ninterim mitigation: 10 req/min`,
        );
      case "sign": {
        const code = pick(this.#readCodes(), step.nth);
        return code === undefined ? undefined : this.#write(step.by, `/accept-risk sign ${code}`);
      }
      case "withdraw":
        return this.#write(step.by, "/accept-risk withdraw");
      case "edit": {
        const comment = pick(this.comments, step.nth);
        if (!comment || comment.isDeleted || !this.#mayEdit(step.by, comment)) return;
        const body = (comment.texts.at(-1)?.body ?? "").replace(/\d+ req/, `${step.limit} req`);
        this.#github.as(step.by).editComment(this.repo, comment.id, body);
        comment.texts.push(this.#text(step.by, body));
        return;
      }
      case "delete": {
        const comment = pick(this.comments, step.nth);
        if (!comment || comment.isDeleted) return;
        this.#github.as(comment.author).deleteComment(this.repo, comment.id);
        comment.isDeleted = true;
        return;
      }
      case "push": {
        const changes = { ...this.#changes[step.rank], "docs/count.md": `${this.heads.length}\n` };
        const sha = await this.#github.as(step.by).push(this.repo, { branch: "change", changes, message: "Change" });
        this.heads.push({ sha, rank: step.rank });
        this.pushers.add(step.by);
        return;
      }
      case "push back": {
        const head = pick(this.heads, step.nth);
        if (!head) return;
        await this.#github.as(step.by).forcePush(this.repo, "change", head.sha);
        this.heads.push(head);
        this.pushers.add(step.by);
        return;
      }
      case "retarget":
        this.#base = step.base;
        return this.#github.as("ana").editPullRequest(this.repo, this.#number, { base: step.base });
      case "describe":
        return this.#github.as("ana").editPullRequest(this.repo, this.#number, { body: `Rates, part ${step.nth}.` });
      case "close":
        if (!this.#isOpen) return;
        this.#isOpen = false;
        return this.#github.as("ana").closePullRequest(this.repo, this.#number);
      case "reopen":
        if (this.#isOpen) return;
        this.#isOpen = true;
        return this.#github.as("ana").reopenPullRequest(this.repo, this.#number);
      case "fail":
        return this.#github.failNext({
          match: ({ method, path }) => method !== "GET" && path.includes("/check-runs"),
          status: 502,
          times: step.times,
        });
      case "role":
        this.#github.setRole(this.repo, step.of, step.role);
        this.roles.set(step.of, step.role);
    }
  }

  #mayEdit(login: string, comment: LifeComment): boolean {
    return comment.author === login || this.roles.get(login) === "admin";
  }

  #text(by: string, body: string): Text {
    return { body, by, at: Date.now(), shownRank: this.#shownRank, shownBase: this.#shownBase };
  }

  #write(login: string, body: string): void {
    const text = this.#text(login, body);
    const id = this.#github.as(login).comment(this.repo, this.#number, body);
    this.comments.push({ id, author: login, texts: [text], isDeleted: false });
  }

  /** The codes in our answers, each with the form that it was given for. */
  #readCodes(): readonly string[] {
    for (const { body } of this.#github.comments(this.repo, this.#number)) {
      const [, id] = /issue_comment (\d+) -->/.exec(body) ?? [];
      const [, code] = CODE.exec(body) ?? [];
      const form = this.comments.find((comment) => String(comment.id) === id);
      if (code !== undefined && form && form.texts[0]?.body.startsWith("/accept-risk\n")) this.#codes.set(code, form);
    }
    return [...this.#codes.keys()];
  }
}
