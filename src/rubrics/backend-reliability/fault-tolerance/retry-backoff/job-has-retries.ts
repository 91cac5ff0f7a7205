import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { importsLike } from "../../../syntax/servers.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Bull, BullMQ and most job queues try a job once unless told otherwise. */
export const jobHasRetries: Rule = {
  id: "job-has-retries",
  requirement: "retry-backoff",
  severity: "advisory",
  title: "A queued job is tried more than once",
  why: "A job that runs once loses its work to the first dropped connection: the mail is not sent, the event is not delivered.",
  fix: 'Say how often and how far apart: `{ attempts: 5, backoff: { type: "exponential", delay: 1_000 } }`, on the job or as the queue\'s default.',
  source: "https://docs.bullmq.io/guide/retrying-failing-jobs",
  examples: {
    bad: `import { Queue } from "bullmq";
const mails = new Queue("mails", { connection });
export const welcome = (userId) => mails.add("welcome", { userId });
`,
    good: `import { Queue } from "bullmq";
const mails = new Queue("mails", { connection });
export const welcome = (userId) => mails.add("welcome", { userId }, { attempts: 5, backoff: { type: "exponential", delay: 1000 } });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression],
    callees: ["add", "Queue"],
    look: (node, file) => {
      if (isNewExpression(node)) return sharedQueue(node, file);
      if (!isCallExpression(node) || calleeName(node) !== "add" || node.arguments.length === 0) return [];
      const origin = calleeOf(node, file);
      const isBull = /^(?:bull|bullmq|bee-queue)$/.test(origin.module ?? "") && !origin.path.includes("Worker");
      if (!isBull && !isJobQueue(node, file)) return [];
      if (isBull && node.arguments[2] && !isObjectLiteralExpression(unwrap(node.arguments[2]))) return [];
      if (
        node.arguments.some((a) => ["present", "unknown"].includes(optionState(a, isBull))) ||
        hasDefault(origin.creation?.node ?? null) ||
        /defaultJobOptions/.test(file.text)
      )
        return [];
      return [
        {
          node: node.expression,
          alsoTouches: node.arguments,
          message: `\`${calleeText(node, file)}(...)\` queues a job that is tried once.`,
        },
      ];
    },
  },
};

/** A receiver called job queue whose type or module is one, and whose `add` takes the job's data first. */
function isJobQueue(call: ts.CallExpression, file: SourceFacts): boolean {
  const receiver = receiverOf(call);
  const e = receiver ? unwrap(receiver) : null;
  const name = e && isIdentifier(e) ? e.text : e && isPropertyAccessExpression(e) ? e.name.text : "";
  return /(?:job|task|mail|email|message)s?Queue$/i.test(name) && (importsLike(file, /queue/i) || /JobQueue|Queue</.test(file.text));
}

function optionState(argument: ts.Node, isBull: boolean): string {
  const e = unwrap(argument);
  if (!isObjectLiteralExpression(e)) return "absent";
  const answer = propertyOf(e, "attempts", "retries", "retry", "retryLimit");
  return answer.state === "unknown" && !isBull ? "absent" : answer.state;
}

function hasDefault(creation: ts.CallExpression | ts.NewExpression | null): boolean {
  return creation?.arguments?.some((a) => propertyOf(a, "defaultJobOptions").state !== "absent" && !isStringLiteralLike(a)) ?? false;
}

/** A queue of BullMQ that this file only makes for others: each of them must remember the attempts, or none has any. */
function sharedQueue(node: ts.NewExpression, file: SourceFacts): readonly Problem[] {
  const origin = calleeOf(node, file);
  if (origin.module !== "bullmq" || origin.path.join(".") !== "Queue" || hasDefault(node)) return [];
  if (node.arguments?.[1] && !isObjectLiteralExpression(unwrap(node.arguments[1]))) return [];
  const isExported = isVariableDeclaration(node.parent) && node.parent.parent.parent.getText(file.sourceFile).startsWith("export ");
  if (!isExported || file.callsNamed("add").length > 0) return [];
  return [
    {
      node: node.expression,
      alsoTouches: node.arguments ?? [],
      message: "Jobs of this queue are tried once unless each `add` says otherwise: the queue has no `defaultJobOptions`.",
    },
  ];
}
