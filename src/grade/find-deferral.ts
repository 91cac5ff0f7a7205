import type { RequirementId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { recogniseRequirement } from "./recognise-requirement.ts";

/** A sentence that puts work off; `requirement` is what it puts off, when that is one of the rubric's. */
export interface Deferral {
  readonly requirement: RequirementId | null;
}

const WORK =
  "(?:add|adding|added|implement\\w{0,4}|handl\\w{1,3}|introduc\\w{1,3}|wire\\w{0,2}|do|done|build|fix|address\\w{0,3}|tackle\\w?|revisit\\w{0,3}|improve\\w?|cover\\w{0,3}|ship\\w{0,4}|come|comes|coming|follow|follows|land|lands|deal|worry|think|look|bring|include\\w?|put|write|set up|support|harden|finish|sort out|figure out)";
const TIME =
  "(?:later|afterwards|in (?:a|another|the next|a separate|a subsequent|the following|a future) (?:follow[\\s-]?up|pr|pull request|ticket|iteration|release|sprint|change|version|step|phase|commit)|in (?:a )?follow[\\s-]?ups?(?: pr| prs| ticket)?|(?:next|following) (?:sprint|iteration|quarter|week|month|pr|release|version)|after (?:the )?(?:launch|release|demo|mvp|go-live|merge|ga)|post[\\s-](?:launch|release|mvp)|in v2|in phase (?:2|two)|eventually|someday|down the (?:road|line)|when (?:we have|there is|there's) (?:more )?time|once (?:we|it|things) (?:scale|grow|stabili[sz]e|have traffic)|as (?:a )?follow[\\s-]?up)";

const DEFERRALS: readonly RegExp[] = [
  new RegExp(`^.{3,90}\\b${TIME}\\W*$`, "iu"),
  new RegExp(
    `\\b(?:will|we'll|i'll|'ll|can|could|going to|gonna|plan(?:ning)? to|want to|let's|to be|should|shall|might|may)\\b.{0,30}?\\b${WORK}\\b.{0,100}\\b${TIME}`,
    "iu",
  ),
  new RegExp(`\\b${WORK}\\b[^.]{0,80}\\b${TIME}`, "iu"),
  new RegExp(`\\b${TIME}[:,]?\\s(?:we|i|add|will|to add|adding|pr|ticket|comes?|for|with)\\b`, "iu"),
  /\b(?:todo|fixme|follow[\s-]?up|later|tbd)\b\s?(?:\([^)]{0,30}\))?\s?[:–—-]\s?\S/iu,
  new RegExp(`^[^:]{2,60}:\\s*(?:${TIME}|tbd|todo|deferred|postponed|not yet)\\W*$`, "iu"),
  /\b(?:is|are|was|were|has been|have been|being|gets?)? ?(?:deferred|postponed|pushed (?:back|out)|punted|parked|left (?:out |)for later|moved to (?:a |the )?(?:follow|next|later|backlog))\b/iu,
  /\b(?:defer(?:ring)?|postpon(?:e|ing)|punt(?:ing)? on|hold(?:ing)? off (?:on)?|leav(?:e|ing) .{2,50} for (?:later|v2|now|another|a follow)|skip(?:ping)? .{2,60}\b(?:for now|in this pr|this time|initially|at first|until))\b/iu,
  /\b(?:no|without|not (?:yet )?(?:adding|added|handling|doing|have)|missing|lacks?|don't have|doesn't have|do not have)\b.{2,60}\b(?:for now|yet|at the moment|right now|in this (?:first )?(?:pr|version|iteration)|initially)\b/iu,
  /\bfor now\b.{0,20}\b(?:no|without|skip|we (?:don't|do not|skip))\b/iu,
  /\bcan (?:wait|come later|be added later|follow)\b|\bworry about\b.{2,60}\blater\b|\bfollow[\s-]?up (?:pr|ticket|issue|task)s? (?:will|for|to|adds?|with)\b/iu,
];
/** The work is there already, or the word means something else. */
const NOT_A_DEFERRAL =
  /\b(?:not|never|won't|will not|cannot|can't|don't|instead of|rather than|no longer) (?:be )?(?:defer|postpon|leav|push|skip|add\p{L}{0,3} (?:it |them |this )?later|wait)|\b(?:retry|retried|try|tries|call|(?<!health )check|again|sooner or|minutes?|seconds?|hours?|days?|ms|redelivered|processed|replayed|delivered|reconciled|purged|deleted|expires?) later\b|\bas (?:promised|planned|announced) (?:in|earlier)|\bfollow[\s-]?up (?:to|of|on|from) #?\d|\b(?:closes|fixes|resolves|implements) the follow[\s-]?up|\bthis (?:is|pr is) (?:the|a) follow[\s-]?up|\b(?:was|were|had been) (?:deferred|postponed) (?:in|from|by)|\b(?:deferred|lazy) (?:job|execution|loading|constraint|queue|until commit)|\b(?:clients?|callers?|it|which|job|worker|and|then) retries later|\binitially deferred\b/iu;
/** What may be put off: it is not reliability itself. */
const OTHER_OBJECT =
  /\b(?:tests?|testing|test coverage|specs?|docs?|documentation|readme|changelog|screenshots?|refactor\p{L}{0,4}|clean-?ups?|naming|renam\p{L}{1,3}|styling|styles?|css|ui|ux|design|wording|copy|translations?|i18n|typo|storybook|components?|buttons?|pages?|screens?|icons?|figma|typings?|types|lint|formatting|comments?|examples?|benchmarks?|frontend|front-end|mobile app)\b/iu;
const SURE_SCORE = 3;

/** Reads whether a sentence puts reliability work off, by the first rubric that knows it; null when it puts off nothing, or only tests, docs and the like. */
export function findDeferral(sentence: string, underLaterHeading: boolean, rubrics: readonly Rubric[]): Deferral | null {
  if (NOT_A_DEFERRAL.test(sentence)) return null;
  if (!underLaterHeading && !DEFERRALS.some((pattern) => pattern.test(sentence))) return null;
  const object = sentence.replace(/\bfollow[\s-]?ups?\b|\btodo\b|\bfixme\b/giu, " ");
  const other = OTHER_OBJECT.exec(object);
  for (const rubric of rubrics) {
    const requirement = findObject(withoutCompounds(object), rubric);
    const isOther = other !== null && findObject(withoutCompounds(object.slice(0, other.index)), rubric) === null;
    if (requirement !== null && !isOther) return { requirement };
  }
  const general = /\b(?:reliability|resilience|resiliency|hardening|fault tolerance|observability|error handling|security)\b/iu.test(
    object,
  );
  return general && other === null ? { requirement: null } : null;
}

/** The requirement that is put off: the first whose safeguard is named, or the one that its words surely mean. */
function findObject(text: string, rubric: Rubric): RequirementId | null {
  if (!rubric.requirements.some(({ safeguard }) => safeguard)) {
    const { requirement, score } = recogniseRequirement(text, rubric);
    return score >= SURE_SCORE ? requirement : null;
  }
  const lower = text.toLowerCase();
  const [first] = rubric.requirements
    .flatMap(({ id, safeguard }) => {
      const at = safeguard?.exec(lower)?.index;
      return at === undefined ? [] : [{ id, at }];
    })
    .toSorted((left, right) => left.at - right.at);
  return first?.id ?? null;
}

/** "retry tests", "timeout docs": the object is the second word. */
function withoutCompounds(text: string): string {
  return text.replace(/\b[\p{L}-]{3,20} (?:tests?|specs?|docs?|documentation|ui|pages?|screens?|wording|styling)\b/giu, " ");
}
