import type { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLike,
  isTemplateHead,
} from "./guards.ts";
import { databaseCallOf } from "./database-calls.ts";
import { walk } from "./functions.ts";
import { calleeName, receiverOf } from "./origin.ts";
import { outboundCallOf } from "./outbound-calls.ts";
import type { SourceFacts } from "./source-facts.ts";

/** Words that show that a repeat is recognised somewhere below. */
const ONCE =
  /idempot|dedup|dedupe|duplicate|alreadyProcessed|already_processed|alreadyHandled|isProcessed|wasProcessed|markProcessed|processedEvents?|processed_events?|processedAt|processed_at|seenEvents?|hasSeen|setnx|^NX$|onConflict|on_conflict|doNothing|upsert|findOrCreate|skipDuplicates|orIgnore|P2002|^23505$|^11000$|eventId|event_id|messageId|message_id|deliveryId|deliveryTag$|webhookEvents?|inbox|redlock|claimEvent|insertIgnore|jobId|lastEventId|ReceiveCount$/i;

/** true when anything below the node speaks of recognising a repeat. */
export function recognisesRepeats(root: ts.Node): boolean {
  let isFound = false;
  walk(
    root,
    (node) => {
      if (isFound) return false;
      if ((isIdentifier(node) || isStringLiteralLike(node) || isNumericLiteral(node)) && ONCE.test(node.text.slice(0, 2000)))
        isFound = true;
      if (isTemplateHead(node) && /on conflict|insert ignore/i.test(node.text)) isFound = true;
      if (
        isPropertyAccessExpression(node) &&
        node.name.text === "id" &&
        /^(?:event|evt|webhookEvent|message|msg)$/.test(node.expression.getText())
      )
        isFound = true;
      return !isFound;
    },
    true,
  );
  return isFound;
}

/**
 * The first call below a node whose repetition changes something a second time: an insert, an increment, a mail, an outbound POST.
 * Setting a column to a given value is not one. null when there is none.
 */
export function firstRepeatableEffect(root: ts.Node, file: SourceFacts): ts.CallExpression | null {
  let found: ts.CallExpression | null = null;
  walk(
    root,
    (node) => {
      if (found) return false;
      if (isCallExpression(node) && isRepeatable(node, file)) found = node;
      return found === null;
    },
    true,
  );
  return found;
}

function isRepeatable(node: ts.CallExpression, file: SourceFacts): boolean {
  const call = databaseCallOf(node, file);
  if (call)
    return (
      call.kind === "write" &&
      (/^(?:create|createMany|insert|insertInto|insertOne|insertMany|increment|decrement|bulkCreate)$/.test(call.verb) || addsUp(node))
    );
  const outbound = outboundCallOf(node, file);
  if (outbound) return outbound.method === "POST";
  const name = calleeName(node);
  if (
    /^(?:sendMail|sendEmail|sendSms|sendReceipt|sendInvoice|chargeCustomer|charge|refund|creditAccount|addCredits|grantCredits|debit)$/.test(
      name,
    )
  )
    return true;
  const receiver = receiverOf(node)?.getText(file.sourceFile) ?? "";
  return (
    /^(?:send|charge|credit)$/.test(name) && /mail|sms|sendgrid|resend|twilio|payment|billing|wallet|ledger/i.test(receiver.slice(-40))
  );
}

/** `{ credits: { increment: 5 } }`, `{ $inc: { ... } }`. */
function addsUp(node: ts.CallExpression): boolean {
  let isFound = false;
  walk(node, (n) => {
    if (isPropertyAssignment(n) && /^["']?(?:increment|decrement|\$inc|\$push)["']?$/.test(n.name.getText())) isFound = true;
  });
  return isFound;
}
