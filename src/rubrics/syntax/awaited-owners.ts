import { ts } from "ts-morph";
import { isAwaitExpression, isCallExpression, isExpressionStatement, isIdentifier, isPropertyAccessExpression } from "./guards.ts";
import { enclosingFunction, isAsync, unwrap } from "./functions.ts";
import { calleeName, receiverOf } from "./origin.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";
import { remembered } from "./named-calls.ts";

const { AwaitExpression, ExpressionStatement, ThisKeyword } = ts.SyntaxKind;

/** How a file calls the members of one object. */
interface Habit {
  /** Members that it waits for somewhere. */
  readonly awaited: Set<string>;
  times: number;
  /** Calls whose answer it drops. */
  dropped: number;
}

/** Distinct members that a file must wait for before a dropped call of their owner stands out. */
const MEMBERS = 3;
/** Verbs of work that lasts: what reads, measures, listens or prepares is often immediate. */
const WORKS =
  /^(?:(?:set|add|save|store|insert|create|update|upsert|delete|del|remove|purge|send|publish|enqueue|put|post|patch|upload|persist|notify|record|charge|refund|incr|decr|increment|decrement|expire|hset|hdel|lpush|rpush|mark|sync|invalidate|cancel|revoke|archive|rename|commit|rollback|migrate|assign)(?=[A-Z]|$)|(?:sorted|list|set)[A-Z]\w{0,20}(?:Add|Remove|Append|Prepend|Incr)|[A-Z]{3,14}$)(?!\w{0,30}(?:Listener|Headers?|Timeout|Interval|Attributes?|Tags?|Label|Level|Options?|Flag|Cookie|Encoding)$)/;
/** Verbs that reach out wherever they stand; the others count where the file waits for one of the same verb. */
const LASTS = /^(?:send|publish|enqueue|upload|persist|notify|charge|refund|sync|invalidate|archive|migrate|commit|rollback|sorted)$/;
const isWork = remembered((name) => WORKS.test(name));
const IMMEDIATE =
  /^(?:res|response|reply|ctx|req|request|process|console|log|logger|emitter|events?|span|metrics?|counter|histogram|map|set|cache|params|headers|url|state|store|form|formData|element|document|window|app|server|router|socket|ws|io|timer|controller)$|(?:Logger|Emitter|Cache|Map|Set|List|Metric|Counter|Builder|Params|Headers|Span|Subject|Signal)$/i;

/**
 * The object (`db`, `this.store`, `User`) whose other members this file waits for as a rule, when the call is one of its members with a verb of
 * work, in an async function; null when no such habit shows.
 */
export function ownerAwaitedElsewhere(call: ts.CallExpression, name: string, file: SourceFacts): string | null {
  const receiver = isWork(name) ? receiverOf(call) : null;
  const around = receiver && enclosingFunction(call);
  if (!receiver || !around || !isAsync(around)) return null;
  const owner = ownerOf(receiver);
  const held = unwrap(receiver);
  const last = isPropertyAccessExpression(held) ? held.name.text : (owner ?? "");
  if (owner === null || IMMEDIATE.test(owner.slice(owner.lastIndexOf(".") + 1)) || IMMEDIATE.test(last)) return null;
  const habit = habitsOf(file).get(owner);
  if (!habit || habit.awaited.size < MEMBERS || habit.dropped * 4 > habit.times) return null;
  const [verb = ""] = /^[a-z]+/.exec(name) ?? [];
  return verb === "" || LASTS.test(verb) || [...habit.awaited].some((member) => member.startsWith(verb)) ? owner : null;
}

const habitsOf = perFile((file): ReadonlyMap<string, Habit> => {
  const habits = new Map<string, Habit>();
  const habitOf = (owner: string): Habit => {
    const known = habits.get(owner) ?? { awaited: new Set(), times: 0, dropped: 0 };
    habits.set(owner, known);
    return known;
  };
  for (const node of file.nodes(AwaitExpression)) {
    const [call, owner] = isAwaitExpression(node) ? ownedCall(node.expression) : [];
    if (!call || !owner) continue;
    const habit = habitOf(owner);
    habit.awaited.add(isPropertyAccessExpression(call.expression) ? call.expression.name.text : "");
    habit.times++;
  }
  for (const node of file.nodes(ExpressionStatement)) {
    const [call, owner] = isExpressionStatement(node) && !isAwaitExpression(node.expression) ? ownedCall(node.expression) : [];
    if (call && owner && isWork(calleeName(call))) habitOf(owner).dropped++;
  }
  return habits;
});

function ownedCall(expression: ts.Node): readonly [ts.CallExpression, string] | readonly [] {
  const call = unwrap(expression);
  const receiver = isCallExpression(call) ? receiverOf(call) : null;
  const owner = receiver ? ownerOf(receiver) : null;
  return isCallExpression(call) && owner !== null ? [call, owner] : [];
}

/** `User` of `User.email`, `this.store` of `this.store.orders`; null for anything that is not made of names. */
function ownerOf(receiver: ts.Node): string | null {
  const names: string[] = [];
  let e = unwrap(receiver);
  while (isPropertyAccessExpression(e)) {
    names.unshift(e.name.text);
    e = unwrap(e.expression);
  }
  if (isIdentifier(e)) return e.text;
  return e.kind === ThisKeyword && names[0] !== undefined ? `this.${names[0]}` : null;
}
