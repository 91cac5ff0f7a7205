import { authorize, authorizeRead, viaApp } from "../access.ts";
import { editIssue, ensureLabel, openIssue, setLabel } from "../actions/issue.ts";
import { editPull, setPullState } from "../actions/pull-request.ts";
import type { Issue } from "../model/issue.ts";
import type { Label, Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { issueView, labelView } from "../views/issue.ts";
import { isPull } from "../views/pull-request.ts";
import { bodyOf, issueOf, parameter, repositoryOf, requiredText, textField, textList } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";
import { page } from "./pages.ts";

const EITHER = ["issues", "pull_requests"];

/** Issues, pull requests as issues. */
export function routeIssues(api: Api, world: World): void {
  const root = "/repos/:owner/:repo/issues";
  api.get(root, (c) => {
    const repository = readable(world, c);
    return c.json(page(c, listed(c, repository)).map((issue) => issueView(world, repository, issue)));
  });
  api.post(root, async (c) => {
    const repository = repositoryOf(world, c);
    const actor = c.get("actor");
    const author = authorize(world, actor, repository, { permission: "issues", level: "write", role: "read" });
    const body = await bodyOf(c);
    const assignees = textList(body, "assignees").map((login) => {
      const account = world.accounts.get(login.toLowerCase());
      if (account === undefined) throw invalid("Issue", "assignees", "invalid");
      return account;
    });
    const draft = {
      title: requiredText(body, "title"),
      body: textField(body, "body") ?? null,
      labels: textList(body, "labels"),
      assignees,
    };
    const issue = openIssue(world, author, repository, draft, viaApp(actor));
    return c.json(issueView(world, repository, issue), 201);
  });
  api.get(`${root}/:number{[0-9]+}`, (c) => {
    const repository = readable(world, c);
    return c.json(issueView(world, repository, issueOf(c, repository)));
  });
  api.patch(`${root}/:number{[0-9]+}`, async (c) => {
    const repository = repositoryOf(world, c);
    const issue = issueOf(c, repository);
    const role = issue.author.id === authorId(c) ? "read" : "triage";
    const editor = authorize(world, c.get("actor"), repository, {
      permission: issue.pull === null ? "issues" : EITHER,
      level: "write",
      role,
    });
    const body = await bodyOf(c);
    const state = stateOf(body["state"]);
    const text = { title: textField(body, "title"), body: textField(body, "body") };
    if (isPull(issue)) {
      await editPull(world, editor, issue, text);
      if (state !== undefined) await setPullState(world, editor, issue, state);
    } else editIssue(world, editor, repository, issue, { ...text, state, stateReason: reasonOf(body["state_reason"]) });
    if (Array.isArray(body["labels"])) await replaceLabels(world, c, repository, issue, textList(body, "labels"));
    return c.json(issueView(world, repository, issue));
  });
}

/** Labels of a repository and of an issue. */
export function routeLabels(api: Api, world: World): void {
  const own = "/repos/:owner/:repo/labels";
  const worn = "/repos/:owner/:repo/issues/:number{[0-9]+}/labels";
  const wornView = (repository: Repository, issue: Issue) => [...issue.labels].map((label) => labelView(world, repository, label));
  api.get(own, (c) => {
    const repository = readable(world, c);
    return c.json(page(c, [...repository.labels.values()]).map((label) => labelView(world, repository, label)));
  });
  api.post(own, async (c) => {
    const repository = labelWriter(world, c);
    const body = await bodyOf(c);
    const name = requiredText(body, "name");
    if (repository.labels.has(name.toLowerCase())) throw invalid("Label", "name", "already_exists");
    return c.json(labelView(world, repository, ensureLabel(world, repository, name, textField(body, "color"))), 201);
  });
  api.get(`${own}/:name`, (c) => {
    const repository = readable(world, c);
    return c.json(labelView(world, repository, labelOf(c, repository)));
  });
  api.get(worn, (c) => {
    const repository = readable(world, c);
    return c.json(wornView(repository, issueOf(c, repository)));
  });
  api.post(worn, async (c) => {
    const repository = labelWriter(world, c);
    const issue = issueOf(c, repository);
    await replaceLabels(world, c, repository, issue, [
      ...[...issue.labels].map(({ name }) => name),
      ...textList(await bodyOf(c), "labels"),
    ]);
    return c.json(wornView(repository, issue));
  });
  api.put(worn, async (c) => {
    const repository = labelWriter(world, c);
    const issue = issueOf(c, repository);
    await replaceLabels(world, c, repository, issue, textList(await bodyOf(c), "labels"));
    return c.json(wornView(repository, issue));
  });
  api.delete(`${worn}/:name`, async (c) => {
    const repository = labelWriter(world, c);
    const issue = issueOf(c, repository);
    const label = labelOf(c, repository);
    if (!issue.labels.has(label)) throw new Refusal(404, "Label does not exist");
    await setLabel(world, labelActor(world, c, repository), repository, issue, label, false);
    return c.json(wornView(repository, issue));
  });
}

const LABEL_WRITE = { permission: EITHER, level: "write", role: "triage" } as const;

const labelActor = (world: World, c: ApiContext, repository: Repository) => authorize(world, c.get("actor"), repository, LABEL_WRITE);

function labelWriter(world: World, c: ApiContext): Repository {
  const repository = repositoryOf(world, c);
  labelActor(world, c, repository);
  return repository;
}

async function replaceLabels(world: World, c: ApiContext, repository: Repository, issue: Issue, names: readonly string[]): Promise<void> {
  const actor = labelActor(world, c, repository);
  const wanted = new Set(names.map((name) => ensureLabel(world, repository, name)));
  for (const label of issue.labels) if (!wanted.has(label)) await setLabel(world, actor, repository, issue, label, false);
  for (const label of wanted) await setLabel(world, actor, repository, issue, label, true);
}

function readable(world: World, c: ApiContext): Repository {
  const repository = repositoryOf(world, c);
  authorizeRead(c.get("actor"), repository, EITHER);
  return repository;
}

function labelOf(c: ApiContext, repository: Repository): Label {
  const label = repository.labels.get(parameter(c, "name").toLowerCase());
  if (label === undefined) throw notFound();
  return label;
}

function authorId(c: ApiContext): number | null {
  const actor = c.get("actor");
  return actor.kind === "user" ? actor.account.id : null;
}

function stateOf(value: unknown): "open" | "closed" | undefined {
  return value === "open" || value === "closed" ? value : undefined;
}

const reasonOf = (value: unknown) => (["completed", "reopened", "not_planned", "duplicate"] as const).find((reason) => reason === value);

function listed(c: ApiContext, repository: Repository): Issue[] {
  const { state = "open", labels = "", creator, since = "" } = c.req.query();
  const wanted = labels.split(",").filter((name) => name !== "");
  return [...repository.issues.values()]
    .filter((issue) => state === "all" || issue.state === state)
    .filter((issue) => creator === undefined || issue.author.login === creator)
    .filter((issue) => issue.updatedAt >= since)
    .filter((issue) => wanted.every((name) => [...issue.labels].some((label) => label.name === name)))
    .toReversed();
}
