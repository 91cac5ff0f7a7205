import { LRUCache } from "lru-cache";
import type { PushStore } from "../../model/pull-request-store.ts";
import type { GitHubAccount, SigningSource } from "../../model/signing.ts";
import type { ClientOf } from "../../github/client.ts";
import { fetchAuthority, fetchCandidates } from "./fetch-authority.ts";
import { fetchInvolvement, recallInvolvement } from "./fetch-involvement.ts";

/** How long a list of decision makers serves for what a check says. */
const RECALL_MS = 10 * 60_000;
/** Repositories whose decision makers are remembered. */
const MOST_RECALLED = 1000;

/** Reads from GitHub what signing depends on. */
export function createSigningSource(clientOf: ClientOf, pushes: PushStore): SigningSource {
  const recalled = new LRUCache<string, { readonly candidates: readonly GitHubAccount[] | null }>({ max: MOST_RECALLED, ttl: RECALL_MS });
  return {
    async fetchInvolvement(ref) {
      return fetchInvolvement(await clientOf(ref.installationId), ref, await pushes.loadPushes(ref.repo, ref.number));
    },
    async fetchAuthority(ref, account, decisionMakers) {
      return fetchAuthority(await clientOf(ref.installationId), ref, account, decisionMakers);
    },
    async fetchCandidates(ref, decisionMakers) {
      return fetchCandidates(await clientOf(ref.installationId), ref, decisionMakers);
    },
    async recallCandidates(ref, decisionMakers) {
      const key = JSON.stringify([ref.installationId, ref.repo.toLowerCase(), decisionMakers]);
      const known = recalled.get(key);
      if (known) return known.candidates;
      const candidates = await fetchCandidates(await clientOf(ref.installationId), ref, decisionMakers);
      recalled.set(key, { candidates });
      return candidates;
    },
    async recallInvolvement(ref, authorship) {
      return recallInvolvement(authorship, await pushes.loadPushes(ref.repo, ref.number));
    },
  };
}
