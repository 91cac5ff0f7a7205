import type { PullRequestRef } from "../../model/job.ts";
import type { PullRequestPush } from "../../model/pull-request-store.ts";
import type { AuthoredCommit, Authorship, GitHubAccount, Involvement } from "../../model/signing.ts";
import { carriesChange } from "../../risks/carries-change.ts";
import { findAuthors } from "../../risks/find-authors.ts";
import { type GitHubClient, ownerAndName, statusOf } from "../../github/client.ts";
import { findNamedAccounts, hasUnlinkedCoAuthor } from "./commit-people.ts";
import { fetchCoAuthors } from "./fetch-co-authors.ts";

/** GitHub lists at most 250 commits of a pull request (docs, rest/pulls). Past that nobody can be shown not to be an author. */
const MOST_COMMITS = 250;
const TOO_LONG = `It has more than ${MOST_COMMITS} commits, and GitHub lists no more of them, so nobody can be shown not to be an author: squash them to make a signature possible.`;
const UNTOLD =
  "The authors of its commits could not all be read from GitHub, co-authors by ordinary addresses among them, so nobody can sign now: post it again in a minute, or squash the commits.";
const PAGE_SIZE = 100;
/** Pages of a branch's activity that are read; a longer history cannot be told. */
const MOST_ACTIVITY_PAGES = 5;

/** Who had a hand in a pull request, read now. `told` are the pushes that webhooks told of. */
export async function fetchInvolvement(client: GitHubClient, ref: PullRequestRef, told: readonly PullRequestPush[]): Promise<Involvement> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    ...ownerAndName(ref.repo),
    pull_number: ref.number,
  });
  const isTooLong = data.commits > MOST_COMMITS;
  const commits = isTooLong ? null : await fetchCommits(client, ref, data.commits);
  const isOfBaseRepository = data.head.repo?.full_name.toLowerCase() === ref.repo.toLowerCase();
  const unread = isTooLong ? TOO_LONG : commits === null ? UNTOLD : null;
  return {
    pullRequestAuthor: data.user && { id: Number(data.user.id), login: data.user.login, type: data.user.type },
    commitAuthors: commits && findAuthors(commits),
    pushers: commits && (await findPushers(client, ref, isOfBaseRepository ? data.head.ref : null, commits, told)),
    ...(unread === null ? {} : { unread }),
  };
}

/** Who had a hand in it by what the snapshot and webhooks told. Who only pushed before it was opened is not among them. */
export function recallInvolvement({ pullRequestAuthor, commits }: Authorship, told: readonly PullRequestPush[]): Involvement {
  return { pullRequestAuthor, commitAuthors: findAuthors(commits), pushers: pushersOf(told.map(asPush), commits) };
}

async function fetchCommits(client: GitHubClient, ref: PullRequestRef, count: number): Promise<readonly AuthoredCommit[] | null> {
  const commits: AuthoredCommit[] = [];
  const unlinked: string[] = [];
  for (let page = 1; page <= Math.ceil(MOST_COMMITS / PAGE_SIZE); page++) {
    const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", {
      ...ownerAndName(ref.repo),
      pull_number: ref.number,
      per_page: PAGE_SIZE,
      page,
    });
    for (const { sha, parents, author, committer, commit } of data) {
      const linked = [author, committer].flatMap((account) => readAccount(account));
      const named = findNamedAccounts(commit.message, [commit.author?.email, commit.committer?.email]);
      commits.push({ sha, parents: parents.map((parent) => parent.sha), authors: [...linked, ...named] });
      if (hasUnlinkedCoAuthor(commit.message)) unlinked.push(sha);
    }
    if (data.length < PAGE_SIZE) break;
  }
  if (commits.length !== count) return null;
  // REST links a commit's author and committer only.
  const people = await fetchCoAuthors(client, ref.repo, unlinked);
  return people && commits.map((commit) => ({ ...commit, authors: [...commit.authors, ...(people.get(commit.sha) ?? [])] }));
}

/** Who pushed changes, by the branch's activity and by webhooks; null when the activity cannot be read. */
async function findPushers(
  client: GitHubClient,
  ref: PullRequestRef,
  branch: string | null,
  commits: readonly AuthoredCommit[],
  told: readonly PullRequestPush[],
): Promise<readonly GitHubAccount[] | null> {
  const activity = branch === null ? [] : await fetchActivity(client, ref, branch);
  if (activity === null) return null;
  return pushersOf([...activity, ...told.map(asPush)], commits);
}

function pushersOf(pushes: readonly Push[], commits: readonly AuthoredCommit[]): readonly GitHubAccount[] {
  return pushes.filter((push) => carriesChange(push, commits)).map((push) => push.by);
}

function asPush({ pusher, before, after }: PullRequestPush): Push {
  return { by: { id: pusher.githubId, login: pusher.login, type: "User" }, before, after };
}

interface Push {
  readonly by: GitHubAccount;
  readonly before: string;
  readonly after: string;
}

async function fetchActivity(client: GitHubClient, ref: PullRequestRef, branch: string): Promise<readonly Push[] | null> {
  const pushes: Push[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_ACTIVITY_PAGES; page++) {
    const answer = await askActivity(client, ref, branch, after);
    if (answer === null) return null;
    for (const { actor, before, after: sha } of answer.data) for (const by of readAccount(actor)) pushes.push({ by, before, after: sha });
    after = nextCursor(answer.link);
    if (after === undefined) return pushes;
    after = decodeURIComponent(after);
  }
  return null;
}

/** The cursor of a Link header's next page; undefined on the last. */
function nextCursor(link: string): string | undefined {
  const next = link.split(",").find((part) => part.includes('rel="next"')) ?? "";
  return /[?&]after=([^&>]+)/.exec(next)?.[1];
}

async function askActivity(client: GitHubClient, ref: PullRequestRef, branch: string, after: string | undefined) {
  try {
    const { data, headers } = await client.request("GET /repos/{owner}/{repo}/activity", {
      ...ownerAndName(ref.repo),
      ref: `refs/heads/${branch}`,
      per_page: PAGE_SIZE,
      ...(after === undefined ? {} : { after }),
    });
    return { data, link: headers.link ?? "" };
  } catch (error) {
    if (statusOf(error) === 403 || statusOf(error) === 404) return null;
    throw error;
  }
}

function readAccount(account: object | null | undefined): readonly GitHubAccount[] {
  if (!account || !("id" in account) || !("login" in account)) return [];
  return [{ id: Number(account.id), login: String(account.login), type: "type" in account ? String(account.type) : "User" }];
}
