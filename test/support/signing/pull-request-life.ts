import type { LocalGitHub } from "../github/local-github.ts";

/** One text of a comment: by whom, when (ms since 1970), and the rank of the head whose check was up then. */
export interface Text {
  readonly body: string;
  readonly by: string;
  readonly at: number;
  readonly shownRank: number;
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
    await life.take({ what: "push", by: "ana", rank: 1 });
    life.#number = await github.as("ana").openPullRequest({ repo, head: "change", title: "Ask the carrier for rates" });
    return life;
  }

  /** Everything was judged: what is written from now on is written under this head's check. */
  see(): void {
    this.#shownRank = this.heads.at(-1)?.rank ?? 0;
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
      case "role":
        this.#github.setRole(this.repo, step.of, step.role);
        this.roles.set(step.of, step.role);
    }
  }

  #mayEdit(login: string, comment: LifeComment): boolean {
    return comment.author === login || this.roles.get(login) === "admin";
  }

  #text(by: string, body: string): Text {
    return { body, by, at: Date.now(), shownRank: this.#shownRank };
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
