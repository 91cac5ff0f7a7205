import type { Policy } from "../model/policy.ts";

/** A GitHub account. The id is what counts; logins are compared without case. */
export interface Account {
  readonly id: number;
  readonly login: string;
}

/** Facts about a signature, all read from GitHub just now. null: could not be read, and then nobody signs. */
export interface SigningFacts {
  /** The person who signs. `type` is GitHub's ("User", "Bot", ...). */
  readonly signer: Account & { readonly type: string };
  /** `role_name` on the repository; "none" without access. */
  readonly roleName: string | null;
  /** Of the policy's teams, as the policy writes them, those that the signer is an active member of, directly or through a nested team. */
  readonly memberOf: readonly string[] | null;
  readonly pullRequestAuthor: Account | null;
  /** Accounts linked to the pull request's commits as author, committer or co-author. */
  readonly commitAuthors: readonly Account[] | null;
  /** Accounts that pushed changes other than merges of the base. */
  readonly pushers: readonly Account[] | null;
  /** Why authors or pushers could not be read, where there is more to say than that. */
  readonly unread?: string;
  /** Who wrote the form's text, and who edited it last (null: nobody). */
  readonly text: { readonly author: Account; readonly lastEditor: Account | null };
  /** How it is signed: by being the text's own author, or with the code of a text that someone else wrote. */
  readonly how: "own-text" | "code";
  /** Logins that the form names as accepting. */
  readonly acceptedBy: readonly string[];
  readonly decisionMakers: Policy["decisionMakers"];
  /** Everyone that the decision makers of the policy resolve to, when it is known: to say whether anybody is left. */
  readonly candidates?: readonly (Account & { readonly type: string })[];
}

export type SigningRefusal =
  | "bot"
  | "author"
  | "commit-author"
  | "pusher"
  | "not-named"
  | "text-of-another"
  | "edited-by-another"
  | "no-authority"
  | "could-not-read";

/** `reason` is one plain sentence for the reader, `refusal` the same for the record. */
export type SigningAnswer =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly refusal: SigningRefusal; readonly reason: string };

const SETTING = "`decision-makers` in .github/backend-reliability.yml";

/** Wide on purpose, it keeps people out: a reused login counts as the same person. */
function isSame(one: Account, other: Account | null): boolean {
  return other !== null && (one.id === other.id || one.login.toLowerCase() === other.login.toLowerCase());
}

function hasAny(names: readonly string[], name: string): boolean {
  return names.some((each) => each.replace(/^@/, "").toLowerCase() === name.toLowerCase());
}

function isBot(account: { readonly type: string; readonly login: string }): boolean {
  return account.type !== "User" || account.login.toLowerCase().endsWith("[bot]");
}

function hasAuthority({ signer, roleName, memberOf, decisionMakers }: SigningFacts): boolean {
  if (hasAny(decisionMakers.users, signer.login)) return true;
  if (memberOf?.some((team) => hasAny(decisionMakers.teams, team.replace(/^@/, "")))) return true;
  return roleName !== null && hasAny(decisionMakers.roles, roleName);
}

function couldNotRead({ roleName, memberOf, decisionMakers }: SigningFacts): boolean {
  return (roleName === null && decisionMakers.roles.length > 0) || (memberOf === null && decisionMakers.teams.length > 0);
}

function isInvolved(account: Account, facts: Pick<SigningFacts, "pullRequestAuthor" | "commitAuthors" | "pushers">): boolean {
  const { pullRequestAuthor, commitAuthors, pushers } = facts;
  return isSame(account, pullRequestAuthor) || [...(commitAuthors ?? []), ...(pushers ?? [])].some((each) => isSame(account, each));
}

/**
 * Whether somebody of these people may still sign: no bot, and not involved in the change. What could not be read
 * leaves somebody.
 */
export function isAnybodyLeft(
  candidates: NonNullable<SigningFacts["candidates"]>,
  facts: Pick<SigningFacts, "pullRequestAuthor" | "commitAuthors" | "pushers">,
): boolean {
  return candidates.some((account) => !isBot(account) && !isInvolved(account, facts));
}

/** Says so when nobody may sign at all: that is for an administrator to change, not for the author. */
function nobodyLeft(facts: SigningFacts): string {
  const { users, teams, roles } = facts.decisionMakers;
  if (users.length + teams.length + roles.length === 0) return ` Nobody may sign here: ${SETTING} names no user, team or role.`;
  return facts.candidates && !isAnybodyLeft(facts.candidates, facts)
    ? ` Nobody else may sign either, every decision maker is involved in this change: add a user, team or role to ${SETTING}.`
    : "";
}

function refuse(refusal: SigningRefusal, reason: string): SigningAnswer {
  return { allowed: false, refusal, reason };
}

function refuseInvolved(facts: SigningFacts): SigningAnswer | null {
  const { signer, pullRequestAuthor, commitAuthors, pushers } = facts;
  const name = `@${signer.login}`;
  if (pullRequestAuthor === null)
    return refuse("could-not-read", "The author of this pull request could not be read from GitHub, so nobody can sign yet.");
  if (isSame(signer, pullRequestAuthor))
    return refuse("author", `${name} opened this pull request, and nobody signs for their own change.${nobodyLeft(facts)}`);
  if (commitAuthors === null || pushers === null) {
    const reason = facts.unread ?? "Who wrote and pushed the commits could not be read from GitHub, so nobody can sign yet.";
    return refuse("could-not-read", reason);
  }
  if (commitAuthors.some((account) => isSame(signer, account))) {
    return refuse(
      "commit-author",
      `${name} wrote commits of this pull request, and nobody signs for their own change.${nobodyLeft(facts)}`,
    );
  }
  if (pushers.some((account) => isSame(signer, account))) {
    return refuse("pusher", `${name} pushed changes to this pull request, and nobody signs for their own change.${nobodyLeft(facts)}`);
  }
  return null;
}

function refuseText({ signer, text, how, acceptedBy }: SigningFacts): SigningAnswer | null {
  const name = `@${signer.login}`;
  if (!hasAny(acceptedBy, signer.login)) {
    const named = acceptedBy.map((login) => `@${login}`).join(" and ");
    return refuse("not-named", `The form names ${named || "nobody"} as accepting the risk, and ${name} is not that person.`);
  }
  if (how === "code") return null;
  if (signer.id !== text.author.id) {
    return refuse("text-of-another", `${name} did not write this form; a form of @${text.author.login} is signed with its code.`);
  }
  if (text.lastEditor !== null && signer.id !== text.lastEditor.id) {
    return refuse(
      "edited-by-another",
      `@${text.lastEditor.login} edited the form that ${name} wrote, so it is no longer ${name}'s word: post it again.`,
    );
  }
  return null;
}

/**
 * Whether this person may sign this form for this pull request. Never a bot, the pull request's author, a
 * linked commit author or a pusher; only a person that the form names, who wrote the text alone or signs
 * its code, and whom the policy makes a decision maker. What could not be read refuses. Decides from the
 * facts alone.
 */
export function maySign(facts: SigningFacts): SigningAnswer {
  const { signer } = facts;
  if (isBot(signer))
    return refuse("bot", `@${signer.login} is not a person's account, and a risk is signed by a person.${nobodyLeft(facts)}`);
  const refusal = refuseInvolved(facts) ?? refuseText(facts);
  if (refusal) return refusal;
  if (hasAuthority(facts)) return { allowed: true };
  if (couldNotRead(facts))
    return refuse(
      "could-not-read",
      `The role and teams of @${signer.login} could not be read from GitHub, so the signature does not count yet.`,
    );
  return refuse(
    "no-authority",
    `@${signer.login} is not a decision maker of this repository; who is, is set by ${SETTING}.${nobodyLeft(facts)}`,
  );
}
