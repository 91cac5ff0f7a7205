import type { PersonFault } from "./form-fault.ts";

/** One person signs; a second is named where payments need two. */
const MOST_PEOPLE = 2;

const MENTION = /(?<![\w@./-])@([A-Za-z0-9][A-Za-z0-9_-]{0,63})(\/[\w.-]{1,100})?(\[bot\])?(?![\p{L}\p{N}_-])/gu;
const BARE_LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?$/;
/** "anyone but @dana" names nobody. */
const EXCEPTION = /\b(?:not|but|except|anyone|anybody|everyone|instead)\b/i;
/** Logins that the app's own texts use for "somebody". */
const PLACEHOLDER = /^@?(?:login|user(?:name)?|name|your-login|somebody|someone|nobody|none|me|self|tbd|tba|tbc|na)$/i;

/**
 * Reads who accepts the risk: one or two GitHub logins, written `@login`; a single word may lack the `@`.
 * Teams, bots and names in prose are faults: a person has to sign.
 */
export function parseAcceptedBy(text: string): { readonly logins: readonly string[] } | PersonFault {
  const value = text
    .replace(/\]\([^()\s]{0,200}\)/g, " ")
    .replaceAll(/[`*<>"']|\[(?!bot\])/g, "")
    .trim();
  if (!/[\p{L}\p{N}]/u.test(value)) return { problem: "missing" };
  if (EXCEPTION.test(value)) return { problem: "not-a-login" };
  const mentions = [...value.matchAll(MENTION)];
  if (mentions.some((mention) => mention[3] !== undefined)) return { problem: "bot" };
  if (mentions.some((mention) => mention[2] !== undefined)) return { problem: "team" };
  const named =
    mentions.length > 0
      ? mentions.map((mention) => mention[1] ?? "")
      : [value.replace(/[.,;]$/, "")].filter((word) => BARE_LOGIN.test(word));
  const logins = [...new Map(named.map((login) => [login.toLowerCase(), login.replace(/[-_]+$/, "")])).values()];
  if (logins.length === 0 || logins.some((login) => PLACEHOLDER.test(login))) return { problem: "not-a-login" };
  return logins.length > MOST_PEOPLE ? { problem: "several" } : { logins };
}
