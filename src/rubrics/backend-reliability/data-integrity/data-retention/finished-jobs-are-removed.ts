import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isSpreadAssignment,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { enclosingClass, nameText, unwrap } from "../../../syntax/functions.ts";
import { calleeName, originOf, receiverOf } from "../../../syntax/origin.ts";
import { objectOf, propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { CallExpression, NewExpression, ThisKeyword } = ts.SyntaxKind;

const NAMES = ["removeOnComplete", "removeOnFail"] as const;

/** A BullMQ or Bull queue whose finished jobs stay in Redis for good. */
export const finishedJobsAreRemoved: Rule = {
  id: "finished-jobs-are-removed",
  requirement: "data-retention",
  severity: "advisory",
  title: "Finished jobs do not stay in the queue's store",
  why: "Completed jobs keep their payload in Redis until its memory is full; then no job can be added, and personal data outlives its purpose.",
  fix: "Set `defaultJobOptions: { removeOnComplete: { age: 3600, count: 1000 }, removeOnFail: { age: 7 * 24 * 3600 } }` where the queue is made.",
  source: "https://docs.bullmq.io/guide/queues/auto-removal-of-jobs",
  needsWholeFile: true,
  examples: {
    bad: `import { Queue } from "bullmq";
export const receipts = new Queue("receipts", { connection });
`,
    good: `import { Queue } from "bullmq";
export const receipts = new Queue("receipts", {
  connection,
  defaultJobOptions: { removeOnComplete: { age: 3600, count: 1000 }, removeOnFail: { age: 7 * 24 * 3600 } },
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.NewExpression],
    words: ["bull", "bullmq"],
    look: (node, file) => {
      if (!isNewExpression(node) || !isIdentifier(node.expression)) return [];
      if (!/^bull(?:mq)?$/.test(file.imports.get(node.expression.text)?.from ?? "")) return [];
      const origin = originOf(node.expression, file);
      const isQueue = (origin.module === "bullmq" && origin.path[0] === "Queue") || (origin.module === "bull" && origin.path.length === 0);
      if (!isQueue || origin.creation) return [];
      const defaults = lookUp(node.arguments?.[1], "defaultJobOptions");
      if (defaults.state === "unknown") return [];
      if (defaults.state === "present" && NAMES.some((name) => lookUp(defaults.value, name).state !== "absent")) return [];
      if (isRemovedByWorker(file) || everyAddRemoves(file)) return [];
      return [
        {
          node: node.expression,
          alsoTouches: [node],
          message:
            "Finished jobs of this queue are never removed: `removeOnComplete` is not set here, and no job that this file adds sets it.",
        },
      ];
    },
  },
};

type Answer = ReturnType<typeof propertyOf>;

/** Like `propertyOf`, and follows `this.options` and its spread to the property's initializer in the same class. */
function lookUp(node: ts.Node | undefined, name: string, depth = 0): Answer {
  const e = node ? unwrap(node) : undefined;
  if (e && isPropertyAccessExpression(e) && e.expression.kind === ThisKeyword) {
    const value = fieldOf(e);
    return value && depth < 4 ? lookUp(value, name, depth + 1) : { state: "unknown" };
  }
  const literal = objectOf(e);
  if (!literal) return propertyOf(e, name);
  const answer = propertyOf(e, name);
  if (answer.state !== "unknown") return answer;
  const spreads = literal.properties.filter(isSpreadAssignment).map((p) => lookUp(p.expression, name, depth + 1));
  return spreads.find((s) => s.state === "present") ?? spreads.find((s) => s.state === "unknown") ?? { state: "absent" };
}

function fieldOf(access: ts.PropertyAccessExpression): ts.Expression | null {
  for (const part of enclosingClass(access)?.members ?? [])
    if (isPropertyDeclaration(part) && nameText(part.name) === access.name.text) return part.initializer ?? null;
  return null;
}

function isRemovedByWorker(file: SourceFacts): boolean {
  return file.nodes(NewExpression).some((node) => {
    if (!isNewExpression(node) || originOf(node.expression, file).path[0] !== "Worker") return false;
    return NAMES.some((name) => lookUp(node.arguments?.[2], name).state === "present");
  });
}

/** Every `queue.add(...)` of the file sets it itself, and there is one; or the file calls `clean` or `obliterate`. */
function everyAddRemoves(file: SourceFacts): boolean {
  const calls = file.nodes(CallExpression).filter((n) => isCallExpression(n));
  if (calls.some((call) => /^(?:clean|obliterate)$/.test(calleeName(call)) && receiverOf(call) !== null)) return true;
  const adds = calls.filter((call) => calleeName(call) === "add" && /queue/i.test(receiverOf(call)?.getText(file.sourceFile) ?? ""));
  return adds.length > 0 && adds.every((call) => call.arguments.some((a) => lookUp(a, "removeOnComplete").state === "present"));
}
