import type { Account } from "../model/account.ts";
import type { World } from "../model/world.ts";
import { accountView } from "../views/account.ts";

/** An account as GraphQL shows it: a bot goes by its app's name, without the suffix of REST. */
export function accountNode(world: World, account: Account) {
  const { node_id, html_url } = accountView(world, account);
  const login = account.login.replace(/\[bot\]$/, "");
  return { __typename: account.type, id: node_id, databaseId: account.id, login, name: account.name, url: html_url };
}
