import type { ReadItem } from "./read-item.ts";
import type { QualityReader } from "./read-qualities.ts";

/**
 * Nested lists: a parent that only names its children is a label, not an item; children that cannot stand alone are
 * details of their parent and are read as a part of it.
 */
export function mergeDetails(items: readonly ReadItem[], read: QualityReader): readonly ReadItem[] {
  const groups = groupsOf(items);
  const nested = groups.filter(({ parent, children }) => parent.whyNot === null && children.length > 0);
  const own = read(nested.map(({ parent }) => parent.raw));
  const labels = new Map(nested.map((group, place) => [group, isLabel(group.parent, own[place]?.missing.length ?? 0)]));
  const doubtful = nested.flatMap(({ parent, children }) => children.filter((child) => isDetailByForm(child, parent) === null));
  read(doubtful.map(({ raw }) => raw));
  return groups.flatMap((group) => {
    const label = labels.get(group);
    return label === undefined ? [group.parent] : mergeGroup(group, label, read);
  });
}

function isLabel(parent: ReadItem, missing: number): boolean {
  return missing === 3 || (/[:：]\s*$/u.test(parent.raw) && missing !== 0);
}

function mergeGroup({ parent, children }: Group, label: boolean, read: QualityReader): readonly ReadItem[] {
  const details = children.filter((child) => isDetail(child, parent, label, read));
  const kept = children.filter((child) => !details.includes(child));
  if (label && kept.length > 0)
    return [{ ...parent, whyNot: "a heading for the items below it" }, ...children.map((child) => ({ ...child, context: parent.raw }))];
  const raw = [parent.raw.replace(/[:：]\s*$/u, ":"), ...details.map((detail) => detail.raw)].join("; ").replace(":;", ":");
  return [{ ...parent, raw }, ...kept];
}

interface Group {
  readonly parent: ReadItem;
  readonly children: readonly ReadItem[];
}

/** Each item that is nobody's child, with those below it. */
function groupsOf(items: readonly ReadItem[]): readonly Group[] {
  const groups: Group[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const parent = items[index];
    if (!parent) continue;
    const children = childrenOf(items, index);
    groups.push({ parent, children });
    index += children.length;
  }
  return groups;
}

function childrenOf(items: readonly ReadItem[], index: number): readonly ReadItem[] {
  const parent = items[index];
  const children: ReadItem[] = [];
  for (let next = index + 1; next < items.length; next += 1) {
    const child = items[next];
    if (!parent || !child || child.indent <= parent.indent || child.whyNot !== parent.whyNot || child.sections !== parent.sections) break;
    children.push(child);
  }
  return children;
}

function isDetail(child: ReadItem, parent: ReadItem, parentIsLabel: boolean, read: QualityReader): boolean {
  if (parentIsLabel && (child.checked !== null || parent.checked === null)) return false;
  return isDetailByForm(child, parent) ?? (read([child.raw])[0]?.missing.length ?? 0) > 1;
}

/** A bullet without a box below one that has a box is a detail of it; null where its words decide. */
function isDetailByForm(child: ReadItem, parent: ReadItem): true | null {
  return child.checked === null && parent.checked !== null ? true : null;
}
