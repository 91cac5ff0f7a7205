import type { RecordedAcceptance } from "./model/recorded-acceptance.ts";
import { readSignatures } from "./read-signatures.ts";
import type { RiskReply } from "./render/risk-reply.ts";
import { acceptanceState } from "./risks/acceptance-state.ts";
import { applyAcceptances, type Coverage } from "./risks/covers.ts";
import type { RiskCommand } from "./risks/find-commands.ts";
import { isSameCode } from "./risks/form-code.ts";
import { signForm } from "./sign-form.ts";
import type { SigningDesk } from "./signing-desk.ts";

/** The shortfalls of the head under the signatures that count. */
function coverageOf({ review, signatures, context }: SigningDesk): Coverage {
  return applyAcceptances(review.shortfalls, signatures.counted, context.now);
}

/** Does one command. Returns what it led to, for the reply. */
export async function runCommand(command: RiskCommand, desk: SigningDesk): Promise<RiskReply> {
  switch (command.kind) {
    case "accept-risk":
      return proposeForm(command.line, desk);
    case "sign":
      return signCode(command.code, desk);
    case "withdraw":
      return withdraw(desk);
    case "status":
      return { kind: "status", state: statusOf(desk) };
    case "recheck":
      await desk.ports.queue.enqueue(desk.reviewJob);
      return { kind: "rechecking" };
    case "plan":
      return { kind: "plan-asked", review: desk.review };
    case "help":
    case "reliability-help":
      return { kind: "help" };
    case "unknown":
      return { kind: "unknown-command", text: command.text };
  }
}

/** A form: blank ones get one to fill, faulty ones every fault, complete ones are signed where their writer may. */
async function proposeForm(line: number, desk: SigningDesk): Promise<RiskReply> {
  const { form, author } = desk.comment;
  const coverage = coverageOf(desk);
  if (form?.line !== line) {
    if (!form || !isAnotherForm(line, desk))
      return { kind: "form-asked", review: { ...desk.review, shortfalls: [...coverage.covered, ...coverage.open] } };
    return {
      kind: "signature-refused",
      because: "A comment holds one form, and this one has another before it: post it in a comment of its own.",
    };
  }
  if (form.parsed.kind === "faulty") return { kind: "form-refused", faults: form.parsed.faults, understood: form.parsed.understood };
  if (form.parsed.kind === "blank") return { kind: "form-asked", review: desk.review };
  const { code } = form;
  const complete = form.parsed.form;
  const others = complete.acceptedBy.filter((login) => login.toLowerCase() !== author.login.toLowerCase());
  const isNamed = others.length < complete.acceptedBy.length;
  const signed = isNamed ? await signForm({ comment: desk.comment, code, form: complete }, desk) : null;
  if (signed?.kind === "signature-refused") {
    const signers = signed.mayNever === true ? others : complete.acceptedBy;
    return { kind: "form-waits", form: complete, code, signers, because: signed.because };
  }
  return signed ?? { kind: "form-waits", form: complete, code, signers: others, because: null };
}

function isAnotherForm(line: number, { comment }: SigningDesk): boolean {
  return comment.commands.some((command) => command.kind === "accept-risk" && command.line === line && command.form !== "");
}

async function signCode(typed: string, desk: SigningDesk): Promise<RiskReply> {
  const { comments, waiting } = desk.signatures;
  const found = [...comments.values()].find(({ form }) => form && typed !== "" && isSameCode(typed, form.code));
  if (!found?.form) {
    const codes = waiting.flatMap(({ form }) => form?.code ?? []);
    return { kind: "unknown-code", typed, waiting: codes };
  }
  if (found.form.parsed.kind !== "complete")
    return {
      kind: "signature-refused",
      because: "The form with this code is not complete, or its date is over: its author has to correct it.",
    };
  return signForm({ comment: found, code: found.form.code, form: found.form.parsed.form }, desk);
}

/** The withdrawal itself took effect when the signatures were read: this says whether there was anything to take back. */
async function withdraw(desk: SigningDesk): Promise<RiskReply> {
  const { author, writtenAt, comment } = desk.comment;
  desk.signatures = await readSignatures(desk.job, desk.context, desk.ports);
  const at = new Date(writtenAt).getTime();
  const isByThis = ({ endedBecause, endedAt }: RecordedAcceptance) =>
    endedBecause === "withdrawn" && endedAt !== null && Math.abs(new Date(endedAt).getTime() - at) < 1000;
  const proposed = [...desk.signatures.comments.values()].some(
    (each) =>
      each.author.id === author.id &&
      each.comment.nodeId !== comment.nodeId &&
      each.form?.parsed.kind === "complete" &&
      new Date(each.writtenAt).getTime() <= at,
  );
  const hadAny = proposed || desk.signatures.ended.some(isByThis);
  return { kind: hadAny ? "withdrawn" : "nothing-to-withdraw", by: author.login };
}

function statusOf({ signatures, review, context }: SigningDesk) {
  const state = acceptanceState(signatures.events, review.shortfalls, context.now);
  const coverage = applyAcceptances(review.shortfalls, signatures.counted, context.now);
  const ended = signatures.ended.flatMap((each) =>
    each.endedBecause === null ? [] : [{ login: each.acceptedBy, end: each.endedBecause, at: each.endedAt ?? "" }],
  );
  const expired = signatures.expired.map((each) => ({ login: each.acceptedBy, end: "expired" as const, at: each.retrofitOn }));
  return { ...state, acceptances: signatures.counted, coverage, ended: [...ended, ...expired] };
}
