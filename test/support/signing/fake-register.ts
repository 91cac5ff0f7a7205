import type { AcceptanceStore } from "../../../src/model/risk-register.ts";
import type { RecordedAcceptance } from "../../../src/model/recorded-acceptance.ts";

/** The register in memory: the same promises as the one in the database, without its history. */
export function createFakeRegister(): AcceptanceStore & { readonly rows: RecordedAcceptance[] } {
  const rows: RecordedAcceptance[] = [];
  const active = () => rows.filter((row) => row.state === "active");
  return {
    rows,
    async recordAcceptance(ref, signature) {
      const { signer, shortfalls, commentUrl, formNodeId = "", nodeId = "", ...rest } = signature;
      const same = active().find(
        (row) => row.acceptedById === signer.githubId && row.commentId === rest.commentId && row.formCode === rest.formCode,
      );
      if (same) return same;
      const row: RecordedAcceptance = {
        ...rest,
        id: rows.length + 1,
        repo: ref.repo,
        number: ref.number,
        acceptedBy: signer.login,
        acceptedById: signer.githubId,
        state: "active",
        shortfalls,
        fingerprints: shortfalls.map(({ fingerprint }) => fingerprint),
        url: commentUrl,
        formNodeId,
        nodeId,
        signedIn: ref.repo,
        endedAt: null,
        endedBecause: null,
      };
      rows.push(row);
      return row;
    },
    async endAcceptance(id, state, cause) {
      const index = rows.findIndex((row) => row.id === id && row.state === "active");
      const row = rows[index];
      if (!row) return false;
      rows[index] = { ...row, state, endedAt: cause.at, endedBecause: cause.reason ?? null };
      return true;
    },
    saveBase: async () => {},
    loadAcceptances: async () => active(),
    loadEndedAcceptances: async () => rows.filter((row) => row.state === "voided" || row.state === "withdrawn"),
    findAcceptancesOfComment: async (_repo, commentId) =>
      active().filter((row) => row.commentId === commentId || row.formCommentId === commentId),
    findSignedPullRequests: async () => [],
    countActive: async () => active().length,
    loadAcceptanceEvents: async () => [],
  };
}
