import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { lastName } from "../../../syntax/database-calls.ts";
import { nameText, unwrap } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeName, originOf, receiverOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { isRequestObject } from "../../../syntax/requests.ts";
import { callsLike } from "../../../syntax/named-calls.ts";
import { perFile } from "../../../syntax/per-file.ts";
import { mayComeFrom } from "../../../syntax/module-reach.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { NewExpression } = ts.SyntaxKind;

/** Labels whose values are as many as there are requests or people. */
const UNBOUNDED_NAME =
  /^(?:user|customer|account|session|request|correlation|trace|span|order|payment|invoice|transaction|message|job|document|visitor|device)_?ids?$|^(?:e_?mail|uuid|guid|ip|ip_?address|client_?ip|remote_?addr(?:ess)?|token|timestamp|user_?name|phone|full_?url|original_?url)$/i;
const RECORDS = /^(?:inc|dec|set|observe|startTimer|labels|add|record|increment|decrement|gauge|histogram|timing|distribution|count)$/;
const METRIC_NAME = /(?:counter|gauge|histogram|summary|metrics?|statsd|meter|timer|duration|total|latency|dogstatsd)$/i;
const MAKERS = /^(?:Counter|Gauge|Histogram|Summary)$/;

/** A metric label that takes a new value with every user, request or address. */
export const metricLabelsAreBounded: Rule = {
  id: "metric-labels-are-bounded",
  requirement: "key-metrics",
  severity: "blocking",
  title: "A metric's labels have few values",
  why: "Every new value of a label is a new time series for good: with user ids or raw URLs the process's memory and the metrics server grow until one of them dies.",
  fix: "Label by route template, method, status class or another small set; put ids into logs and traces, where they can be searched.",
  source: "https://prometheus.io/docs/practices/naming/#labels",
  examples: {
    bad: `import { Counter } from "prom-client";
export const logins = new Counter({ name: "logins_total", help: "Logins", labelNames: ["user_id", "outcome"] });
`,
    good: `import { Counter } from "prom-client";
export const logins = new Counter({ name: "logins_total", help: "Logins", labelNames: ["method", "outcome"] });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: (file) => mayDefine(file) || recordings(file).length > 0,
    look: (_node, file) => [
      ...(mayDefine(file) ? file.nodes(NewExpression).flatMap((node) => (isNewExpression(node) ? ofDefinition(node, file) : [])) : []),
      ...recordings(file).flatMap((node) => ofRecording(node, file)),
    ],
  },
};

const recordings = callsLike((name) => RECORDS.test(name));
const mayDefine = perFile((file) => mayComeFrom(file, (module) => module === "prom-client"));

/** `new Counter({ labelNames: ["user_id"] })` of prom-client. */
function ofDefinition(node: ts.NewExpression, file: SourceFacts): readonly Problem[] {
  const origin = originOf(node.expression, file);
  if (origin.module !== "prom-client" || !MAKERS.test(origin.path.at(-1) ?? "")) return [];
  const labels = propertyOf(node.arguments?.[0], "labelNames");
  const list = labels.state === "present" ? unwrap(labels.value) : null;
  if (!list || !isArrayLiteralExpression(list)) return [];
  return list.elements.flatMap((element) => {
    const name = stringOf(element);
    return name !== null && UNBOUNDED_NAME.test(name)
      ? [{ node: element, message: `The label \`${name}\` takes a new value with every one there is: each is a time series for good.` }]
      : [];
  });
}

/** `requests.inc({ path: req.originalUrl })`, `counter.add(1, { userId })`, `statsd.increment("x", 1, [...])`. */
function ofRecording(node: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const method = calleeName(node);
  const receiver = receiverOf(node);
  if (!receiver || !takesLabels(node, method) || !isMetric(receiver, file)) return [];
  const positional = method === "labels" ? node.arguments.filter((a) => isRawRequest(a)) : [];
  const objects = node.arguments.map((a) => unwrap(a)).filter((a) => isObjectLiteralExpression(a));
  const named = objects.flatMap((o) => [...o.properties]).filter((p) => isUnboundedLabel(p));
  return [...positional, ...named].map((label) => ({
    node: label,
    message: `\`${label.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60)}\` gives this metric a new time series with every value.`,
  }));
}

/** A quick look before the receiver is followed: most calls of these names are of sets and maps. */
function takesLabels(node: ts.CallExpression, method: string): boolean {
  return method === "labels" || node.arguments.some((a) => isObjectLiteralExpression(unwrap(a)));
}

function isMetric(receiver: ts.Expression, file: SourceFacts): boolean {
  const e = unwrap(receiver);
  if (isCallExpression(e) && calleeName(e) === "labels") return false;
  const origin = originOf(e, file);
  if (
    /^(?:prom-client|@opentelemetry\/api|@opentelemetry\/sdk-metrics|hot-shots|node-statsd|datadog-metrics|@willsoto\/nestjs-prometheus)$/.test(
      origin.module ?? "",
    )
  )
    return true;
  const isClosed = origin.module !== null && !/^[.@~#/]/.test(origin.module);
  return (
    !isClosed &&
    METRIC_NAME.test(lastName(e)) &&
    /prom-client|opentelemetry|statsd|hot-shots|datadog|prometheus|metrics?/i.test([...file.imports.values()].map((i) => i.from).join(" "))
  );
}

function isUnboundedLabel(property: ts.ObjectLiteralElementLike): boolean {
  if (isSpreadAssignment(property) || !property.name) return false;
  const name = nameText(property.name);
  if (isShorthandPropertyAssignment(property)) return UNBOUNDED_NAME.test(name);
  if (!isPropertyAssignment(property)) return false;
  const value = unwrap(property.initializer);
  if (isStringLiteralLike(value) || isNumericLiteral(value)) return false;
  return isRawRequest(value) || (UNBOUNDED_NAME.test(name) && !isConditionalExpression(value) && !isCallExpression(value));
}

/** `req.url`, `req.originalUrl`, `req.path`, `req.ip`: as many values as there are addresses. `req.route.path` is a template. */
function isRawRequest(node: ts.Node): boolean {
  const e = unwrap(node);
  if (isBinaryExpression(e)) return isRawRequest(e.left);
  return isPropertyAccessExpression(e) && /^(?:url|originalUrl|path|ip)$/.test(e.name.text) && isRequestObject(e.expression);
}
