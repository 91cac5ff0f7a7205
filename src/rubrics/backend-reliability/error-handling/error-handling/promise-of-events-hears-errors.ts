import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains, functionOf, isAsync, unwrap, walk, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const LISTENS: ReadonlySet<string> = new Set(["on", "once", "addListener", "prependListener"]);
/** Events that tell of an end or a beginning that may also fail. */
const DONE = /^(?:finish|end|open|listening|ready|connect|secureConnect)$/;
/** What is read of an answer in hand, and what a program prints: who made the request, or started it, hears the failure. */
const IN_HAND =
  /(?:^|\.)(?:res|response|req|request|incoming|message|msg|stdout|stderr|stdin|body|process|parentPort|rl|window|document)$/i;

/** `new Promise((resolve) => stream.on("finish", resolve))`: nobody listens to what goes wrong. */
export const promiseOfEventsHearsErrors: Rule = {
  id: "promise-of-events-hears-errors",
  requirement: "error-handling",
  severity: "advisory",
  title: "A promise that waits for an event also hears the error",
  why: "An `error` event that nobody listens to ends the process; where somebody else listens, the promise never settles, and who waits for it waits for good.",
  fix: 'Listen to both: `stream.on("error", reject)` beside `stream.on("finish", resolve)`, or use `pipeline`, `finished` or `once` of Node.',
  source: "https://nodejs.org/api/events.html#eventsonceemitter-name-options",
  examples: {
    bad: `import { bucket } from "./bucket.ts";
export function store(id, body) {
  return new Promise((resolve) => {
    const upload = bucket.openUploadStream(id);
    upload.once("finish", () => resolve(id));
    upload.end(body);
  });
}
`,
    good: `import { bucket } from "./bucket.ts";
export function store(id, body) {
  return new Promise((resolve, reject) => {
    const upload = bucket.openUploadStream(id);
    upload.once("error", reject);
    upload.once("finish", () => resolve(id));
    upload.end(body);
  });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.NewExpression],
    callees: ["Promise"],
    look: (node, file) => {
      const executor = isNewExpression(node) ? functionOf(node.arguments?.[0]) : null;
      const resolve = executor?.parameters[0]?.name;
      if (!executor?.body || isAsync(executor) || !resolve || !isIdentifier(resolve) || executor.getSourceFile() !== file.sourceFile)
        return [];
      const calls = callsIn(executor);
      const heard = new Set(calls.filter((call) => eventOf(call) === "error").map((call) => emitterText(call, file)));
      return calls.filter((call) => settles(call, resolve.text)).flatMap((call) => problemOf(call, heard, executor, file));
    },
  },
};

function callsIn({ body }: FunctionWithBody): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  if (body)
    walk(
      body,
      (node) => {
        if (isCallExpression(node)) found.push(node);
      },
      true,
    );
  return found;
}

/** The event that a call listens to; null when it is no such call. */
function eventOf(call: ts.CallExpression): string | null {
  const event = call.arguments[0];
  return LISTENS.has(calleeName(call)) && event && isStringLiteralLike(event) ? event.text : null;
}

/** `x.on("finish", resolve)` and `x.listen(port, () => resolve())`. */
function settles(call: ts.CallExpression, resolve: string): boolean {
  const isListening = calleeName(call) === "listen" && call.arguments.length > 1;
  if (!isListening && !DONE.test(eventOf(call) ?? "")) return false;
  const last = call.arguments.at(-1);
  return last !== undefined && contains(last, (n) => isIdentifier(n) && n.text === resolve, true);
}

/** What a chain of calls begins with: `upload` of `upload.on(...).on`. */
function emitterText(call: ts.CallExpression, file: SourceFacts): string {
  let e: ts.Node = receiverOf(call) ?? call;
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression) && LISTENS.has(e.expression.name.text))
    e = unwrap(e.expression.expression);
  return e.getText(file.sourceFile).replace(/\s+/g, "");
}

function problemOf(call: ts.CallExpression, heard: ReadonlySet<string>, executor: FunctionWithBody, file: SourceFacts): readonly Problem[] {
  const emitter = emitterText(call, file);
  if (emitter === "" || IN_HAND.test(emitter) || heard.has(emitter) || isHeardElsewhere(emitter, file) || gathersErrors(executor))
    return [];
  const name = emitter.length > 40 ? `${emitter.slice(0, 37)}...` : emitter;
  const what = calleeName(call) === "listen" ? "begins to listen" : `emits \`${eventOf(call) ?? ""}\``;
  return [
    { node: call.expression, message: `This promise waits until \`${name}\` ${what} and hears no \`error\` of it: it may never settle.` },
  ];
}

/** A listener that the file adds to an emitter of this name in another function. */
function isHeardElsewhere(emitter: string, file: SourceFacts): boolean {
  return [...LISTENS].some((name) =>
    file.callsNamed(name).some((call) => eventOf(call) === "error" && emitterText(call, file) === emitter),
  );
}

/** `pipeline` and `finished` hear for everyone that they are handed. */
function gathersErrors({ body }: FunctionWithBody): boolean {
  return body !== undefined && contains(body, (n) => isCallExpression(n) && /^(?:pipeline|finished|pump|eos)$/.test(calleeName(n)), true);
}
