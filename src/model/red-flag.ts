import type { RequirementId } from "./requirement-id.ts";

/** A thought that puts reliability off, found in what the author wrote (contract: redFlags). */
export interface RedFlag {
  readonly id: "add-reliability-later" | "edge-case-unlikely" | "circuit-breaker-overkill" | "customer-deadline";
  readonly where: "title" | "body" | "comment";
  readonly quote: string;
  /** Only a deferral of one of the requirements that apply (the payment rubric's where payments are touched), in title or description, blocks. */
  readonly blocks: boolean;
  /** What is put off, when it is one of the requirements. */
  readonly requirement: RequirementId | null;
}
