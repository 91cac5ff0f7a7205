import { ts } from "ts-morph";
import { isBinaryExpression, isCallExpression, isNumericLiteral, isPropertyAccessExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { bareText, formerOf, MOST_COMPARED, placeOf } from "../../../syntax/former-file.ts";
import { numberOf } from "../../../syntax/literals.ts";
import { responseSendOf, SEND_NAMES } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { BinaryExpression, NumericLiteral } = ts.SyntaxKind;

/** A change that answers the same failure with a success. */
export const errorStatusIsKept: Rule = {
  id: "error-status-is-kept",
  requirement: "error-responses",
  severity: "advisory",
  title: "An answer that had an error status still has one",
  why: "A failure under status 200 is a success to load balancers, retries, caches and alerts.",
  fix: "Put the status back.",
  source: "https://www.rfc-editor.org/rfc/rfc9110#name-status-codes",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `export function show(req, res) {
  if (!req.user) {
    res.status(401).json({ code: "signed-out" }); // removed
    res.json({ code: "signed-out" }); // added
    return;
  }
  res.json(req.user.profile);
}
`,
    good: `export function show(req, res) {
  if (!req.user) {
    res.status(401).json({ code: "signed-out" }); // removed
    res.status(403).json({ code: "signed-out" }); // added
    return;
  }
  res.json(req.user.profile);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const former = formerOf(file);
      if (!former) return [];
      const texts = new Set(answersOf(former).flatMap(({ text, status }) => (status >= 400 ? [text] : [])));
      if (texts.size === 0 || hasNewStatus(file, former)) return [];
      const now = answersOf(file);
      const left = new Set(now.flatMap(({ text, status }) => (status >= 400 ? [text] : [])));
      return now
        .filter(({ text, status }) => status < 400 && texts.has(text) && !left.has(text))
        .map(({ node, status }): Problem => ({
          node,
          message: `This answer had an error status before the change; now it is sent with ${status}.`,
        }));
    },
  },
};

interface Answer {
  readonly node: ts.Node;
  readonly status: number;
  /** Place and body. */
  readonly text: string;
}

function answersOf(file: SourceFacts): readonly Answer[] {
  const sends = SEND_NAMES.flatMap((name) => [...file.callsNamed(name), ...file.newsNamed(name)]);
  return sends.slice(0, MOST_COMPARED).flatMap((node): Answer[] => {
    const send = responseSendOf(node);
    if (!send?.body || send.status === null) return [];
    const status = send.status === 200 ? (statusBefore(node, file) ?? 200) : send.status;
    return [{ node: isCallExpression(node) ? node.expression : node, status, text: `${placeOf(node)} ${bareText(send.body)}` }];
  });
}

/** `res.statusCode = 401` right above, in the same block. */
function statusBefore(send: ts.Node, file: SourceFacts): number | null {
  const statement = send.parent;
  for (const node of file.nodes(BinaryExpression)) {
    if (!isBinaryExpression(node) || !isPropertyAccessExpression(node.left) || !/^(?:statusCode|status)$/.test(node.left.name.text))
      continue;
    if (node.parent.parent === statement.parent && node.end <= send.pos) return numberOf(node.right);
  }
  return null;
}

/** A number of the 400s or 500s, or a name for one, that the file did not write before: the status is set in another way. */
function hasNewStatus(file: SourceFacts, former: SourceFacts): boolean {
  const numbers = (facts: SourceFacts): readonly string[] =>
    facts.nodes(NumericLiteral).flatMap((node) => (isNumericLiteral(node) && /^[45]\d\d$/.test(node.text) ? [node.text] : []));
  return (
    numbers(file).length >= numbers(former).length ||
    [...file.names.keys()].some((name) => /status|error/i.test(name) && !former.names.has(name))
  );
}
