import type { Account } from "./account.ts";

export type Permissions = Readonly<Record<string, "read" | "write">>;

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly webhookSecret: string;
  webhookUrl: string | null;
  /** Where sign-in returns to; null: anywhere. */
  callbackUrl: string | null;
  permissions: Permissions;
  events: readonly string[];
  readonly createdAt: string;
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  /** Null: all repositories of the account. */
  repositoryIds: Set<number> | null;
  permissions: Permissions;
  readonly createdAt: string;
  suspendedAt: string | null;
}

/** Who a request or a deed comes from. */
export type Actor =
  | { readonly kind: "anonymous" }
  /** `app`: the one that the person signed in with, null for a personal token. */
  | { readonly kind: "user"; readonly account: Account; readonly app: App | null }
  | { readonly kind: "app"; readonly app: App }
  | {
      readonly kind: "installation";
      readonly installation: Installation;
      readonly permissions: Permissions;
      /** The token's own narrowing, or null. */
      readonly repositoryIds: ReadonlySet<number> | null;
    };
