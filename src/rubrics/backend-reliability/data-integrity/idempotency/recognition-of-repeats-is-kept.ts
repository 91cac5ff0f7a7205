import { ts } from "ts-morph";
import { isIdentifier, isShorthandPropertyAssignment, isStringLiteralLike } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { isCalled, lostSafeguards } from "../../../syntax/lost-safeguards.ts";

/** Tells that something was done before. */
const RECOGNISES =
  /idempoten|dedup|^(?:jobId|messageId|eventId|uniqueKey|singletonKey|NX|setnx|alreadyProcessed|isProcessed|wasProcessed|processedAt)$|already_?(?:processed|handled|sent|exists|seen|done)|duplicate/i;
/** Words that name a thing as often as they recognise it. */
const PLAIN = /^(?:jobId|messageId|eventId|uniqueKey|singletonKey|processedAt)$/;

const isWord = (node: ts.Node): boolean =>
  isIdentifier(node)
    ? RECOGNISES.test(node.text) && (!PLAIN.test(node.text) || isCalled(node) || isShorthandPropertyAssignment(node.parent))
    : isStringLiteralLike(node) && /^(?:Idempotency-Key|NX|PayPal-Request-Id)$/i.test(node.text);

/** A change that takes the key or the look for an earlier one from work that is still done. */
export const recognitionOfRepeatsIsKept: Rule = {
  id: "recognition-of-repeats-is-kept",
  requirement: "idempotency",
  severity: "advisory",
  title: "What recognised a repeat still does",
  why: "Messages come twice and clients try again: what was done once is now done as often as it is asked.",
  fix: "Put the key or the look for the earlier one back, or say in the pull request what recognises a repeat now.",
  source: "https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { mails } from "./mails.ts";
export async function remind(order) {
  await mails.send(
    { to: order.email, template: "reminder" },
    { idempotencyKey: \`reminder/\${order.id}\` }, // removed
  );
}
`,
    good: `import { mails } from "./mails.ts";
export async function remind(order) {
  const options = { idempotencyKey: \`reminder/\${order.id}\` }; // added
  await mails.send(
    { to: order.email, template: "reminder" },
    { idempotencyKey: \`reminder/\${order.id}\` }, // removed
    options, // added
  );
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) =>
      lostSafeguards(file, isWord).map(({ name, at }) => ({
        node: at,
        message: `The change takes \`${name}\` away here: what recognised a repeat no longer does. Another place that does was not followed.`,
      })),
  },
};
