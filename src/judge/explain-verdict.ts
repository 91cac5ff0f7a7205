import type { Review } from "../model/review.ts";
import { plural } from "./grade-points.ts";

/** The one sentence under the verdict: what decided it, in numbers. */
export function explainVerdict(review: Review): string {
  switch (review.observed ?? review.verdict) {
    case "not-applicable":
      return review.why;
    case "passed":
      return `The plan earns ${review.grade?.points} of ${review.grade?.outOf} points, and nothing found in the diff contradicts it.`;
    case "risk-accepted":
      return `${plural(review.shortfalls.length, "shortfall")} accepted by ${review.acceptance?.by.join(" and ")} until ${review.acceptance?.until}.`;
    case "undetermined":
      return `Could not judge all of it: ${review.shortfalls.find((each) => each.id === "undetermined" && each.acceptedBy === undefined)?.detail ?? "a part was not read"}.`;
    default:
      return explainBlock(review);
  }
}

function explainBlock(review: Review): string {
  const counted = review.items.filter((item) => item.counted);
  const blocking = review.findings.filter((finding) => finding.severity === "blocking" && finding.suppressed === undefined).length;
  const contradicted = counted.filter((item) => item.promise?.state === "contradicted").length;
  const fromPayments =
    review.payments.touched && review.payments.grade?.passed === false ? ["Payment operations come first and are not passed"] : [];
  const fromPlan =
    counted.length === 0
      ? ["this backend change has no reliability plan yet"]
      : review.grade?.passed === false
        ? [`the plan is specific in ${counted.filter((item) => item.specific).length} of ${plural(counted.length, "item")}`]
        : [];
  const parts = [
    ...fromPayments,
    ...fromPlan,
    ...(contradicted > 0 ? [`the diff contradicts ${plural(contradicted, "promise")} of the plan`] : []),
    ...(blocking > 0 ? [`the diff has ${plural(blocking, "blocking finding")}`] : []),
    ...(review.redFlags.some((flag) => flag.blocks) ? ["reliability is put off until later"] : []),
  ];
  const sentence = parts.length > 0 ? parts.join(", and ") : "a shortfall is not covered";
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
