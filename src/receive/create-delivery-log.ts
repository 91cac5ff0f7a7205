import type { DeliveryLog, FailedDelivery } from "../model/recovery.ts";
import { type GitHubClient, statusOf } from "../github/client.ts";

const PAGE_SIZE = 100;
/** Pages read at a time: 5,000 failures. */
const MOST_PAGES = 50;

/** GitHub's log of the app's deliveries, read as the app itself. */
export function createDeliveryLog(appClient: () => Promise<Pick<GitHubClient, "request">>): DeliveryLog {
  return {
    async fetchFailedDeliveries(since) {
      const client = await appClient();
      const newest = new Map<string, FailedDelivery>();
      let cursor: string | null = null;
      for (let page = 1; page <= MOST_PAGES; page++) {
        const { data, headers } = await client.request("GET /app/hook/deliveries", {
          per_page: PAGE_SIZE,
          status: "failure",
          ...(cursor === null ? {} : { cursor }),
        });
        for (const { id, guid, event, action, delivered_at: failedAt, status_code: status } of data) {
          // Servers that do not know the filter list what arrived too.
          const isFailure = status < 200 || status > 299;
          if (isFailure && !newest.has(guid) && new Date(failedAt) >= new Date(since))
            newest.set(guid, { guid, attemptId: String(id), event: action ? `${event}.${action}` : event, failedAt });
        }
        cursor = nextCursor(headers.link);
        const oldest = data.at(-1)?.delivered_at;
        if (cursor === null || oldest === undefined || new Date(oldest) < new Date(since))
          return { failures: [...newest.values()], complete: true };
      }
      return { failures: [...newest.values()], complete: false };
    },

    async redeliver(attemptId) {
      const client = await appClient();
      try {
        // Ids go beyond what a JavaScript number holds; in a path they are text.
        const id = attemptId as unknown as number; // the parameter's type in GitHub's description
        await client.request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: id });
        return "asked";
      } catch (error) {
        const status = statusOf(error);
        if (status === 404 || status === 410 || status === 422) return "gone";
        throw error;
      }
    },
  };
}

/** The opaque cursor of the next page; null on the last. */
function nextCursor(link: string | undefined): string | null {
  const next = /<([^<>]{1,2000})>;\s{0,5}rel="next"/.exec(link ?? "")?.[1];
  if (next === undefined || !URL.canParse(next)) return null;
  return new URL(next).searchParams.get("cursor");
}
