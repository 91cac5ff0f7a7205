import { ts } from "ts-morph";
import { nameGivenTo } from "../../../syntax/secret-names.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { StringLiteral } = ts.SyntaxKind;

const PLACEHOLDER =
  /example|placeholder|change|replace|your|dummy|sample|fake|mock|test|todo|xxx|<|>|\$\{|%s|\*\*|\.\.\.|insert|secret_here|none|null|undefined|redacted|default|local|dev|password|secret|postgres|^admin$|^root$|^guest$|^user$|not[-_ ]?set|missing|demo|foo|bar\b/i;

/** What an `Authorization` header holds beside its scheme. */
const AUTHORIZATION = /^(?:Bearer|Basic|Token|ApiKey)\s+([\w.~+/=-]{16,500})$/;
/** A key in the query of an address. */
const IN_QUERY = /[?&](?:api_?key|access_?token|auth_?token|app_?id|key|token|secret|client_secret)=([\w-]{16,500})(?:&|#|$)/i;

/** The key in the text of a header (`Bearer ...`) or in the query of an address; null for any other text. */
export function keyOfRequest(text: string): string | null {
  const form = text.includes("=") && /[?&]/.test(text) ? IN_QUERY : /^[BTA]/.test(text) ? AUTHORIZATION : null;
  return form?.exec(text)?.[1] ?? null;
}

/** As keys of services are written: long, of all kinds of characters, or hexadecimal. */
export function isDense(text: string): boolean {
  if (/^[0-9a-f]{32,500}$/i.test(text) && /\d/.test(text) && /[a-f]/i.test(text)) return true;
  return text.length >= 20 && /[a-z]/.test(text) && /[A-Z]/.test(text) && text.replace(/\D/g, "").length > 2;
}

/** How often the file gives this name a text: several are samples or fixtures. */
export function countOf(name: string, file: SourceFacts): number {
  return file.nodes(StringLiteral).filter((n) => nameGivenTo(n) === name).length;
}

export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text) || new Set(text).size < 4 || /^(?:0123|1234|abcd)/i.test(text);
}

/** Long enough, one word, of several kinds of characters; not a word, a path, a sentence or a key of a message. */
export function looksRandom(text: string): boolean {
  if (text.length < 12 || text.length > 500 || /\s/.test(text) || /^[a-z]+:|^[./@#]|[{}()]|\.[a-z]+$/i.test(text)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length;
  const digits = text.replace(/\D/g, "").length;
  return kinds >= 2 && digits >= 2 && !text.split(/[-_.:/]/).every((word) => /^(?:[A-Za-z]*\d{0,2}|\d+)$/.test(word));
}
