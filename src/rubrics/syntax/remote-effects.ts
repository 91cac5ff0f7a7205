import { ts } from "ts-morph";
import { isReceiverAwaited } from "./async-calls.ts";
import { enclosingFunction, functionName, isAsync, isFunction, unwrap } from "./functions.ts";
import { isCallExpression, isIdentifier, isPropertyAccessExpression } from "./guards.ts";
import { remembered } from "./named-calls.ts";
import { calleeName, receiverOf } from "./origin.ts";
import type { SourceFacts } from "./source-facts.ts";

const { AwaitExpression } = ts.SyntaxKind;

/** true for the name of a function that changes or sends something, wherever it stands. */
export function isEffect(name: string): boolean {
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

const mayBeRemote = remembered((name) =>
  [TRANSACTION_STEP, DATABASE_EFFECT, EFFECT, REMOTE_EFFECT, SENDS, OWNED_EFFECT].some((pattern) => pattern.test(name)),
);

/** A name that promises a remote write, on a receiver (or from a module) that looks remote, inside an async function. */
export function looksLikeRemoteEffect(call: ts.CallExpression, name: string, file: SourceFacts): boolean {
  if (!mayBeRemote(name)) return false;
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

function lastName(receiver: ts.Expression): string {
  const e = unwrap(receiver);
  return isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "";
}
