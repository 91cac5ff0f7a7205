import { createHash } from "node:crypto";

/** What a fingerprint is made of: nothing that a move, a rename or an edit elsewhere changes. */
export interface FingerprintParts {
  readonly rule: string;
  /** Text of the node, as written. */
  readonly text: string;
  /** Names of the functions and classes around it. */
  readonly within: string;
}

/** One fingerprint per entry, in order; equal defects are told apart by their ordinal. 16 hexadecimal digits. */
export function fingerprintAll(entries: readonly FingerprintParts[]): readonly string[] {
  const seen = new Map<string, number>();
  return entries.map(({ rule, text, within }) => {
    const key = `${rule}\n${within}\n${text.replace(/\s+/g, " ").trim()}`;
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return createHash("sha256").update(`${key}\n${ordinal}`).digest("hex").slice(0, 16);
  });
}
