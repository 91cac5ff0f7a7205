import type { GitHubAccount, AuthoredCommit } from "../../model/signing.ts";
import { type CommitNode, nodesOf } from "./snapshot-query.ts";

/** Characters of a commit message that are read. */
const MOST_MESSAGE = 65_536;
const CO_AUTHOR =
  /^co-authored-by:[^<\n]{0,200}<(?:(\d{1,15})\+)?([a-z0-9](?:[a-z0-9_-]{0,98})(?:\[bot\])?)@users\.noreply\.[a-z0-9.-]{1,100}>/gim;
const ANY_CO_AUTHOR = /^co-authored-by:/gim;
const NO_REPLY = /^(?:(\d{1,15})\+)?([a-z0-9](?:[a-z0-9_-]{0,98})(?:\[bot\])?)@users\.noreply\.[a-z0-9.-]{1,100}$/i;

/** Accounts that a commit names by no-reply addresses: its author, its committer and its co-authors. */
export function findNamedAccounts(message: string, emails: readonly (string | null | undefined)[]): readonly GitHubAccount[] {
  return [...emails.flatMap((email) => accountOfNoReply(email ?? "")), ...coAuthors(message)];
}

/** Whether a commit names a co-author by an address that only GitHub can link to an account. */
export function hasUnlinkedCoAuthor(message: string): boolean {
  const text = message.slice(0, MOST_MESSAGE);
  return (text.match(ANY_CO_AUTHOR) ?? []).length > coAuthors(text).length;
}

/** A commit as GraphQL shows it, with everyone who had a hand in it. */
export function readCommitNode({ oid, message, parents, authors, committer }: CommitNode): AuthoredCommit {
  const people = [...nodesOf(authors), ...(committer ? [committer] : [])];
  const linked = people.flatMap(({ user }) => (user ? [{ id: user.databaseId ?? 0, login: user.login, type: "User" }] : []));
  const named = findNamedAccounts(
    message,
    people.map(({ email }) => email),
  );
  return { sha: oid, parents: nodesOf(parents).map((parent) => parent.oid), authors: [...linked, ...named] };
}

function coAuthors(message: string): readonly GitHubAccount[] {
  return [...message.slice(0, MOST_MESSAGE).matchAll(CO_AUTHOR)].map((match) => namedAccount(match[1], match[2]));
}

function accountOfNoReply(email: string): readonly GitHubAccount[] {
  const match = NO_REPLY.exec(email.slice(0, 300));
  return match ? [namedAccount(match[1], match[2])] : [];
}

/** An account known by its address: id 0 where the address has none, the login then decides. */
function namedAccount(id: string | undefined, login: string | undefined): GitHubAccount {
  return { id: Number(id ?? 0), login: login ?? "", type: "User" };
}
