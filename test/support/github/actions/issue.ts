import { announce } from "../hooks/announce.ts";
import type { Account } from "../model/account.ts";
import type { App } from "../model/app.ts";
import type { Issue } from "../model/issue.ts";
import type { Label, Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { issueView, labelView } from "../views/issue.ts";
import { announceLabel } from "./pull-request.ts";
import { isPull } from "../views/pull-request.ts";
import { newIssue } from "./new-issue.ts";

export interface IssueDraft {
  readonly title: string;
  readonly body: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly Account[];
}

/** Opens an issue. Labels that the repository lacks are made, as GitHub does for those with write access. */
export function openIssue(world: World, author: Account, repository: Repository, draft: IssueDraft, viaApp: App | null): Issue {
  const issue = newIssue(world, author, repository, { title: draft.title, body: draft.body, pull: null, viaApp });
  for (const name of draft.labels) issue.labels.add(ensureLabel(world, repository, name));
  for (const assignee of draft.assignees) issue.assignees.add(assignee);
  repository.issues.set(issue.number, issue);
  announceIssue(world, author, repository, issue, "opened");
  return issue;
}

export interface IssueEdit {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  readonly state?: "open" | "closed" | undefined;
  readonly stateReason?: Issue["stateReason"] | undefined;
}

/** Changes text or state of an issue and tells of each. */
export function editIssue(world: World, editor: Account, repository: Repository, issue: Issue, edit: IssueEdit): void {
  const changes: Record<string, unknown> = {};
  if (edit.title !== undefined && edit.title !== issue.title) {
    changes["title"] = { from: issue.title };
    issue.title = edit.title;
  }
  if (edit.body !== undefined && edit.body !== issue.body) {
    changes["body"] = { from: issue.body ?? "" };
    issue.body = edit.body;
  }
  issue.updatedAt = world.now();
  if (Object.keys(changes).length > 0) announceIssue(world, editor, repository, issue, "edited", { changes });
  if (edit.state === undefined || edit.state === issue.state) return;
  issue.state = edit.state;
  issue.stateReason = edit.stateReason ?? (edit.state === "closed" ? "completed" : "reopened");
  issue.closedAt = edit.state === "closed" ? world.now() : null;
  issue.closedBy = edit.state === "closed" ? editor : null;
  announceIssue(world, editor, repository, issue, edit.state === "closed" ? "closed" : "reopened");
}

/** The label of that name, made when the repository has none. */
export function ensureLabel(world: World, repository: Repository, name: string, color = "ededed"): Label {
  const known = repository.labels.get(name.toLowerCase());
  if (known !== undefined) return known;
  const label = { id: world.nextId(), name, color };
  repository.labels.set(name.toLowerCase(), label);
  return label;
}

/** Puts a label on an issue or pull request, or takes it off. */
export async function setLabel(
  world: World,
  actor: Account,
  repository: Repository,
  issue: Issue,
  label: Label,
  on: boolean,
): Promise<void> {
  if (issue.labels.has(label) === on) return;
  if (on) issue.labels.add(label);
  else issue.labels.delete(label);
  issue.updatedAt = world.now();
  const action = on ? "labeled" : "unlabeled";
  if (isPull(issue)) await announceLabel(world, actor, issue, label, action);
  else announceIssue(world, actor, repository, issue, action, { label: labelView(world, repository, label) });
}

function announceIssue(
  world: World,
  sender: Account,
  repository: Repository,
  issue: Issue,
  action: string,
  detail: Readonly<Record<string, unknown>> = {},
): void {
  announce(world, { event: "issues", action, repository, sender, detail: { issue: issueView(world, repository, issue), ...detail } });
}
