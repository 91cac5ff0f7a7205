import type { GitHubAccount } from "../../model/signing.ts";

/** An account as GraphQL shows it: `... on Actor { __typename login databaseId }`. */
export interface ActorNode {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number | null;
}

/** Whether a program wrote it. */
export function isBot({ __typename: type }: ActorNode): boolean {
  return type === "Bot";
}

/** The account with REST's login: a bot's ends in "[bot]". */
export function toAccount({ __typename, login, databaseId }: ActorNode): GitHubAccount {
  return { id: databaseId ?? 0, login: __typename === "Bot" ? `${login}[bot]` : login, type: __typename };
}
