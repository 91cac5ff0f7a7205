const QUESTION =
  /\? ?(?:[)"'*_]|—[^?]{0,60})?$|^(?:should|shall|do|does|is|are|what|how|why|which|who|where|when|can|could|would) (?:we|i|it|the|this|there|you|they|an?|our)\b[^.:;]{0,300}\?/iu;
const NOT_DONE =
  /^(?:n\/?a\b|not (?:needed|applicable|required|relevant|necessary|planned|implemented|doing|yet|in scope|included|supported)|no need|none\b|tbd\b|tba\b|todo\b:?\s?(?:later|decide)?$|later\b|skip(?:ped)?\b|out of scope|won't|will not|wontfix|deferred|postponed|future\b|optional$|\(?optional\)?$|nothing)/iu;
const PUT_OFF =
  /\b(?:tbd|tba|to be (?:determined|decided|defined|done|added)|out of scope|(?:in|as) (?:a )?(?:follow[\s-]?up|later|future|separate|subsequent|next) (?:pr|prs|pull request|ticket|task|issue|iteration|release|sprint|phase|version|change)|follow[\s-]?up (?:pr|ticket|task|issue)|in a follow[\s-]?up|will (?:be )?(?:add|added|do|done|come|follow|handle|handled|implement|implemented|fix|fixed|tackle|revisit|revisited|address|addressed)(?:\s\p{L}+){0,4}\s(?:later|afterwards|soon|eventually|next)|(?:add|do|fix|handle|implement|revisit|address|decide|wire|ship)(?:ed)?(?:\s[\p{L}-]+){0,4}\s(?:later|afterwards|eventually|someday)|later\s?[.!)]?$|for later\b|post[\s-](?:launch|mvp|release)\b|after (?:the )?(?:launch|mvp|release|ga)\b|when (?:we have|there is) time|not yet\b|deferred|postponed|backlog(?:ged)?\b|nice to have|more to come|coming soon|wip\b)/iu;
const NEGATED =
  /\b(?:not|isn't|aren't|no longer) (?:needed|applicable|required|necessary|relevant|implemented|planned|supported|included|in scope|part of this|doing)\b|\bn\/a\b|\bwe (?:don't|do not|won't|will not) (?:need|use|have|do|implement|plan|add|want)\b|\bno (?:need|plans?) (?:for|to)\b|\bskipp(?:ed|ing) (?:for|this|in|because)\b|\b(?:overkill|unnecessary)\b/iu;

/** Whether the item asks instead of saying. */
export function isQuestion(text: string): boolean {
  return QUESTION.test(text.trim());
}

/** Why an item refuses or puts off its work, in words for the reader; null when it does neither. */
export function refusal(text: string): string | null {
  const trimmed = text.trim().replace(/^[\p{L}\s/-]{2,40}[:—–-]\s+(?=n\/?a\b|not |tbd|later|none|skip|out of|no need|deferred|todo)/iu, "");
  if (NOT_DONE.test(trimmed) && !/^(?:none|no need|later|future|skip|nothing)\s\p{L}+\s\p{L}+.{30}/iu.test(trimmed))
    return /^(?:n|no|none|nothing|skip|won|will)/iu.test(trimmed) ? "it says that this is not done" : "it puts the work off";
  if (PUT_OFF.test(text)) return "it puts the work off";
  return NEGATED.test(text) ? "it says that this is not done" : null;
}
