import { ts } from "ts-morph";
import { isBinaryExpression, isExpression, isIdentifier, isPropertyAccessExpression, isStringLiteralLike } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { databaseCallsOf } from "../../../syntax/database-calls.ts";
import { contains, enclosingFunction } from "../../../syntax/functions.ts";
import { isPaymentFile } from "../../../syntax/payment-calls.ts";
import { objectOf, propertyOf } from "../../../syntax/properties.ts";

const WRITES: readonly string[] = ["update", "updateOne", "updateMany", "findOneAndUpdate", "findByIdAndUpdate"];

/** A payment's status that is set whatever it was before. */
export const paymentStateIsGuarded: Rule = {
  id: "payment-state-is-guarded",
  requirement: "payment-states",
  severity: "advisory",
  title: "A payment's status is set only from the status it may leave",
  why: "A late event or a second worker sets paid after refunded, and the order ships.",
  fix: "Put the expected status into the condition of the update and look at how many rows changed.",
  source: "https://docs.stripe.com/payments/paymentintents/lifecycle",
  examples: {
    bad: `export async function markPaid(prisma, paymentId) {
  await prisma.payment.update({ where: { id: paymentId }, data: { status: "PAID" } });
}
`,
    good: `export async function markPaid(prisma, paymentId) {
  const { count } = await prisma.payment.updateMany({ where: { id: paymentId, status: "PENDING" }, data: { status: "PAID" } });
  if (count === 0) throw new Error("illegal transition");
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: WRITES,
    look: (_node, file) => {
      return databaseCallsOf(file)
        .filter((call) => WRITES.includes(call.verb))
        .filter((call) => PAYMENT.test(call.target) || (isPaymentFile(file) && /order|subscription/i.test(call.target)))
        .flatMap((call) => {
          const status = newStatus(call.node);
          const around = enclosingFunction(call.node);
          if (!status || (around && contains(around, readsStatus, true))) return [];
          return [
            {
              node: status,
              alsoTouches: [call.node],
              message: `\`${call.target}\` is set to ${status.getText(file.sourceFile)} whatever its status was; what calls this was not followed.`,
            },
          ];
        });
    },
  },
};

const STATUS_TEXT = /["'](?:paid|captured|refunded|settled|succeeded|completed|failed|authori[sz]ed|chargeback|disputed)["']/i;
const PAYMENT = /payment|charge|invoice|refund|payout|transaction|transfer/i;

/** The literal status in the data of an update whose condition names no status; null when there is none or it cannot be told. */
function newStatus(call: ts.CallExpression): ts.Expression | null {
  const [first, second] = call.arguments;
  const isPrisma = propertyOf(first, "data").state === "present";
  const data = isPrisma ? propertyOf(first, "data") : { state: "present" as const, value: second ?? first };
  const condition = isPrisma ? propertyOf(first, "where") : { state: "present" as const, value: second ? first : undefined };
  if (data.state !== "present" || condition.state !== "present" || !condition.value || !data.value) return null;
  if (!isExpression(condition.value) || !isExpression(data.value)) return null;
  const where = propertyOf(condition.value, "status", "state", "version", "AND", "OR");
  if (where.state !== "absent" || !objectOf(condition.value)) return null;
  const set = propertyOf(data.value, "$set");
  const status = propertyOf(
    set.state === "present" && isExpression(set.value) ? set.value : data.value,
    "status",
    "state",
    "paymentStatus",
  );
  return status.state === "present" && isStringLiteralLike(status.value) && STATUS_TEXT.test(status.value.getText()) ? status.value : null;
}

/** The function looks at a status, a transition or a lock before. */
function readsStatus(node: ts.Node): boolean {
  if (isPropertyAccessExpression(node)) return /status|state$/i.test(node.name.text) && isBinaryExpression(node.parent);
  return isIdentifier(node) && /transition|canTransition|assertState|guard|lock|FOR UPDATE|machine/i.test(node.text);
}
