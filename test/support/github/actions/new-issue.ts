import type { Account } from "../model/account.ts";
import type { App } from "../model/app.ts";
import type { Issue, PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";

export interface NewIssue {
  readonly title: string;
  readonly body: string | null;
  readonly pull: PullRequest | null;
  readonly viaApp: App | null;
}

/** Issues and pull requests share their numbers. */
export function newIssue(world: World, author: Account, repository: Repository, { title, body, pull, viaApp }: NewIssue): Issue {
  return {
    id: world.nextId(),
    number: Math.max(0, ...repository.issues.keys()) + 1,
    author,
    viaApp,
    title,
    body,
    state: "open",
    stateReason: null,
    createdAt: world.now(),
    updatedAt: world.now(),
    closedAt: null,
    closedBy: null,
    locked: false,
    labels: new Set(),
    assignees: new Set(),
    reactions: [],
    pull,
  };
}
