import type { AcceptanceEvent, RecordedAcceptance, RegisterCause } from "../model/recorded-acceptance.ts";
import type { Queries, Transaction } from "./database.ts";

/** What the register says of an acceptance, without the login: the history cannot be erased, a name must be. */
function toValue(acceptance: RecordedAcceptance | null): string | null {
  if (!acceptance) return null;
  const { acceptedBy: _login, ...value } = acceptance;
  return JSON.stringify(value);
}

/** Adds a line to the history of an acceptance. */
export async function saveEvent(
  trx: Transaction,
  action: AcceptanceEvent["action"],
  before: RecordedAcceptance | null,
  after: RecordedAcceptance,
  cause: RegisterCause,
): Promise<void> {
  await trx
    .insertInto("acceptance_event")
    .values({
      acceptance_id: after.id,
      action,
      actor_id: cause.actor?.githubId ?? null,
      at: cause.at,
      old_value: toValue(before),
      new_value: toValue(after),
      delivery_id: cause.deliveryId,
      comment_url: cause.commentUrl,
      head_sha: cause.headSha,
    })
    .execute();
}

/** The history of an acceptance, oldest first. */
export async function loadEvents(db: Queries, acceptanceId: number): Promise<readonly AcceptanceEvent[]> {
  const rows = await db.selectFrom("acceptance_event").where("acceptance_id", "=", acceptanceId).orderBy("id").selectAll().execute();
  return rows.map((row) => ({
    id: row.id,
    acceptanceId: row.acceptance_id,
    action: row.action as AcceptanceEvent["action"], // written by saveEvent alone
    actorId: row.actor_id,
    at: row.at.toISOString(),
    oldValue: row.old_value,
    newValue: row.new_value,
    deliveryId: row.delivery_id,
    commentUrl: row.comment_url,
    headSha: row.head_sha,
  }));
}
