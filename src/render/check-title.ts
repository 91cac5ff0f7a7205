import type { Grade } from "../model/grade.ts";
import type { Review } from "../model/review.ts";
import { count } from "./document.ts";
import { LIMITS } from "./limits.ts";
import { excerpt } from "./neutralise.ts";
import { isBlocking } from "./severity.ts";
import { isSignatureAwaited } from "./signing-blocks.ts";

/** The title of the check run: the score, and what is left to do. Plain text of one line, 255 characters at most. */
export function renderCheckTitle(review: Review): string {
  return excerpt(`${awaited(review)}${titleOf(review)}`, LIMITS.checkTitle);
}

function titleOf(review: Review): string {
  switch (review.verdict) {
    case "not-applicable":
      return notApplicableTitle(review.why);
    case "risk-accepted":
      return acceptedTitle(review.acceptance);
    case "observed":
      return `Observed, nothing blocked - ${gradedTitle(review, review.grade)}`;
    case "undetermined":
      return `Could not tell - ${score(review.grade)}${undeterminedParts(review)}`;
    case "passed":
    case "blocked":
      return gradedTitle(review, review.grade);
  }
}

/** What a person has to do first. */
function awaited(review: Review): string {
  if (!isSignatureAwaited(review) || !review.signatures) return "";
  if (review.signatures.waiting.length > 0) return "Waiting for a signature - ";
  return review.signatures.unchecked.length > 0 ? "A signature could not be checked - " : "The accepted risk ran out - ";
}

/** "Risk accepted by @dana until 2027-01-15, 1.5 engineer-weeks". */
export function acceptedTitle(acceptance: Review["acceptance"]): string {
  if (!acceptance) return "Risk accepted";
  const names = acceptance.by.map((name) => `@${name.replace(/^@/, "")}`).join(" and ");
  return `Risk accepted by ${names} until ${acceptance.until}, ${count(acceptance.engineerWeeks, "engineer-week")}`;
}

function notApplicableTitle(why: string): string {
  const reason = excerpt(why, 180).replace(/[.\s]+$/, "");
  return /no (?:\w+ )?plan/i.test(reason) ? reason : `${reason || "Not a backend change"} - no plan needed`;
}

function gradedTitle(review: Review, grade: Grade | null): string {
  const parts = [
    waitsForPayments(review),
    review.items.some((item) => item.counted) ? "" : "no reliability plan yet",
    review.redFlags.some((flag) => flag.blocks) ? "reliability put off" : "",
    review.verdict !== "passed" && review.nextSteps.length > 0 ? `${count(review.nextSteps.length, "edit")} to pass` : "",
    ...findingParts(review),
  ].filter((part) => part !== "");
  return `${score(grade)}${parts.length > 0 ? parts.join(", ") : "the plan is specific, nothing found in the diff contradicts it"}`;
}

/** General reliability counts only once the payment plan passed. */
function waitsForPayments({ payments }: Review): string {
  return payments.grade?.passed === false ? `waiting for Payment operations (${payments.grade.points}/${payments.grade.outOf})` : "";
}

function findingParts(review: Review): readonly string[] {
  const blocking = review.findings.filter(isBlocking).length;
  const broken = review.items.filter((item) => item.promise?.state === "contradicted").length;
  const advisory = review.findings.filter((finding) => finding.severity === "advisory").length;
  const all = [
    blocking > 0 ? count(blocking, "blocking finding") : "",
    broken > 0 ? count(broken, "broken promise") : "",
    blocking + broken === 0 && advisory > 0 ? count(advisory, "advisory finding") : "",
  ];
  return all.filter((part) => part !== "");
}

function undeterminedParts(review: Review): string {
  const files = review.notRead.filter((file) => file.undetermined).length;
  const rules = review.findings.filter((finding) => finding.severity === "undetermined").length;
  const parts = [files > 0 ? `${count(files, "file")} not read` : "", rules > 0 ? `${count(rules, "finding")} not decided` : ""].filter(
    (part) => part !== "",
  );
  return parts.length > 0 ? parts.join(", ") : "a part could not be judged";
}

function score(grade: Grade | null): string {
  return grade ? `${grade.points}/${grade.outOf} - ` : "";
}
