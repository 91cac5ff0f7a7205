import { authorize, authorizeRead } from "../access.ts";
import { addReviewComment, submitReview } from "../actions/review.ts";
import type { World } from "../model/world.ts";
import { Refusal } from "../refusal.ts";
import { reviewCommentView, reviewView } from "../views/review.ts";
import { bodyOf, pullOf, repositoryOf, requiredText, textField } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";
import { page } from "./pages.ts";

const WRITE = { permission: "pull_requests", level: "write", role: "read" } as const;
const STATE_OF = { APPROVE: "approved", REQUEST_CHANGES: "changes_requested", COMMENT: "commented" } as const;

/** Reviews and comments on lines. */
export function routeReviews(api: Api, world: World): void {
  const root = "/repos/:owner/:repo/pulls/:number{[0-9]+}";
  const readable = (c: ApiContext) => {
    const repository = repositoryOf(world, c);
    authorizeRead(c.get("actor"), repository, "pull_requests");
    return pullOf(c, repository);
  };
  const shouted = (view: ReturnType<typeof reviewView>) => ({ ...view, state: view.state.toUpperCase() });
  api.get(`${root}/reviews`, (c) => {
    const issue = readable(c);
    return c.json(page(c, issue.pull.reviews).map((review) => shouted(reviewView(world, issue, review))));
  });
  api.post(`${root}/reviews`, async (c) => {
    const repository = repositoryOf(world, c);
    const author = authorize(world, c.get("actor"), repository, WRITE);
    const issue = pullOf(c, repository);
    const body = await bodyOf(c);
    const state = Object.entries(STATE_OF).find(([event]) => event === body["event"])?.[1];
    if (state === undefined) throw new Refusal(422, "Validation Failed");
    return c.json(shouted(reviewView(world, issue, submitReview(world, author, issue, state, textField(body, "body") ?? ""))));
  });
  api.get(`${root}/comments`, (c) => {
    const issue = readable(c);
    return c.json(page(c, issue.pull.reviewComments).map((comment) => reviewCommentView(world, issue, comment)));
  });
  api.post(`${root}/comments`, async (c) => {
    const repository = repositoryOf(world, c);
    const author = authorize(world, c.get("actor"), repository, WRITE);
    const issue = pullOf(c, repository);
    const body = await bodyOf(c);
    const comment = addReviewComment(world, author, issue, requiredText(body, "path"), Number(body["line"]), requiredText(body, "body"));
    return c.json(reviewCommentView(world, issue, comment), 201);
  });
}
