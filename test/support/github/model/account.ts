/** Repository roles, weakest first. */
export const ROLES = ["read", "triage", "write", "maintain", "admin"] as const;

export type Role = (typeof ROLES)[number];

/** A person, an organization or the bot of an app. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
  readonly name: string;
  readonly email: string;
  /** Organization only: account id -> "admin" (an owner) or "member". */
  readonly members: Map<number, "admin" | "member">;
  /** Organization only: what each member may do in every repository. */
  basePermission: Role | "none";
}

/** A team of an organization. A child team has what its ancestors have. */
export interface Team {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly organization: Account;
  parent: Team | null;
  readonly members: Map<number, "member" | "maintainer">;
  /** Repository id -> role. */
  readonly repositories: Map<number, Role>;
}
