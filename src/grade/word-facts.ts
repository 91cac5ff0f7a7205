import {
  EFFECT_BASES,
  EFFECT_VERBS,
  EFFECT_VERBS_OR_NOUNS,
  EMPTY_WORDS,
  PROVABLE_PARTICIPLES,
  TASK_VERBS,
  TRIGGER_WORDS,
  VAGUE_WORDS,
} from "../rubrics/wording/outcome-words.ts";

/** What a word is by itself, one bit each, so that a word is looked up once and then only asked. */
export const WORD = {
  effectVerb: 1,
  /** Also with "auto-" before it. */
  opensAsEffect: 1 << 1,
  effectVerbOrNoun: 1 << 2,
  effectBase: 1 << 3,
  provable: 1 << 4,
  vague: 1 << 5,
  task: 1 << 6,
  trigger: 1 << 7,
  auxiliary: 1 << 8,
  preposition: 1 << 9,
  vagueManner: 1 << 10,
  /** Participles that tell of use or intent, or of the work: no state. */
  notAState: 1 << 11,
  /** What follows a participle that tells where, when or by whom something happens. */
  place: 1 << 12,
  /** Participles that tell of the work or of a relation, whatever follows. */
  noStateWhere: 1 << 13,
  /** Participles that alone state what a look proves. */
  sureState: 1 << 14,
  nounBefore: 1 << 15,
  mechanism: 1 << 16,
  /** An unknown third-person verb, as its object shows. */
  looksLikeVerb: 1 << 17,
  passiveForm: 1 << 18,
  pastForm: 1 << 19,
  plural: 1 << 20,
  determiner: 1 << 21,
  opensObject: 1 << 22,
  beforeNoun: 1 << 23,
  beAuxiliary: 1 << 24,
  adverb: 1 << 25,
  opensClause: 1 << 26,
  modal: 1 << 27,
  /** Praise or a word so general that no look proves it. */
  empty: 1 << 28,
} as const;

function set(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

const AUXILIARIES = set(
  "is are be been being get gets was were stays remains never not always automatically immediately wird werden est sont es son é são",
);
const PREPOSITIONS = set(
  "to with in on after by within across via per except at for from before as per into until via when if only and through without sauf dans par avec sur à pour pendant mit nach bei auf durch con por para com",
);
const VAGUE_MANNER = set("gracefully graceful proper properly appropriate appropriately correctly successfully correct");
const NOT_A_STATE = set(
  "used made done given based needed designed expected intended known built called recommended assumed included chosen taken required understood created retried enforced published tested verified",
);
const PLACES = set("to with in after by within across via per at from before into until when on only through");
const NO_STATE_WHERE = set(
  "applied aligned deployed installed connected wired mounted followed related compared associated mentioned listed detailed described agreed learned shipped delayed blocked-by assigned dedicated structured distributed centralized centralised automated embedded combined powered backed hosted versioned enforced shared-by rated spaced tuned sized owned led",
);
const SURE_STATES = set(
  "invalidated revoked encrypted hashed redacted masked rejected blocked denied dropped deleted purged signed honoured honored rolled locked",
);
const NOUN_BEFORE = set("all the error structured json max of access audit any no in with and retry for or health");
const MECHANISMS = set("logic policy mechanism strategy limit handling support attempt attempts level levels rotation format");

const BY_SET: readonly (readonly [bit: number, words: ReadonlySet<string>])[] = [
  [WORD.effectVerb | WORD.opensAsEffect, EFFECT_VERBS],
  [WORD.effectVerbOrNoun, EFFECT_VERBS_OR_NOUNS],
  [WORD.effectBase, EFFECT_BASES],
  [WORD.provable, PROVABLE_PARTICIPLES],
  [WORD.vague, VAGUE_WORDS],
  [WORD.task, TASK_VERBS],
  [WORD.trigger, TRIGGER_WORDS],
  [WORD.empty, EMPTY_WORDS],
  [WORD.auxiliary, AUXILIARIES],
  [WORD.preposition, PREPOSITIONS],
  [WORD.vagueManner, VAGUE_MANNER],
  [WORD.notAState, NOT_A_STATE],
  [WORD.place, PLACES],
  [WORD.noStateWhere, NO_STATE_WHERE],
  [WORD.sureState, SURE_STATES],
  [WORD.nounBefore, NOUN_BEFORE],
  [WORD.mechanism, MECHANISMS],
  [WORD.determiner, set("the a an of max per")],
  [WORD.opensObject, set("a an the it its them one two no each every only all both up off")],
  [WORD.beforeNoun, set("format policy strategy limit limits level levels")],
  [WORD.beAuxiliary, set("is are be get gets")],
  [WORD.adverb, set("only never always automatically immediately then also")],
  [WORD.opensClause, set("and then must will shall should can to may or")],
  [WORD.modal, set("must will shall should then")],
];
const BY_FORM: readonly (readonly [bit: number, form: RegExp])[] = [
  [WORD.nounBefore, /\d/u],
  [WORD.opensObject, /^\d/u],
  [WORD.looksLikeVerb, /^\p{L}{3,}(?<![suiy])s$/u],
  [WORD.passiveForm, /(?:ed|en|wn|pt|lt)$/u],
  [WORD.pastForm, /^\p{L}{3,}ed$/u],
  [WORD.plural, /[^s]s$/u],
];

const REMEMBERED = 8192;
const known = new Map<string, number>();

/** The bits of `WORD` that hold for a lower-case word. */
export function factsOf(word: string): number {
  const facts = known.get(word);
  if (facts !== undefined) return facts;
  if (known.size >= REMEMBERED) known.clear();
  const read = readFacts(word);
  known.set(word, read);
  return read;
}

function readFacts(word: string): number {
  let facts = 0;
  for (const [bit, words] of BY_SET) if (words.has(word)) facts |= bit;
  for (const [bit, form] of BY_FORM) if (form.test(word)) facts |= bit;
  if (word.startsWith("auto") && EFFECT_VERBS.has(word.replace(/^auto-?/u, ""))) facts |= WORD.opensAsEffect;
  return facts;
}
