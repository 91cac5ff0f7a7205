import { createHash } from "node:crypto";

/** The text of a form, and what its code is bound to. */
export interface CodedForm {
  /** The form's text as `findCommands` returned it. */
  readonly text: string;
  /** "owner/name". */
  readonly repo: string;
  readonly number: number;
  /** Login of the person whose comment it is. */
  readonly author: string;
}

/** Crockford's base 32: no letters that are read as another. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/**
 * 25 characters are 125 bits: whoever writes the form could prepare two texts with one code, so the code
 * has to withstand a search for collisions, not only for a given one.
 */
const CODE_LENGTH = 25;

function normalise(text: string): string {
  return text
    .normalize("NFC")
    .split(/\r\n?|\n/)
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}

/**
 * The code under which a decision maker signs a form that someone else wrote: five groups of five,
 * derived by SHA-256 from the text, the pull request and the text's author. Line endings and blanks at
 * the ends of lines do not matter; every other change gives another code.
 */
export function formCode({ text, repo, number, author }: CodedForm): string {
  const digest = createHash("sha256")
    .update(JSON.stringify(["risk-form", repo.toLowerCase(), number, author.toLowerCase(), normalise(text)]))
    .digest();
  let bits = BigInt(`0x${digest.toString("hex")}`);
  let code = "";
  for (let index = 0; index < CODE_LENGTH; index++) {
    code += ALPHABET[Number(bits & 31n)] ?? "";
    bits >>= 5n;
  }
  return code.replace(/.{5}(?=.)/g, "$&-");
}

/** Whether a typed code is this one: case, dashes and blanks do not matter, O reads as 0, I and L as 1. */
export function isSameCode(typed: string, code: string): boolean {
  const plain = (text: string): string =>
    text
      .slice(0, 100)
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, "")
      .replaceAll("O", "0")
      .replace(/[IL]/g, "1");
  return plain(typed) === plain(code) && plain(code).length === CODE_LENGTH;
}
