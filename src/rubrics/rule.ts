import type { ts } from "ts-morph";
import type { RequirementId } from "../model/requirement-id.ts";
import type { SourceFacts } from "./syntax/source-facts.ts";

/** What a rule saw at a node. The engine adds path, lines, severity and fingerprint. */
export interface Problem {
  readonly node: ts.Node;
  /** One line: what is wrong here, with the names of the code in backticks. */
  readonly message: string;
  /** Lower than the rule's own severity when this case is less sure. */
  readonly severity?: "blocking" | "advisory";
  /** A more specific repair than the rule's own. */
  readonly fix?: string;
}

/**
 * One rule. Its id is a statement that is true or false of the change; the same word is its file, its
 * fixture folder, its documentation page and its policy key.
 */
export interface Rule {
  readonly id: string;
  readonly requirement: RequirementId;
  readonly severity: "blocking" | "advisory";
  readonly title: string;
  /** Why it matters, one or two sentences. */
  readonly why: string;
  readonly fix: string;
  /** Where the rule or its numbers come from. */
  readonly source: string;
  readonly examples: { readonly bad: string; readonly good: string };
  /** What it looks for in TypeScript and JavaScript: the node kinds it wants to see, and the question it asks of each. */
  readonly typescript: {
    readonly kinds: readonly ts.SyntaxKind[];
    /** Returns the problems at this node; throws only on a bug of ours. Must not walk outside the file. */
    readonly look: (node: ts.Node, file: SourceFacts) => readonly Problem[];
  };
}
