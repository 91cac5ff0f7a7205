import { ts } from "ts-morph";
import { isClassDeclaration, isIdentifier, isMethodDeclaration, isNewExpression, isParameter, isTypeReferenceNode } from "./guards.ts";
import { decoratorName, decorators } from "./decorators.ts";
import { functionOf, isFunction, nameText } from "./functions.ts";
import { callsLike, namesLike } from "./named-calls.ts";
import { calleeOf, originOf, receiverOf } from "./origin.ts";
import { propertyOf } from "./properties.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

const { MethodDeclaration, NewExpression, Parameter } = ts.SyntaxKind;

/** A function that is handed messages of a queue. */
export interface Consumer {
  /** Small node to annotate. */
  readonly anchor: ts.Node;
  readonly handler: ts.Node | null;
  readonly system: "bullmq" | "kafka" | "amqp" | "sqs" | "pubsub" | "nest" | "other";
}

/** The consumers that a file starts or declares, in source order: BullMQ, Bull, KafkaJS, amqplib, SQS handlers, Pub/Sub, pg-boss, NestJS decorators. */
export const consumersOf = perFile((file): readonly Consumer[] =>
  [...workers(file), ...calls(file), ...nestMethods(file)].toSorted((a, b) => a.anchor.pos - b.anchor.pos),
);

/** true when the file starts or declares a consumer: for `when`. */
export function hasConsumers(file: SourceFacts): boolean {
  return consumersOf(file).length > 0;
}

function workers(file: SourceFacts): Consumer[] {
  if (!file.names.has("bullmq")) return [];
  return file.nodes(NewExpression).flatMap((node): Consumer[] => {
    if (!isNewExpression(node) || !isIdentifier(node.expression)) return [];
    if (file.imports.get(node.expression.text)?.from !== "bullmq") return [];
    const origin = originOf(node.expression, file);
    return origin.module === "bullmq" && origin.path[0] === "Worker"
      ? [{ anchor: node.expression, handler: node.arguments?.[1] ?? null, system: "bullmq" }]
      : [];
  });
}

const CONSUMING = ["run", "consume", "process", "work", "on"];
const consumingCalls = callsLike(CONSUMING);

function calls(file: SourceFacts): Consumer[] {
  if (consumingCalls(file).length === 0) return [];
  return CONSUMING.flatMap((name) =>
    file.callsNamed(name).flatMap((node): Consumer[] => {
      const module = calleeOf(node, file).module ?? "";
      const receiver = receiverOf(node)?.getText(file.sourceFile).slice(-40) ?? "";
      if (name === "run" && (module === "kafkajs" || /consumer$/i.test(receiver))) {
        const each = propertyOf(node.arguments[0], "eachMessage", "eachBatch");
        return each.state === "present" ? [{ anchor: node.expression, handler: each.value, system: "kafka" }] : [];
      }
      const last = node.arguments.findLast((a) => functionOf(a) !== null) ?? null;
      if (!last) return [];
      if (name === "consume" && (/amqp/.test(module) || /channel$/i.test(receiver)))
        return [{ anchor: node.expression, handler: last, system: "amqp" }];
      if (name === "process" && (module === "bull" || /queue$/i.test(receiver)))
        return [{ anchor: node.expression, handler: last, system: "bullmq" }];
      if (name === "work" && (module === "pg-boss" || /boss$/i.test(receiver)))
        return [{ anchor: node.expression, handler: last, system: "other" }];
      if (name === "on" && /subscription$/i.test(receiver)) return [{ anchor: node.expression, handler: last, system: "pubsub" }];
      return [];
    }),
  );
}

/** Names without which no parameter and no decorator makes a consumer. */
const DECLARED = [
  "SQSEvent",
  "SNSEvent",
  "KinesisStreamEvent",
  "MSKEvent",
  "EventPattern",
  "MessagePattern",
  "Process",
  "RabbitSubscribe",
  "SqsMessageHandler",
  "OnQueueEvent",
  "Processor",
];

const mayDeclare = namesLike(DECLARED);

function nestMethods(file: SourceFacts): Consumer[] {
  if (!mayDeclare(file)) return [];
  const sqs = file.nodes(Parameter).flatMap((node): Consumer[] => {
    if (
      !isParameter(node) ||
      !isFunction(node.parent) ||
      !node.type ||
      !isTypeReferenceNode(node.type) ||
      !isIdentifier(node.type.typeName) ||
      !/^(?:SQSEvent|SNSEvent|KinesisStreamEvent|MSKEvent)$/.test(node.type.typeName.text)
    )
      return [];
    return [{ anchor: node, handler: node.parent, system: "sqs" }];
  });
  const methods = file.nodes(MethodDeclaration).flatMap((node): Consumer[] => {
    if (!isMethodDeclaration(node)) return [];
    const mark = decorators(node).find((d) =>
      /^(?:EventPattern|MessagePattern|Process|RabbitSubscribe|SqsMessageHandler|OnQueueEvent)$/.test(decoratorName(d)),
    );
    if (mark) return [{ anchor: mark, handler: node, system: "nest" }];
    const isProcessor = isClassDeclaration(node.parent) && decorators(node.parent).some((d) => decoratorName(d) === "Processor");
    return isProcessor && nameText(node.name) === "process" ? [{ anchor: node.name, handler: node, system: "nest" }] : [];
  });
  return [...sqs, ...methods];
}
