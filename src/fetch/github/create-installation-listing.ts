import type { InstallationListing } from "../../model/recovery.ts";
import { fetchOpenHeads } from "./fetch-open-heads.ts";
import { type ClientOf, type GitHubClient, ownerAndName, statusOf } from "../../github/client.ts";

const PAGE_SIZE = 100;
/** Pages read at a time of installations and of repositories: 10,000 each. */
const MOST_PAGES = 100;
/** Pages of open pull requests that a sweep reads of one repository, last updated first. */
const MOST_PULL_PAGES = 3;

/** Lists installations as the app, and what they reach as each of them. */
export function createInstallationListing(
  appClient: () => Promise<Pick<GitHubClient, "request">>,
  clientOf: ClientOf,
): InstallationListing {
  return {
    async fetchInstallations() {
      const client = await appClient();
      const { items } = await readPages(MOST_PAGES, async (page) => {
        const { data } = await client.request("GET /app/installations", { per_page: PAGE_SIZE, page });
        return data;
      });
      return items.filter((installation) => !installation.suspended_at).map((installation) => Number(installation.id));
    },

    async fetchRepositories(installationId) {
      const client = await clientOf(installationId);
      const { items, complete } = await readPages(MOST_PAGES, async (page) => {
        const { data } = await client.request("GET /installation/repositories", { per_page: PAGE_SIZE, page });
        return data.repositories;
      });
      return { repos: items.filter((repository) => !repository.archived).map((repository) => repository.full_name), complete };
    },

    async fetchOpenHeads(installationId, repos) {
      return fetchOpenHeads(await clientOf(installationId), repos);
    },

    async fetchOpenPullRequests({ installationId, repo }) {
      try {
        const client = await clientOf(installationId);
        const { items, complete } = await readPages(MOST_PULL_PAGES, async (page) => {
          const { data } = await client.request("GET /repos/{owner}/{repo}/pulls", {
            ...ownerAndName(repo),
            state: "open",
            sort: "updated",
            direction: "desc",
            per_page: PAGE_SIZE,
            page,
          });
          return data;
        });
        return { pulls: items.map(({ number, head }) => ({ number, headSha: head.sha })), complete };
      } catch (error) {
        if (isOutOfReach(error)) return null;
        throw error;
      }
    },
  };
}

/** Deleted, uninstalled, or renamed without our knowing; 403 is also a rate limit, so it does not count. */
function isOutOfReach(error: unknown): boolean {
  const status = statusOf(error);
  return status === 404 || status === 410 || status === 451;
}

async function readPages<Item>(
  mostPages: number,
  read: (page: number) => Promise<readonly Item[]>,
): Promise<{ readonly items: readonly Item[]; readonly complete: boolean }> {
  const items: Item[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const found = await read(page);
    items.push(...found);
    if (found.length < PAGE_SIZE) return { items, complete: true };
  }
  return { items, complete: false };
}
