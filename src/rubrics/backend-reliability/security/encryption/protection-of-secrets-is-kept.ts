import { ts } from "ts-morph";
import { isIdentifier } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { isCalled, lostSafeguards } from "../../../syntax/lost-safeguards.ts";

/** Hides a secret, makes one that nobody guesses, or keeps it from scripts and open lines. */
const HIDES =
  /^(?:hash(?!Map|tag)\w*|\w+Hash|encrypt\w*|\w*Encrypt(?:ion\w*|ed)?|bcrypt\w*|argon2\w*|scrypt\w*|pbkdf2\w*|createHmac|createCipheriv|randomBytes|randomUUID|randomInt|getRandomValues|nanoid|webcrypto|httpOnly|secure|sameSite|same_?site|rejectUnauthorized|timingSafeEqual|mask(?:Secret|Token)?\w*|redact\w*|omit(?:Secrets?|Password)\w*)$/i;

const isWord = (node: ts.Node): boolean => isIdentifier(node) && HIDES.test(node.text) && isCalled(node);

/** A change that takes the hash, the cipher or the cookie's flag from a secret that is still handled. */
export const protectionOfSecretsIsKept: Rule = {
  id: "protection-of-secrets-is-kept",
  requirement: "encryption",
  severity: "advisory",
  title: "What hid or hardened a secret still does",
  why: "The secret is stored, sent or made as before, and now whoever sees it can use it.",
  fix: "Put the hash, the cipher or the flag back, or say in the pull request what protects the secret now.",
  source: "CWE-311, CWE-256, CWE-614",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { accounts } from "./accounts.ts";
import { encrypt } from "./vault.ts";
export async function connect(id, refreshToken) {
  await accounts.update(id, { refreshToken: encrypt(refreshToken) }); // removed
  await accounts.update(id, { refreshToken }); // added
}
`,
    good: `import { accounts } from "./accounts.ts";
import { encrypt } from "./vault.ts";
export async function connect(id, refreshToken) {
  await accounts.update(id, { refreshToken: encrypt(refreshToken) }); // removed
  const sealed = encrypt(refreshToken); // added
  await accounts.update(id, { refreshToken: sealed }); // added
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) =>
      lostSafeguards(file, isWord).map(({ name, at }) => ({
        node: at,
        message: `The change takes \`${name}\` away here: what protected the secret no longer does. Protection elsewhere was not followed.`,
      })),
  },
};
