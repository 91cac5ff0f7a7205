import { is, type Word } from "./item-words.ts";
import { WORD } from "./word-facts.ts";

const OBJECTS =
  /^(?:an?|the|to|on|with|it|its|them|only|warnings?|errors?|every|each|all|up|back|as|into|at|in|from|for|by|after|when|if|within|out|against|under|over|without|no|new|same|original|previous|\d.*|[`{"'[].*|un|une|le|la|el|der|die|das|ein)$/u;
/** A word with those around it. */
export interface Near {
  readonly lower: string;
  readonly words: readonly Word[];
  readonly index: number;
  readonly before: Word | undefined;
  readonly after: Word | undefined;
  readonly isTask: boolean;
  /** A condition follows the word. */
  readonly conditioned: boolean;
}

/** "handler routes the event", "breaker opens after 5 failures", "duplicate keys return the row". */
export function effectWeight(own: Word, near: Near): number | null {
  const { word, next } = own;
  const { before, after, isTask } = near;
  if (before === undefined) {
    const opens = is(own, WORD.opensAsEffect) && after !== undefined && next !== ":" && after.word !== "up";
    return opens ? 1.6 : null;
  }
  if (is(own, WORD.effectVerb)) {
    if (is(before, WORD.determiner) || next === ":") return null;
    if (
      /^(?:this|that|it)\W*$/u.test(near.lower.slice(own.end + 1, own.end + 6)) ||
      /^\s?\((?!\d{3}\b|`|\{)/u.test(near.lower.slice(own.end))
    )
      return 0.9;
    if (after === undefined) return 1.3;
    return vagueNear(near) ? 0.6 : isTask ? 1.3 : 1.7;
  }
  if (after === undefined || next !== "") return null;
  if (
    is(own, WORD.effectVerbOrNoun) &&
    hasObject(near) &&
    (word === "fails" || !/^(?:with|for)$/u.test(after.word)) &&
    !is(before, WORD.nounBefore)
  ) {
    return isTask || vagueNear(near) ? 0.6 : 1.6;
  }
  if (
    is(own, WORD.looksLikeVerb) &&
    is(after, WORD.opensObject) &&
    !is(before, WORD.nounBefore | WORD.preposition) &&
    before.next === "" &&
    !isTask
  )
    return 1.5;
  if (!is(own, WORD.effectBase) || isTask || !is(before, WORD.plural) || is(before, WORD.effectVerb) || before.next !== "") return null;
  if (vagueNear(near) || is(after, WORD.beforeNoun)) return null;
  if (hasObject(near)) return 1.6;
  const opensItem = near.index < 2 ? before.at === 0 : before.at === near.words[near.index - 2]?.end;
  return opensItem ? null : 1.3;
}

/** Whether the word after shows that the word before it is a verb. */
function hasObject({ lower, after }: Near): boolean {
  if (after === undefined) return false;
  const end = lower.indexOf(" ", after.at);
  return OBJECTS.test(lower.slice(after.at, end < 0 ? lower.length : end));
}

/** "all events written to `audit_logs`", "passwords are hashed". */
export function participleWeight(own: Word, near: Near): number | null {
  const { next } = own;
  const { words, index, before, after, isTask } = near;
  if (index === 0) return null;
  if (!is(own, WORD.provable)) {
    const helper = is(before, WORD.adverb) ? words[index - 2] : before;
    const passive = is(own, WORD.passiveForm) && is(helper, WORD.beAuxiliary);
    const stated = is(own, WORD.pastForm) && next === "" && is(after, WORD.place) && !is(own, WORD.noStateWhere);
    return (passive || stated) && !is(own, WORD.vague | WORD.notAState | WORD.task) ? (isTask ? 0.6 : 1.5) : null;
  }
  const helped = [1, 2, 3].some((step) => is(words[index - step], WORD.auxiliary));
  const led = next === "" && is(after, WORD.preposition) && !(own.word === "written" && after?.word === "for");
  if (isTask) return helped || led ? 0.7 : 0.5;
  if (helped || led) return helped && led ? 1.9 : 1.6;
  if (/^[({]/u.test(next)) return 1.6;
  return (next === "" && after === undefined) || /^[;,.]/u.test(next) ? (is(own, WORD.sureState) ? 1.5 : 1) : null;
}

/** "return 503 when ...", "then page the on-call". */
export function imperativeWeight(own: Word, near: Near): number | null {
  const { word, at } = own;
  const { before, after, lower } = near;
  if (!is(own, WORD.effectBase) || after === undefined || own.next === ":" || is(after, WORD.mechanism)) return null;
  const opensClause = before === undefined || /[:;,.(—–>→|=]/u.test(lower.slice(before.end, at)) || is(before, WORD.opensClause);
  if (!opensClause) return null;
  if (vagueNear(near)) return 0.3;
  const modal = is(before, WORD.modal);
  const concrete = /^(?:`|\{|"|[1-5]\d\d\b|\d)/u.test(lower.slice(after.at)) || /\b[1-5]\d\d\b|\{[^}]/u.test(lower.slice(at, at + 60));
  const answers = /^(?:return|respond|reply|answer|reject|send)$/u.test(word) && /[\d`{]/u.test(lower.slice(at, at + 60));
  if (concrete || answers) return 1.8;
  return near.conditioned ? (modal ? 1.8 : 1.6) : modal ? 1.5 : 0.6;
}

/** Whether the effect is only called graceful or proper within the next words, or its object is empty praise. */
function vagueNear({ words, index }: Near): boolean {
  if ([-1, 1, 2, 3].some((step) => is(words[index + step], WORD.vagueManner))) return true;
  for (let step = index + 1; step <= index + EMPTY_REACH && step < words.length; step += 1) {
    if (is(words[step], WORD.empty)) return true;
    if (words[step - 1]?.next !== "" || CONCRETE_WORD.test(words[step]?.word ?? "")) return false;
  }
  return false;
}

const EMPTY_REACH = 5;
/** A status, a field in snake case: whoever names it says what is seen. */
const CONCRETE_WORD = /^[1-5]\d\d$|_/u;
