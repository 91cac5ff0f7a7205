import { ts } from "ts-morph";
import { isAwaitExpression, isCallExpression, isExpressionStatement, isIfStatement, isSourceFile } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { enclosingFunction, isFunction } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { stringOf } from "../../../syntax/literals.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const EXPIRES = ["expire", "pexpire", "expireat", "pExpire", "expireAt"];
const WRITES = ["set", "setnx", "setNX", "hset", "hSet", "hmset", "incr", "incrby", "incrBy"];
/** Names of a connection to Redis, and of what sends several commands at once. */
const STORE = /redis|cache|kv|upstash|valkey|(?:^|\.)client$|store/i;
const TOGETHER = /multi|pipeline|batch|\btx\b|transaction|chain/i;

/** A key of Redis that gets its lifetime by a second command: between the two it has none. */
export const expiryIsSetWithTheValue: Rule = {
  id: "expiry-is-set-with-the-value",
  requirement: "transactions",
  severity: "advisory",
  title: "A key and its lifetime are written by one command",
  why: "A crash, a timeout or a lost connection between the two leaves the key for ever: a lock that nobody frees, a counter that never starts again.",
  fix: "Use `set(key, value, { EX: seconds })`, or put both commands into `multi()`; a counter: a script, or `set` with `NX` and `EX` before `incr`.",
  source: "https://redis.io/docs/latest/commands/set/; https://redis.io/docs/latest/commands/incr/#pattern-rate-limiter-2",
  examples: {
    bad: `export async function remember(redis: Redis, key: string, quote: string) {
  await redis.set(key, quote);
  await redis.expire(key, 600);
}
`,
    good: `export async function remember(redis: Redis, key: string, quote: string) {
  await redis.set(key, quote, { EX: 600 });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: EXPIRES,
    look: (node, file) => (isCallExpression(node) ? problemsOf(node, file) : []),
  },
};

function problemsOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const receiver = receiverOf(call);
  const key = call.arguments[0];
  const body = enclosingFunction(call)?.body;
  if (!receiver || !key || call.arguments.length < 2 || !body || !isSent(call)) return [];
  const store = receiver.getText(file.sourceFile);
  if (!STORE.test(store) || TOGETHER.test(store)) return [];
  const write = WRITES.flatMap((name) => file.callsNamed(name))
    .filter((other) => other.pos >= body.pos && other.end <= call.pos && isSent(other))
    .findLast((other) => receiverOf(other)?.getText(file.sourceFile) === store && isSameKey(other.arguments[0], key, file));
  if (!write || isExpiring(write, file) || (/^incr/i.test(calleeName(write)) && !isConditional(call))) return [];
  return [
    {
      node: write.expression,
      alsoTouches: [call],
      message: `\`${calleeName(write)}\` writes \`${key.getText(file.sourceFile).slice(0, 50)}\` and \`${calleeName(call)}\` gives it its lifetime by a second command: what fails between them leaves it for ever.`,
    },
  ];
}

/** `if (count === 1) expire(...)`: what is missed the first time is never made good; a counter that gets it every time is. */
function isConditional(call: ts.CallExpression): boolean {
  for (let up: ts.Node = call.parent; !isSourceFile(up) && !isFunction(up); up = up.parent) if (isIfStatement(up)) return true;
  return false;
}

function isSent(call: ts.CallExpression): boolean {
  return isAwaitExpression(call.parent) || isExpressionStatement(call.parent);
}

function isSameKey(a: ts.Node | undefined, b: ts.Node, file: SourceFacts): boolean {
  return a !== undefined && a.getText(file.sourceFile) === b.getText(file.sourceFile);
}

/** `set(key, value, "EX", 600)`, `set(key, value, { ex: 600 })`. */
function isExpiring(write: ts.CallExpression, file: SourceFacts): boolean {
  return write.arguments
    .slice(2)
    .some(
      (a) => /^(?:EX|PX|EXAT|KEEPTTL)$/i.test(stringOf(a) ?? "") || /\b(?:ex|px|exat|expiration|ttl)\b/i.test(a.getText(file.sourceFile)),
    );
}
