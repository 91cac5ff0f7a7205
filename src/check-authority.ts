import type { PullRequestRef } from "./model/job.ts";
import type { Policy } from "./model/policy.ts";
import type { RecordedAcceptance } from "./model/recorded-acceptance.ts";
import type { GitHubAccount, Involvement, SigningSource } from "./model/signing.ts";
import { maySign, type SigningFacts } from "./risks/may-sign.ts";
import type { RiskComment } from "./risks/read-risk-comment.ts";

/** Through what facts about a signer are read; `involvement` reads once. */
interface FactPorts {
  readonly ports: { readonly signing: SigningSource };
  readonly involvement: () => Promise<Involvement>;
}

/** GitHub ids of signers who may no longer sign, and of those who could not be checked, with why. */
interface AuthorityCheck {
  readonly lost: ReadonlySet<number>;
  readonly unread: ReadonlyMap<number, string>;
}

/** Asks of every signer whether they may still sign here. */
export async function checkAuthority(
  ref: PullRequestRef,
  active: readonly RecordedAcceptance[],
  comments: ReadonlyMap<string, RiskComment>,
  policy: Policy,
  { ports, involvement }: FactPorts,
): Promise<AuthorityCheck> {
  const lost = new Set<number>();
  const unread = new Map<number, string>();
  // An acceptance whose comment is gone or another's ends without asking.
  const signers = new Map(
    active.flatMap(({ acceptedById, nodeId }) => {
      const author = comments.get(nodeId)?.author;
      return author?.id === acceptedById ? [[acceptedById, author] as const] : [];
    }),
  );
  for (const [id, signer] of signers) {
    const facts = await readFacts(ref, signer, policy, { ports, involvement });
    const answer = maySign({ ...facts, how: "code", text: { author: signer, lastEditor: null }, acceptedBy: [signer.login] });
    if (answer.allowed) continue;
    if (answer.refusal === "could-not-read") unread.set(id, answer.reason);
    else lost.add(id);
  }
  return { lost, unread };
}

/** What `maySign` asks about a person, read now, without the form. */
export async function readFacts(
  ref: PullRequestRef,
  signer: GitHubAccount,
  policy: Policy,
  { ports, involvement }: FactPorts,
): Promise<Omit<SigningFacts, "how" | "text" | "acceptedBy">> {
  const [authority, involved] = await Promise.all([ports.signing.fetchAuthority(ref, signer, policy.decisionMakers), involvement()]);
  return { signer, ...authority, ...involved, decisionMakers: policy.decisionMakers };
}
