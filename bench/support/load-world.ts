import { createHmac, randomUUID } from "node:crypto";
import { readStoryFiles } from "../../test/support/demo/story-files.ts";
import type { LocalGitHub } from "../../test/support/github/local-github.ts";

/** An open pull request that deliveries tell of. */
export interface LoadPull {
  readonly repo: string;
  readonly number: number;
  readonly head: string;
  /** Payload of an edit of its description, as the stand-in sent it. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A signed delivery that is ready to be sent. */
export interface SignedDelivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Opens pull requests with backend code in `organizations` organizations, each with an installation of its own: GitHub's pauses
 * between writes are per installation. Deliveries are recorded and not sent.
 */
export async function openPulls(github: LocalGitHub, organizations: number, perOrganization: number): Promise<readonly LoadPull[]> {
  const [base, code] = [readStoryFiles("carrier-quotes", "base"), readStoryFiles("carrier-quotes", "careless")];
  const pulls: LoadPull[] = [];
  github.setWebhookUrl("http://127.0.0.1:9");
  github.holdDeliveries();
  for (let index = 0; index < organizations; index++) {
    const login = `org-${index}`;
    github.createOrganization(login, { ana: "member" }, "write");
    github.installApp(login);
    const repo = `${login}/service`;
    await github.createRepository({ repo, files: base });
    for (let change = 0; change < perOrganization; change++) {
      const branch = `change-${change}`;
      const ana = github.as("ana");
      const head = await ana.push(repo, { branch, changes: { ...code, "docs/note.md": `${login} ${branch}\n` }, message: "Change" });
      const number = await ana.openPullRequest({ repo, head: branch, title: "Rates", body: "No plan." });
      await ana.editPullRequest(repo, number, { body: "Still no plan." });
      const edit = github.deliveries().findLast(({ event, action }) => event === "pull_request" && action === "edited");
      if (edit) pulls.push({ repo, number, head, payload: edit.payload });
    }
  }
  github.releaseDeliveries(() => []);
  return pulls;
}

/** A delivery of its own about a pull request: an edit, which asks for a review, or one of those that ask for nothing. */
export function signDelivery(
  secret: string,
  pull: LoadPull,
  event: "pull_request" | "check_run" | "push" | "issue_comment",
): SignedDelivery {
  const { payload } = pull;
  const common = { repository: payload["repository"], installation: payload["installation"], sender: payload["sender"] };
  const sha = "0".repeat(40);
  const body = JSON.stringify(
    event === "pull_request"
      ? payload
      : event === "check_run"
        ? { action: "completed", check_run: { head_sha: pull.head, app: { id: 1 }, pull_requests: [] }, ...common }
        : event === "push"
          ? { ref: "refs/heads/change-0", before: sha, after: pull.head, commits: [], ...common }
          : {
              action: "created",
              issue: { number: pull.number, pull_request: {} },
              comment: { id: 1, node_id: "IC_1", body: "Looks good to me.", user: { type: "User" } },
              ...common,
            },
  );
  return {
    body,
    headers: {
      "content-type": "application/json",
      "x-github-delivery": randomUUID(),
      "x-github-event": event,
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
  };
}
