import { findCandidates, preparePatterns } from "./literal-filter.ts";

const QUESTION =
  /\? ?(?:[)"'*_]|—[^?]{0,60})?$|^(?:should|shall|do|does|is|are|what|how|why|which|who|where|when|can|could|would) (?:we|i|it|the|this|there|you|they|an?|our)\b[^.:;]{0,300}\?/iu;

/** The whole item says that nothing is done. */
const REFUSES: readonly RegExp[] = [
  /^(?:n\/?a|none|nothing|skip(?:ped)?|wontfix|optional|no)\W*$/iu,
  /^(?:n\/a|not (?:needed|applicable|required|relevant|necessary|planned|implemented|doing|in scope)|no need|(?:we )?(?:won't|will not|don't|do not) (?:do|add|implement|fix|need|plan|want)|skip(?:ped|ping)? (?:for now|in this|because|here))\b/iu,
  /\b(?:not|isn't|aren't|no longer) (?:really |strictly )?(?:needed|applicable|necessary|relevant|planned|implemented|in scope|part of this|required)(?:\W*$| (?:here|yet|for now|in this|for this|because|since|at the moment|today|currently)\b)/iu,
  /\bn\/a\W*$|\bwe (?:don't|do not|won't|will not) (?:need|do|implement|plan|add|want)\b|\bno need (?:for|to)\b|\boverkill\b|\bunnecessary(?: here)?\W*$/iu,
];

/** The item only thinks of the work, or tells that it went away. */
const ONLY_THOUGHT: readonly RegExp[] = [
  /^(?:maybe|perhaps|possibly|hopefully)\b|^(?:ideally|eventually|idea|proposal|wish(?:list)?)\s?[,:–—-]/iu,
  /^(?:for example|for instance|e\.g\.|example)[,:]? (?:one|you|we|they|teams?|people) (?:could|can|may|might|would)\b|^(?:one|someone|somebody|anyone|we|you|they) (?:could|might|may|would)\b/iu,
  /^(?:someone|somebody|anyone|anybody|people|others?)\b.{0,60}\b(?:could|might|may|would|should)\b|\b(?:could|might|may|should) (?:eventually|perhaps|maybe|possibly|consider|look (?:at|into) (?:whether|if))\b/iu,
  /\bwould have (?:liked|wanted|loved|been nice)\b|\b(?:did not|didn't|have not|haven't) (?:build|add|implement|built|added|implemented|get to|got to|have time|had time)\b/iu,
  /^(?:removed|dropped|reverted|descoped|cut|taken out)\b[^.;:]{0,40}\b(?:in|from|by|with) (?:this|the) (?:change|pr|pull request|mr|branch|release|refactor\p{L}{0,4})\b/iu,
  /\b(?:not|isn't|aren't) (?:part of|included in|in|for|covered (?:by|in)) this (?:pr|pull request|mr|merge request|change|branch|release|iteration|version)\b/iu,
  /\b(?:might|may|could|should) (?:someday|some day|one day|at some point)\b|\b(?:someday|some day)\W*$/iu,
];

/** The whole item, or its end, puts the work off. */
const PUT_OFF: readonly RegExp[] = [
  /^(?:tbd|tba|later|future(?: work)?|deferred|postponed|backlog|todo(?: later)?|wip)\W*$/iu,
  /^(?:tbd|tba|later|future|follow[\s-]?up|deferred|postponed|todo later|out of scope)\s?(?:[:–—,-]|$)/iu,
  /^(?:out of scope|deferred|postponed)\b/iu,
  /\b(?:tbd|tba)\b|\bto be (?:determined|decided|defined|done)\b|\bto be added\W*$|\bout of scope(?: for (?:this|now)\b|\W*$)/iu,
  /\b(?:in|as) (?:a )?(?:follow[\s-]?up|later|future|separate|subsequent|next) (?:pr|prs|pull request|ticket|task|issue|iteration|release|sprint|phase|version|change)\b|\bfollow[\s-]?up (?:pr|ticket|task|issue)\b|\bin a follow[\s-]?up\b/iu,
  /\b(?:will|to|can|could|may|might) (?:be )?(?:add|added|do|done|come|follow|handle|handled|implement|implemented|fix|fixed|tackle|revisit|revisited|address|addressed)(?: [\p{L}-]{1,20}){0,4} (?:later|soon|eventually)\b/iu,
  /\b(?:add|do|fix|handle|implement|revisit|address|decide|wire|ship)(?:ed)?(?: [\p{L}-]{1,20}){0,4} (?:later|someday)\W*$/iu,
  /(?<!\b(?:again|retry|retries|retried|try|tries|days?|hours?|minutes?|seconds?|min|sec|s|ms|h|months?|weeks?|years?) )(?<!\b(?:so|which|who|and|then|until) (?:the |an? |its? )?[\p{L}-]{2,20} (?!adds|does|fixes|handles|implements|builds|comes|follows|writes)[\p{L}-]{2,18}s [^,;:.]{0,40})\blater[.!)]?$|\bfor later\b/iu,
  /\b(?:post[\s-](?:launch|mvp|release)|after (?:the )?(?:launch|mvp|ga)|when (?:we have|there is) time|not yet(?: done| implemented| there| added| wired| decided)?|(?:to|on) (?:the|our) backlog|backlogged|nice to have|more to come|coming soon|wip)\W*$/iu,
  /\bparked (?:in phase|until|for (?:now|later)|explicitly)\b/iu,
  /(?<!initially )\b(?:deferred|postponed)(?: (?:to|until|for|till) (?:a |the )?(?:later|next|follow|v\d|phase|after|now)|\W*$)/iu,
];

/** The reason of `refusal` for an item that says something is not done or not needed. */
export const NOT_DONE = "it says that this is not done";

const PATTERNS = preparePatterns([...PUT_OFF, ...REFUSES, ...ONLY_THOUGHT]);

/** Whether the item asks instead of saying. */
export function isQuestion(text: string): boolean {
  return QUESTION.test(text.trim());
}

/** A plan's items are asked about twice: for their outcome, and whether they count. */
const REMEMBERED = 1024;
const LONGEST_REMEMBERED = 2000;
const recent = new Map<string, string | null>();

/** Why an item refuses or puts off its work, in words for the reader; null when it does neither. */
export function refusal(text: string): string | null {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const answer = readRefusal(text);
  if (recent.size >= REMEMBERED) recent.clear();
  if (text.length <= LONGEST_REMEMBERED) recent.set(text, answer);
  return answer;
}

function readRefusal(text: string): string | null {
  const trimmed = text.trim();
  const label = /^[\p{L}\s/-]{2,40}[:—–-] /u.exec(trimmed)?.[0] ?? "";
  const lower = trimmed.toLowerCase();
  const said = label === "" ? [lower] : [lower, lower.slice(label.length)];
  const candidates = findCandidates(PATTERNS, lower);
  const isSaid = (place: number): boolean => said.some((part) => PATTERNS.patterns[place]?.test(part) === true);
  if (candidates.some((place) => place < PUT_OFF.length && isSaid(place))) return "it puts the work off";
  return candidates.some((place) => place >= PUT_OFF.length && isSaid(place)) ? NOT_DONE : null;
}
