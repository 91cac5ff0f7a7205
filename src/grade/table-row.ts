import type { SectionId } from "../model/requirement-id.ts";

/** A table row read as one item. */
export interface RowText {
  readonly text: string;
  readonly section: SectionId | null;
  readonly done: boolean;
  readonly cancelled: boolean;
}

const STATUS_HEAD =
  /^(?:status|state|done|✓|✔|✅|checked?|complete|progress|\[ ?\]|stand|zustand|erledigt|[ée]tat|statut|fait|estado|estatus|hecho|feito|stato|stan|durum|状态|状態|상태|статус|готово)$/iu;
const NUMBER_HEAD =
  /^(?:#|№|no\.?|id|nr\.?|n°|priority|prio|owner|assignee|effort|estimate|eta|sprint|ticket|link|file|line|phase|verantwortlich|zuständig|aufwand|priorit(?:ät|é)|prioridad|responsable|responsável|担当|责任人)$/iu;
const DONE =
  /^(?:\[x\]|x|✓|✔|✅|☑|done|completed?|yes|finished|erledigt|fertig|ja|fait|oui|terminé|hecho|sí|listo|feito|sim|fatto|gotowe|tamam|完成|完了|완료|готово|да)$/iu;
const CANCELLED = /^(?:cancell?ed|skipped|n\/a|wontfix|won't do|❌|dropped)$/iu;
const EMPTY = /^(?:-|–|—|n\/a|tbd|\.\.\.|…)?$/iu;

/** One text from the cells that speak, with a section or status column taken out. */
export function rowText(cells: readonly string[], head: readonly string[], sectionOf: (cell: string) => SectionId | null): RowText {
  let section: SectionId | null = null;
  let done = false;
  let cancelled = false;
  const spoken: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const title = (head[index] ?? "").trim();
    const plain = cell.replace(/[*_`]/gu, "").trim();
    const named = index < 3 && plain.length < 50 ? sectionOf(plain) : null;
    if (STATUS_HEAD.test(title) || (DONE.test(plain) && plain !== "")) {
      done = done || DONE.test(plain);
      cancelled = cancelled || CANCELLED.test(plain);
    } else if (named && section === null) section = named;
    else if (!NUMBER_HEAD.test(title) && !EMPTY.test(plain) && !(index === 0 && /^[\p{L}]{0,4}[-.]?\d{1,3}\.?$/u.test(plain)))
      spoken.push(cell);
  }
  const [first = "", ...rest] = spoken;
  return { text: rest.length === 0 ? first : `${first}: ${rest.join("; ")}`, section, done, cancelled };
}

/** The cells of a table row; escaped pipes and pipes in code stay in their cell. */
export function cellsOf(row: string): readonly string[] {
  const cells: string[] = [];
  let cell = "";
  let inCode = false;
  for (let at = 0; at < row.length; at += 1) {
    const character = row.charAt(at);
    if (character === "\\" && row.charAt(at + 1) === "|") {
      cell += "|";
      at += 1;
    } else if (character === "|" && !inCode) {
      cells.push(cell.trim());
      cell = "";
    } else {
      if (character === "`") inCode = !inCode;
      cell += character;
    }
  }
  cells.push(cell.trim());
  return cells.slice(row.startsWith("|") ? 1 : 0, row.endsWith("|") ? -1 : undefined);
}
