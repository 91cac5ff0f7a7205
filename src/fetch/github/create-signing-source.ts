import type { PushStore } from "../../model/ports.ts";
import type { SigningSource } from "../../model/signing.ts";
import type { ClientOf } from "../../github/client.ts";
import { fetchAuthority, fetchCandidates } from "./fetch-authority.ts";
import { fetchInvolvement } from "./fetch-involvement.ts";

/** Reads from GitHub what signing depends on. */
export function createSigningSource(clientOf: ClientOf, pushes: PushStore): SigningSource {
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
  };
}
