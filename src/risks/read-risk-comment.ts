import type { ConversationComment, GitHubAccount } from "../model/signing.ts";
import { findCommands, type RiskCommand } from "./find-commands.ts";
import { formCode } from "./form-code.ts";
import { type ParsedRiskForm, parseRiskForm } from "./parse-risk-form.ts";

/** A form in a comment, as it reads now. */
export interface CommentForm {
  readonly line: number;
  readonly text: string;
  readonly code: string;
  readonly parsed: ParsedRiskForm;
}

/** What a person's comment says to us, as it reads now. */
export interface RiskComment {
  readonly comment: ConversationComment;
  readonly author: GitHubAccount;
  /** When the text became what it is: its last edit, or its beginning. ISO 8601 UTC. */
  readonly writtenAt: string;
  readonly commands: readonly RiskCommand[];
  /** A comment holds one form, its first that is not blank: two would void each other. */
  readonly form: CommentForm | null;
}

/** What a form is read against. */
export interface FormContext {
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly horizonDays: number;
}

/** Reads a comment. null for one by nobody, by a bot, or by ourselves: those never count. */
export function readRiskComment(comment: ConversationComment, context: FormContext): RiskComment | null {
  const { author, body } = comment;
  if (author?.type !== "User") return null;
  const writtenAt = comment.editedAt ?? comment.createdAt;
  const commands = findCommands(body);
  const forms = commands.flatMap((command) => (command.kind === "accept-risk" ? [command] : []));
  const read = forms.map(({ line, form: text }) => ({
    line,
    text,
    code: codeIn(comment.repo, comment, author, text),
    parsed: parseRiskForm(text, { ...context, writtenAt }),
  }));
  return { comment, author, writtenAt, commands, form: read.find(({ parsed }) => parsed.kind !== "blank") ?? null };
}

/** The code of a comment's form as it was in a repository of that name; null when the comment has no form. */
export function codeUnderName({ comment, author, form }: RiskComment, repo: string): string | null {
  return form && codeIn(repo, comment, author, form.text);
}

function codeIn(repo: string, { number }: ConversationComment, author: GitHubAccount, text: string): string {
  return formCode({ text, repo, number, author: author.login });
}
