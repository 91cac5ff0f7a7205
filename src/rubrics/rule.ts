import type { ts } from "ts-morph";
import type { RequirementId } from "../model/requirement-id.ts";
import type { FileRole, SourceFacts } from "./syntax/source-facts.ts";

/** Names that a file may write: one of a list, or any that satisfies a pattern or a test. These are put to each name once, wherever it is written. */
export type NamesWritten = readonly string[] | RegExp | ((name: string) => boolean);

/** What a rule saw at a node. The engine adds path, lines, severity and fingerprint. */
export interface Problem {
  /** The smallest node that shows the problem: its lines are the annotation, and it is reported when the change touches them. */
  readonly node: ts.Node;
  /** One line: what is wrong here, with the names of the code in backticks. */
  readonly message: string;
  /** Lower than the rule's own severity when this case is less sure. */
  readonly severity?: "blocking" | "advisory";
  /** A more specific repair than the rule's own. */
  readonly fix?: string;
  /**
   * What problems share that one decision makes and one repair settles: calls of one client, say. Of a file's blocking problems of one habit
   * the first blocks and counts the others, which advise.
   */
  readonly habit?: string;
  /** Other nodes that make the problem: a change that touches one of them reports it as well. */
  readonly alsoTouches?: readonly ts.Node[];
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
  /** Whole small files. A test runs both: the rule speaks on `bad` and is silent on `good`. */
  readonly examples: { readonly bad: string; readonly good: string };
  /** Files it looks at; default: server code only. */
  readonly roles?: readonly FileRole[];
  /** true when it argues from the absence of something elsewhere in the file: skipped where only hunks are known. */
  readonly needsWholeFile?: boolean;
  /** true when it argues from what the file said before the change (`formerOf`): asked only about files that were changed. */
  readonly comparesWithBase?: boolean;
  /** What it looks for in TypeScript and JavaScript: the node kinds it wants to see, and the question it asks of each. */
  readonly typescript: {
    readonly kinds: readonly ts.SyntaxKind[];
    /** When given, only calls (and `new`) whose last name is one of these, or matches, are shown (`get` of `this.http.get(...)`): most are settled by it. */
    readonly callees?: readonly string[] | RegExp;
    /**
     * When given, the rule is asked only about files that write one of these names, or a name that matches: an identifier, a property's name
     * (quoted or not) or the module of an import; with `allOf`, one name of each. It saves time and may never change what the rule says. A rule
     * about calls alone is not asked about files without one of its `callees`.
     */
    readonly words?: NamesWritten | { readonly allOf: readonly NamesWritten[] };
    /** When given, the rule is asked only about files of which this is true. Like `words`, it may never change what the rule says. */
    readonly when?: (file: SourceFacts) => boolean;
    /** Returns the problems at this node; throws only on a bug of ours. Must not walk outside the file. */
    readonly look: (node: ts.Node, file: SourceFacts) => readonly Problem[];
  };
}
