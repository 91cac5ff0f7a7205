import fc from "fast-check";
import type { Shortfall } from "../../src/model/acceptance.ts";
import type { RiskForm } from "../../src/model/risk-form.ts";
import type { AcceptanceEvent } from "../../src/risks/acceptance-event.ts";

// A pull request as GitHub would know it, told step by step, with its own idea of who has validly accepted what.
// It shares no code with what it checks.

const LOGINS = ["dana", "erin", "finn"] as const;
const CODES = ["A", "B", "C"] as const;
const START = Date.UTC(2026, 10, 23, 12);
const DAY_MS = 86_400_000;

export type Step = { readonly seconds: number } & (
  | { readonly kind: "propose"; readonly by: number; readonly code: number; readonly names: readonly string[]; readonly days: number }
  | { readonly kind: "edit"; readonly form: number; readonly by: number; readonly code: number; readonly complete: boolean }
  | {
      readonly kind: "sign";
      readonly form: number;
      readonly by: number;
      readonly staleCode: number | null;
      readonly allowed: boolean;
      readonly own: boolean;
    }
  | { readonly kind: "edit-signature"; readonly signature: number; readonly by: number }
  | { readonly kind: "delete"; readonly comment: number; readonly by: number }
  | { readonly kind: "lose-authority" | "withdraw"; readonly by: number }
  | { readonly kind: "push"; readonly shortfalls: readonly string[] }
  | { readonly kind: "days-pass"; readonly days: number }
);

interface Form {
  readonly id: number;
  readonly by: number;
  code: string;
  form: RiskForm | null;
  gone: boolean;
}

interface Signed {
  readonly commentId: number;
  readonly form: Form;
  readonly by: number;
  readonly at: number;
  readonly code: string;
  readonly fingerprints: readonly string[];
  readonly retrofitOn: string;
  live: boolean;
}

export interface World {
  readonly events: readonly AcceptanceEvent[];
  readonly shortfalls: readonly Shortfall[];
  readonly now: string;
  readonly accepted: boolean;
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** "c" is on the never-alone list. */
function toShortfall(fingerprint: string): Shortfall {
  return { id: "diff", fingerprint, detail: fingerprint, signersNeeded: fingerprint === "c" ? 2 : 1 };
}

/** Plays the steps; steps about comments that are not there do nothing. */
export function playWorld(steps: readonly Step[]): World {
  const events: AcceptanceEvent[] = [];
  const forms: Form[] = [];
  const signatures: Signed[] = [];
  const authority = new Set([1, 2]);
  let shortfalls: readonly string[] = ["a"];
  let time = START;
  let nextComment = 100;
  const end = (which: (signature: Signed) => boolean): void => {
    for (const signature of signatures) if (which(signature)) signature.live = false;
  };
  for (const step of steps) {
    time += step.seconds * 1_000;
    const at = new Date(time).toISOString();
    switch (step.kind) {
      case "propose": {
        const form = { retrofitOn: day(time + step.days * DAY_MS), engineerWeeks: 1, acceptedBy: step.names, mitigation: "10 req/min" };
        const id = nextComment++;
        const code = CODES[step.code] ?? "A";
        forms.push({ id, by: step.by, code, form, gone: false });
        events.push({ kind: "proposed", at, formId: id, by: step.by, code, form });
        break;
      }
      case "edit": {
        const form = forms[step.form % Math.max(1, forms.length)];
        if (!form || form.gone) break;
        const code = CODES[step.code] ?? "A";
        const read: RiskForm | null = step.complete ? (form.form ?? null) : null;
        // The same text again within the second in which it was signed cannot be told apart from the signed one, and is the same text.
        end((signature) => signature.form === form && !(signature.at === time && signature.code === code && form.code === code));
        form.code = code;
        form.form = read;
        events.push({ kind: "form-edited", at, formId: form.id, by: step.by, code, form: read });
        break;
      }
      case "sign": {
        const form = forms[step.form % Math.max(1, forms.length)];
        if (!form || form.gone) break;
        const code = step.staleCode === null ? form.code : (CODES[step.staleCode] ?? "A");
        const login = LOGINS[step.by - 1] ?? "finn";
        const commentId = step.own && form.by === step.by ? form.id : nextComment++;
        const authorised = step.allowed && authority.has(step.by);
        const named = form.form?.acceptedBy.includes(login) === true;
        const live = authorised && named && code === form.code;
        signatures.push({
          commentId,
          form,
          by: step.by,
          at: time,
          code,
          fingerprints: shortfalls,
          retrofitOn: form.form?.retrofitOn ?? "",
          live,
        });
        const base = { formId: form.id, commentId, by: step.by, login, code, authorised, headSha: null, url: null };
        events.push({ kind: "signed", at, ...base, fingerprints: shortfalls });
        break;
      }
      case "edit-signature": {
        const signature = signatures[step.signature % Math.max(1, signatures.length)];
        if (!signature || signature.commentId === signature.form.id || signature.at === time) break;
        end((each) => each.commentId === signature.commentId);
        events.push({ kind: "signature-edited", at, commentId: signature.commentId, by: step.by });
        break;
      }
      case "delete": {
        const comments = [...forms.map((form) => form.id), ...signatures.map((signature) => signature.commentId)];
        const commentId = comments[step.comment % Math.max(1, comments.length)];
        if (commentId === undefined) break;
        for (const form of forms) if (form.id === commentId) form.gone = true;
        end((signature) => signature.commentId === commentId || signature.form.id === commentId);
        events.push({ kind: "comment-deleted", at, commentId, by: step.by });
        break;
      }
      case "lose-authority":
        authority.delete(step.by);
        end((signature) => signature.by === step.by);
        events.push({ kind: "authority-lost", at, of: step.by });
        break;
      case "withdraw":
        end((signature) => signature.by === step.by || signature.form.by === step.by);
        events.push({ kind: "withdrawn", at, by: step.by });
        break;
      case "push":
        shortfalls = step.shortfalls;
        events.push({ kind: "pushed", at, headSha: "f".repeat(40) });
        break;
      case "days-pass":
        time += step.days * DAY_MS;
        break;
    }
  }
  const live = signatures.filter((signature) => signature.live && signature.retrofitOn >= day(time));
  const isCovered = (fingerprint: string): boolean => {
    const signers = new Set(live.filter((signature) => signature.fingerprints.includes(fingerprint)).map((signature) => signature.by));
    return signers.size >= toShortfall(fingerprint).signersNeeded;
  };
  return {
    events,
    shortfalls: shortfalls.map(toShortfall),
    now: new Date(time).toISOString(),
    accepted: shortfalls.length > 0 && shortfalls.every(isCovered),
  };
}

const person = fc.integer({ min: 1, max: 3 });
const index = fc.integer({ min: 0, max: 3 });
const code = fc.integer({ min: 0, max: 2 });
const decisionMaker = fc.integer({ min: 1, max: 2 });

/** Sequences of steps, each at least `seconds` after the one before; proposals and signatures are the most likely. */
export function stepsWith(seconds: fc.Arbitrary<number>): fc.Arbitrary<readonly Step[]> {
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("propose" as const),
        seconds,
        by: person,
        code,
        names: fc.constantFrom(["dana"], ["dana", "erin"], ["erin"]),
        days: fc.integer({ min: 1, max: 20 }),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant("sign" as const),
        seconds,
        form: index,
        by: decisionMaker,
        staleCode: fc.option(code, { freq: 6 }),
        allowed: fc.constantFrom(true, true, true, false),
        own: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("edit" as const), seconds, form: index, by: person, code, complete: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("edit-signature" as const), seconds, signature: index, by: person }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("delete" as const), seconds, comment: fc.integer({ min: 0, max: 7 }), by: person }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("lose-authority" as const, "withdraw" as const), seconds, by: person }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("push" as const), seconds, shortfalls: fc.subarray(["a", "b", "c"]) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("days-pass" as const), seconds, days: fc.integer({ min: 1, max: 8 }) }) },
  );
  return fc.array(step, { maxLength: 14 });
}
