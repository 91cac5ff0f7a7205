import type { ts } from "ts-morph";
import type { ErrorTreatment } from "./error-treatment.ts";
import type { OutboundCall } from "./outbound-call.ts";
import type { Origin } from "./value-origin.ts";

/** What was found out about a node; undefined where nobody asked yet. */
export interface NodeMemo {
  origin: Origin | undefined;
  declared: Origin | undefined;
  outbound: OutboundCall | null | undefined;
  treatment: ErrorTreatment | undefined;
  namesOwner: boolean | undefined;
  namesIdentity: boolean | undefined;
}

/** The compiler keeps a slot on each node for its emitter, which is not run here. Much cheaper than a map of nodes. */
type Slot = ts.Node & { emitNode?: NodeMemo };

/** The memory of a node, made when first asked for. */
export function memoOf(node: Slot): NodeMemo {
  return (node.emitNode ??= {
    origin: undefined,
    declared: undefined,
    outbound: undefined,
    treatment: undefined,
    namesOwner: undefined,
    namesIdentity: undefined,
  });
}

/** The memory of a node; undefined when nothing was remembered. */
export function knownOf(node: Slot): NodeMemo | undefined {
  return node.emitNode;
}
