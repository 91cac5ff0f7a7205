import { ts } from "ts-morph";
import { isAwaitExpression, isCallExpression, isPropertyAccessExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { lastName } from "../../../syntax/database-calls.ts";
import { enclosingFunction } from "../../../syntax/functions.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import { outboundCallOf } from "../../../syntax/outbound-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { transactionAround, transactionsOf } from "../../../syntax/transactions.ts";
import { writtenTransactionAround, writtenTransactionsOf } from "../../../syntax/written-transactions.ts";

const REMOTE_MODULE =
  /^(?:stripe|@sendgrid\/mail|nodemailer|twilio|postmark|resend|mailgun\S*|@slack\/web-api|@aws-sdk\/client-\S+|openai|@paypal\/\S+|square|plaid|braintree|@octokit\/\S+|firebase-admin)$/;
const REMOTE_NAME = /^(?:stripe|mailer|mailClient|mailService|emailService|smtp|sendgrid|resend|twilio|s3|s3Client|openai|slack|octokit)$/i;

/** A call that leaves the process while a transaction holds its locks. */
export const transactionMakesNoOutboundCall: Rule = {
  id: "transaction-makes-no-outbound-call",
  requirement: "transactions",
  severity: "advisory",
  title: "No call leaves the process while a transaction is open",
  why: "Locks and a pooled connection are held for as long as the other side takes, and what it did is not undone when the transaction rolls back.",
  fix: "Call before the transaction, or write the intent to an outbox inside it and call after COMMIT.",
  source: "https://microservices.io/patterns/data/transactional-outbox.html",
  examples: {
    bad: `import axios from "axios";
export async function confirm(order) {
  await prisma.$transaction(async (tx) => {
    await tx.order.update({ where: { id: order.id }, data: { state: "confirmed" } });
    await axios.post("https://mail.example.com/send", { to: order.email });
  });
}
`,
    good: `export async function confirm(order) {
  await prisma.$transaction(async (tx) => {
    await tx.order.update({ where: { id: order.id }, data: { state: "confirmed" } });
    await tx.outbox.create({ data: { kind: "order-confirmed", orderId: order.id } });
  });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    when: (file) => transactionsOf(file).length > 0 || writtenTransactionsOf(file).length > 0,
    look: (node, file) => {
      if (!isCallExpression(node)) return [];
      const transaction = transactionAround(node, file);
      if (!transaction) return ofWritten(node, file);
      if (node === transaction.call || !isRemote(node, file)) return [];
      if (enclosingFunction(node) !== transaction.callback && !isAwaitExpression(node.parent)) return [];
      return [
        {
          node: node.expression,
          alsoTouches: [transaction.call.expression],
          message: `\`${calleeText(node, file)}\` leaves the process while the transaction is open: its locks last as long as the other side takes.`,
        },
      ];
    },
  },
};

/** Between `BEGIN` and `COMMIT`, where both are statements. */
function ofWritten(node: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const written = writtenTransactionAround(node, file);
  if (!written || !isAwaitExpression(node.parent) || enclosingFunction(node) !== enclosingFunction(written.begin)) return [];
  if (!isRemote(node, file)) return [];
  return [
    {
      node: node.expression,
      alsoTouches: [written.begin, written.commit],
      message: `\`${calleeText(node, file)}\` leaves the process between \`BEGIN\` and \`COMMIT\`: the locks last as long as the other side takes.`,
    },
  ];
}

function isRemote(node: ts.CallExpression, file: SourceFacts): boolean {
  if (outboundCallOf(node, file)) return true;
  const origin = calleeOf(node, file);
  const name = calleeName(node);
  if (
    !/^(?:send|sendMail|sendEmail|create|capture|confirm|cancel|update|refund|charge|post|postMessage|putObject|upload|deliver)$/.test(name)
  )
    return false;
  if (REMOTE_MODULE.test(origin.module ?? "")) return origin.path.length > 0;
  let e: ts.Node | null = receiverOf(node);
  while (e && isPropertyAccessExpression(e) && !REMOTE_NAME.test(lastName(e))) e = e.expression;
  return e !== null && REMOTE_NAME.test(lastName(e));
}
