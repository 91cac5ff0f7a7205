import { ts } from "ts-morph";
import {
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calledFunction, calleeText, isReceiverAwaited, neverRejects, promiseAnswer } from "../../../syntax/async-calls.ts";
import { hasRejectionHandler } from "../../../syntax/catches.ts";
import {
  contains,
  enclosingFunction,
  functionName,
  isAsync,
  isFunction,
  unwrap,
  type FunctionWithBody,
  isPromiseFunction,
} from "../../../syntax/functions.ts";
import { ownerAwaitedElsewhere } from "../../../syntax/awaited-owners.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { AwaitExpression } = ts.SyntaxKind;

/**
 * A promise that nobody waits for and whose rejection nobody hears. `void` and `.catch` are statements of intent and left alone, as are
 * calls at the top level (a start-up failure should end the process) and functions whose whole body stands in a try.
 */
export const promiseIsAwaited: Rule = {
  id: "promise-is-awaited",
  requirement: "error-handling",
  severity: "blocking",
  title: "A promise is awaited, returned or given a rejection handler",
  why: "A dropped promise that rejects ends a Node process (unhandledRejection), and until then the answer goes out before the work is done.",
  fix: "`await` it, return it, or hand it on with `.catch(...)` that logs; mark a deliberate background task with `void` and a handler.",
  source: "https://nodejs.org/api/process.html#event-unhandledrejection",
  examples: {
    bad: `async function recordVisit(id) {
  await db.query("INSERT INTO visits (id) VALUES ($1)", [id]);
}

export async function show(req, res) {
  recordVisit(req.params.id);
  res.json({ ok: true });
}
`,
    good: `async function recordVisit(id) {
  await db.query("INSERT INTO visits (id) VALUES ($1)", [id]);
}

export async function show(req, res) {
  await recordVisit(req.params.id);
  res.json({ ok: true });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.ExpressionStatement],
    look: (node, file) => {
      if (isExpressionStatement(node)) {
        const call = unwrap(node.expression);
        return node.expression.kind !== AwaitExpression && isCallExpression(call) && enclosingFunction(node) !== null
          ? dropped(call, file)
          : [];
      }
      return [];
    },
  },
};

function dropped(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (hasRejectionHandler(call)) return [];
  const name = calleeName(call);
  if (name === "catch" && call.arguments.length === 0)
    return [{ node: call, message: "`.catch()` without a function handles nothing: a rejection passes through it and is unhandled." }];
  if (name === "then" || name === "finally") return chained(call, calleeText(call, file), file);
  const callee = unwrap(call.expression);
  if (isFunction(callee))
    return isAsync(callee) && !neverRejects(callee, file)
      ? [{ node: call, message: "This async function is called and dropped: what it throws is unhandled." }]
      : [];
  const fn = calledFunction(call, file);
  if (fn && ((!isPromiseFunction(fn) && !handsOnACall(fn)) || neverRejects(fn, file))) return [];
  const answer = promiseAnswer(call, file);
  if (answer === "surely")
    return [{ node: call, message: `\`${calleeText(call, file)}(...)\` gives a promise that is neither awaited nor handled.` }];
  if (answer === "awaited-elsewhere" && name === "register") return [];
  if (answer === "awaited-elsewhere")
    return [
      {
        node: call,
        severity: isEffect(name) ? "blocking" : "advisory",
        message: `\`${calleeText(call, file)}(...)\` is awaited elsewhere in this file, here its promise is dropped.`,
      },
    ];
  if (looksLikeIo(call, name, file))
    return [
      {
        node: call,
        severity: "advisory",
        message: `\`${calleeText(call, file)}(...)\` looks like a write over the network; if it gives a promise, nobody waits for it or hears its failure.`,
      },
    ];
  const owner = isSaidToBeDropped(call, file) ? null : ownerAwaitedElsewhere(call, name, file);
  if (owner !== null)
    return [
      {
        node: call,
        severity: "advisory",
        message: `The file waits for what \`${owner}\` does everywhere else; \`${calleeText(call, file)}(...)\` is dropped here, and if it gives a promise, so is its failure.`,
      },
    ];
  return [];
}

/** A function that is not async may still return the promise of a call. */
function handsOnACall(fn: FunctionWithBody): boolean {
  if (!fn.body || !isBlock(fn.body)) return true;
  return contains(fn.body, (n) => isReturnStatement(n) && n.expression !== undefined && isCallExpression(unwrap(n.expression)));
}

/** `source.then(...)` as a statement. Builders of the form `when(...).then(...)` are no promises; a race with the process's end needs no handler. */
function chained(call: ts.CallExpression, text: string, file: SourceFacts): readonly Problem[] {
  const source = receiverOf(call);
  const made = source ? rootCall(source) : null;
  if (source && !made && calleeName(call) === "finally" && !isCallExpression(unwrap(source)))
    return [
      {
        node: call,
        severity: "advisory",
        message: `\`${shortChain(text)}\` makes another promise, which rejects as the first one does: nobody hears that.`,
      },
    ];
  if (!made || calleeName(made) === "when" || /process\.exit|allSettled/.test(call.getText(file.sourceFile))) return [];
  const severity = promiseAnswer(made, file) === "unknown" ? "advisory" : "blocking";
  return [{ node: call, severity, message: `\`${shortChain(text)}\` has no \`.catch\`: a rejection is unhandled.` }];
}

/** The call at the root of a chain of then and finally; null when it is no call. */
function rootCall(source: ts.Node): ts.CallExpression | null {
  let e = unwrap(source);
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression) && ["then", "finally"].includes(e.expression.name.text))
    e = unwrap(e.expression.expression);
  return isCallExpression(e) && !/^(?:cy|\$|jQuery)\b/.test(e.getText().slice(0, 10)) ? e : null;
}

function shortChain(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

function isEffect(name: string): boolean {
  return EFFECT.test(name);
}

const EFFECT =
  /^(?:save|store|insert|create|update|upsert|delete|remove|send|publish|enqueue|add|put|upload|persist|notify|record|charge|refund|post|patch)/;
/** What is sent to people over the network, whoever sends it. */
const SENDS = /^(?:send|deliver|dispatch)\w{0,40}(?:E?[mM]ails?|Notifications?|S[mM][sS]|Webhooks?)$/;
/** Own modules that keep things in a database, a queue or a store. */
const STORE_MODULE =
  /^[.@~#](?:.*\/)?(?:models?|services?|repositor(?:y|ies)|daos?|db|database|quer(?:y|ies)|queues?|jobs?|mail(?:er)?s?|emails?|notifications?|stores?|mutations?)(?:\/[^/]+|\.[cm]?[jt]s)?$|(?:Model|Service|Repository|Store|Queue|Dao)(?:\.[cm]?[jt]s)?$/;
const REMOTE_EFFECT =
  /^(?:save|store|insert|upsert|send|publish|enqueue|upload|putObject|persist|notify|track|charge|refund|dispatchEmail|trigger)(?=[A-Z]|$)|^(?:remove|delete|purge)(?:Files?|Folder|Directory|Object|Asset|Image|Avatar|Domain|Account|User|Record|Bucket|Backup)s?(?=[A-Z]|$)|^run[A-Z]\w{0,30}(?:Backup|Job|Migrations?|Import|Export|Sync)$/;
const REMOTE_NAME =
  /(?:service|repo|repository|store|storage|client|queue|mailer|bus|gateway|api|s3|sqs|sns|producer|publisher|prisma|db)$/i;
/** Work of an injected collaborator whose other methods the file awaits. */
const OWNED_EFFECT = /^(?:create|update|delete|remove|destroy)(?=[A-Z]|$)/;
const TRANSACTION_STEP = /^(?:start|begin|commit|rollback|abort)(?:Transaction)?$/;
const TRANSACTION_NAME = /^(?:trx|tx|transaction|t|queryRunner|session|connection|conn|client)$|Transaction$|QueryRunner$|Session$/;

/** `commit(connection)`, `queryRunner.commitTransaction()`: a step of a transaction over the network. */
function isTransaction(call: ts.CallExpression, receiver: ts.Expression | null): boolean {
  if (receiver) return TRANSACTION_NAME.test(lastName(receiver)) && !/^(?:start|begin|abort)$/.test(calleeName(call));
  return call.arguments.length === 1 && /^(?:commit|rollback|\w+Transaction)$/.test(calleeName(call));
}

/** Writes on a receiver that is called a database or a repository, whatever kind of function they stand in. */
const DATABASE_EFFECT =
  /^(?:destroy|delete|deleteOne|deleteMany|remove|update|updateOne|updateMany|insert|insertOne|insertMany|create|save|upsert)$/;
const DATABASE_NAME = /(?:^database|Database|Repository|repository|Repo|Dao|prisma)$/;
const NOT_REMOTE =
  /^(?:res|response|reply|ws|socket|io|parentPort|process|subject|emitter|channel|port|stream|controller|logger|log|console|cache|map|set)$|Subject$|Signal$/i;

/** A name that promises a remote write, on a receiver (or from a module) that looks remote, inside an async function. */
function looksLikeIo(call: ts.CallExpression, name: string, file: SourceFacts): boolean {
  const around = enclosingFunction(call);
  const receiver = receiverOf(call);
  if (TRANSACTION_STEP.test(name) && around && isAsync(around) && !call.arguments.some((a) => isFunction(unwrap(a))))
    return isTransaction(call, receiver);
  if (receiver && DATABASE_EFFECT.test(name) && DATABASE_NAME.test(lastName(receiver))) return call.arguments.length > 0;
  if (!receiver && around && isAsync(around) && EFFECT.test(name) && isOfAwaitedStore(name, file)) return true;
  if (
    !(REMOTE_EFFECT.test(name) || SENDS.test(name) || (receiver && OWNED_EFFECT.test(name))) ||
    !around ||
    !isAsync(around) ||
    functionName(around) === "constructor"
  )
    return false;
  if (!receiver) {
    const from = file.imports.get(name)?.from;
    return from !== undefined && /^[.@~#]/.test(from);
  }
  if (SENDS.test(name) && !NOT_REMOTE.test(lastName(receiver)) && !/(?:manager|dispatcher|hub|center|queue)$/i.test(lastName(receiver)))
    return true;
  const owner = lastName(receiver);
  if (
    /(?:Service|Repository|Repo|Store|Client|Api)$/.test(owner) &&
    isReceiverAwaited(call, file) &&
    around &&
    isAsync(around) &&
    OWNED_EFFECT.test(name)
  )
    return true;
  if (!REMOTE_EFFECT.test(name)) return false;
  if (/analytics|insights|segment|posthog|telemetry|mixpanel|tracker|sentry/i.test(receiver.getText(file.sourceFile))) return false;
  return !NOT_REMOTE.test(owner) && REMOTE_NAME.test(owner);
}

/** Imported from a module that keeps things, of which the file waits for another function. */
function isOfAwaitedStore(name: string, file: SourceFacts): boolean {
  const from = file.imports.get(name)?.from;
  if (
    from === undefined ||
    !STORE_MODULE.test(from) ||
    /(?:Config|Cache|Cached|Memory|Map|Label|Key|Id|Name|Url|Path|Options?)$/.test(name)
  )
    return false;
  return file.nodes(AwaitExpression).some((node) => {
    const call = unwrap(node);
    return isCallExpression(call) && isIdentifier(call.expression) && file.imports.get(call.expression.text)?.from === from;
  });
}

/** A comment on the line that says that nobody is to wait. */
function isSaidToBeDropped(node: ts.Node, file: SourceFacts): boolean {
  const behind = ts.getTrailingCommentRanges(file.text, node.parent.end) ?? [];
  return behind.some(({ pos, end }) => /await|wait|background|fire|async/i.test(file.text.slice(pos, Math.min(end, pos + 300))));
}

function lastName(receiver: ts.Expression): string {
  const e = unwrap(receiver);
  return isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "";
}
