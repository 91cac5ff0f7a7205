import { authorize, authorizeRead, viaApp } from "../access.ts";
import { addComment, deleteComment, editComment } from "../actions/comment.ts";
import { invalid, notFound } from "../refusal.ts";
import { commentView, reactionView } from "../views/issue.ts";
import type { IssueComment, Reaction } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { bodyOf, issueOf, parameter, repositoryOf, requiredText } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";
import { page } from "./pages.ts";

const EITHER = ["issues", "pull_requests"];
const WRITE = { permission: EITHER, level: "write", role: "read" } as const;
const CONTENTS = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;

/** Comments on issues and pull requests, and reactions to both. */
export function routeComments(api: Api, world: World): void {
  const one = "/repos/:owner/:repo/issues/comments/:id";
  const many = "/repos/:owner/:repo/issues/:number{[0-9]+}/comments";
  api.get(many, (c) => {
    const repository = readable(world, c);
    const issue = issueOf(c, repository);
    const since = c.req.query("since") ?? "";
    const found = [...repository.comments.values()].filter((comment) => comment.issueNumber === issue.number && comment.updatedAt >= since);
    return c.json(page(c, found).map((comment) => commentView(world, repository, comment)));
  });
  api.post(many, async (c) => {
    const repository = repositoryOf(world, c);
    const actor = c.get("actor");
    const author = authorize(world, actor, repository, WRITE);
    const comment = addComment(world, author, repository, issueOf(c, repository), requiredText(await bodyOf(c), "body"), viaApp(actor));
    return c.json(commentView(world, repository, comment), 201);
  });
  api.get(one, (c) => {
    const repository = readable(world, c);
    return c.json(commentView(world, repository, commentOf(c, repository)));
  });
  api.patch(one, async (c) => {
    const repository = repositoryOf(world, c);
    const editor = authorize(world, c.get("actor"), repository, WRITE);
    const comment = commentOf(c, repository);
    editComment(world, editor, repository, comment, requiredText(await bodyOf(c), "body"));
    return c.json(commentView(world, repository, comment));
  });
  api.delete(one, (c) => {
    const repository = repositoryOf(world, c);
    const actor = authorize(world, c.get("actor"), repository, WRITE);
    deleteComment(world, actor, repository, commentOf(c, repository));
    return c.body(null, 204);
  });
  routeReactions(api, world, `${one}/reactions`, (c, repository) => commentOf(c, repository).reactions);
  routeReactions(api, world, "/repos/:owner/:repo/issues/:number{[0-9]+}/reactions", (c, repository) => issueOf(c, repository).reactions);
}

function routeReactions(api: Api, world: World, path: string, reactionsOf: (c: ApiContext, repository: Repository) => Reaction[]): void {
  api.get(path, (c) => {
    const reactions = reactionsOf(c, readable(world, c));
    return c.json(page(c, reactions).map((reaction) => reactionView(world, reaction)));
  });
  api.post(path, async (c) => {
    const repository = repositoryOf(world, c);
    const account = authorize(world, c.get("actor"), repository, WRITE);
    const reactions = reactionsOf(c, repository);
    const asked = requiredText(await bodyOf(c), "content");
    const content = CONTENTS.find((known) => known === asked);
    if (content === undefined) throw invalid("Reaction", "content", "invalid");
    const same = reactions.find((reaction) => reaction.account === account && reaction.content === content);
    if (same !== undefined) return c.json(reactionView(world, same), 200);
    const reaction = { id: world.nextId(), account, content, createdAt: world.now() };
    reactions.push(reaction);
    return c.json(reactionView(world, reaction), 201);
  });
}

function readable(world: World, c: ApiContext): Repository {
  const repository = repositoryOf(world, c);
  authorizeRead(c.get("actor"), repository, EITHER);
  return repository;
}

function commentOf(c: ApiContext, repository: Repository): IssueComment {
  const comment = repository.comments.get(Number(parameter(c, "id")));
  if (comment === undefined) throw notFound();
  return comment;
}
