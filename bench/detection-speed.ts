import { detectTouch } from "../src/detect/detect-touch.ts";
import type { ChangedFile } from "../src/model/changed-file.ts";
import { buildPullRequest } from "../test/support/build-pull-request.ts";

const FILES = 3000;
const LINES = 40;

/** Times one decision over 3,000 files of mixed kinds with 40 added lines each, the median of five. */
export function measureSpeed(): string {
  const files = Array.from({ length: FILES }, (_, at) => buildFile(at));
  const pullRequest = buildPullRequest(files, { title: "Add orders API" });
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    detectTouch(pullRequest);
    return performance.now() - started;
  }).toSorted((one, other) => one - other);
  return `${FILES} files of ${LINES} added lines decided in ${Math.round(times[2] ?? 0)} ms (median of 5; fastest ${Math.round(times[0] ?? 0)}, slowest ${Math.round(times[4] ?? 0)})`;
}

const KINDS: readonly (readonly [string, string])[] = [
  ["apps/api/src/orders/order-%.controller.ts", '  const order = await this.orders.findById(id, { include: ["items"] });'],
  ["apps/web/src/components/Order%.tsx", '      <Button className="mt-2" onClick={() => setOpen(true)}>Open</Button>'],
  ["services/billing/internal/store%.go", '	rows, err := s.db.QueryContext(ctx, "select id from orders where id = $1", id)'],
  ["app/models/order_%.rb", "    scope :open, -> { where(closed_at: nil) }"],
  ["docs/guide-%.md", "The API answers with the list of orders that are open."],
  ["test/orders/order-%.test.ts", '    expect(await request(app).get("/orders")).toBeDefined();'],
];

function buildFile(at: number): ChangedFile {
  const [path, line] = KINDS[at % KINDS.length] ?? ["", ""];
  const added = Array.from({ length: LINES }, (_, number) => `+${line} // ${number}`).join("\n");
  return {
    path: path.replace("%", String(at)),
    status: "modified",
    additions: LINES,
    deletions: 0,
    patch: `@@ -1,3 +1,${LINES + 3} @@\n context\n${added}`,
  };
}
