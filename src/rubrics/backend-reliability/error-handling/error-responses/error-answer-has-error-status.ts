import { ts } from "ts-morph";
import {
  isBlock,
  isCallExpression,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { errorReceiverOf } from "../../../syntax/catches.ts";
import { isFunction, nameText, unwrap } from "../../../syntax/functions.ts";
import { SEND_NAMES, responseSendOf } from "../../../syntax/requests.ts";

const { FalseKeyword, NullKeyword } = ts.SyntaxKind;

/** A catch that answers with a success status: monitors, retries and callers all take the failure for a success. */
export const errorAnswerHasErrorStatus: Rule = {
  id: "error-answer-has-error-status",
  requirement: "error-responses",
  severity: "blocking",
  title: "A failure is answered with an error status",
  why: "A failure under status 200 is a success to load balancers, retries, caches and alerts: nobody notices until a customer does.",
  fix: "Set the status that fits: 400, 401, 403, 404, 409 or 422 for the caller's faults, 500 or 503 for ours.",
  source: "https://www.rfc-editor.org/rfc/rfc9110#name-status-codes",
  examples: {
    bad: `import express from "express";
const app = express();
app.post("/orders", async (req, res) => {
  try {
    res.json(await orders.create(req.order));
  } catch (error) {
    res.json({ error: "could not create the order" });
  }
});
`,
    good: `import express from "express";
const app = express();
app.post("/orders", async (req, res) => {
  try {
    res.json(await orders.create(req.order));
  } catch (error) {
    res.status(500).json({ error: "could not create the order" });
  }
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression],
    callees: SEND_NAMES,
    look: (node, file) => {
      const send = responseSendOf(node);
      if (!send?.body || send.status === null || send.status >= 300 || !saysError(send.body)) return [];
      const isCaught = isInCatch(node);
      if (isCaught && statusIsSetNearby(node, file.sourceFile)) return [];
      if (!isCaught && (isNewExpression(node) || statusIsSetNearby(node, file.sourceFile))) return [];
      const anchor = isCallExpression(node) ? node.expression : node;
      return [
        {
          node: anchor,
          alsoTouches: [send.body],
          habit: "failures as successes",
          severity: isCaught ? "blocking" : "advisory",
          message: `A failure is answered with status ${send.status}.`,
        },
      ];
    },
  },
};

/** The body is an object that names an error, or says that it did not succeed. */
function saysError(body: ts.Node): boolean {
  const e = unwrap(body);
  if (!isObjectLiteralExpression(e)) return false;
  return e.properties.some((property) => {
    const name = nameText(property.name);
    if (!isPropertyAssignment(property)) return /^(?:error|err)$/.test(name) && isShorthandPropertyAssignment(property);
    const value = unwrap(property.initializer);
    if (/^(?:success|ok)$/.test(name)) return value.kind === FalseKeyword;
    return (
      /^(?:error|err|errorMessage)$/.test(name) &&
      value.kind !== NullKeyword &&
      value.kind !== FalseKeyword &&
      value.getText() !== "undefined"
    );
  });
}

function isInCatch(node: ts.Node): boolean {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (errorReceiverOf(up)) return true;
    if (isFunction(up)) return false;
  }
  return false;
}

/** `res.status(500)` or `res.statusCode = 500` as a statement of its own in the same block. */
function statusIsSetNearby(node: ts.Node, sourceFile: ts.SourceFile): boolean {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent)
    if (isBlock(up))
      return /\.\s*(?:status|code|writeHead|sendStatus)\s*\(|statusCode\s*=|\.status\s*=/.test(
        up.getText(sourceFile).slice(0, node.getStart(sourceFile) - up.getStart(sourceFile)),
      );
  return false;
}
