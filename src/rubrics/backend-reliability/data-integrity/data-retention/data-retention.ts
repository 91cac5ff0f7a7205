import type { Requirement } from "../../../requirement.ts";

/** Data is kept as long as needed, and no longer. */
export const dataRetention: Requirement = {
  id: "data-retention",
  section: "data-integrity",
  label: "retention",
  title: "Data is kept as long as needed, and no longer",
  question: "How long is each kind of data kept, what removes it, and how is it restored?",
  cues: [
    {
      pattern:
        /keeps? (?:the )?(?:last|latest|newest) \d|(?:delete|clean|prune|remove|expire)\w{0,3} (?:old|stale|expired|orphan\w*|inactive|processed|completed|unused)/u,
      weight: 4.5,
    },
    {
      pattern:
        /\bclean-?up\b|\bwal archiv|\bpoint in time|\breplicat(?:e|ed|ion) (?:to|across)|off-?site|cross-region|3-2-1|data (?:removal|export|erasure)|forget me|delete (?:my )?account|account deletion|\bvacuum\b|cold storage/u,
      weight: 2.2,
    },
    { pattern: /^(?:restore|backup|purge|archive|retain)\b/u, weight: 4 },
    {
      pattern: /\bdumps?\b|conservation|suppression après|durées? (?:de |par )|백업|sao lưu|respaldo|löschung nach|рез[её]рвн|бэкап/u,
      weight: 3.5,
    },
    { pattern: /\bretention|\bretain(?:s|ed|ing)?\b|保留|conservation des|retención|retenção|aufbewahr/u, weight: 4 },
    { pattern: /\bpurg(?:e|es|ed|ing)\b|清理/u, weight: 4 },
    { pattern: /\barchiv/u, weight: 4 },
    { pattern: /\bback-?(?:ups?|ed up)\b(?! codes?)|备份|sauvegarde|copia de seguridad|バックアップ/u, weight: 4.5 },
    { pattern: /\brestor(?:e|es|ed|ing|ation)\b/u, weight: 3 },
    { pattern: /(?:soft|hard)[\s-]?delet/u, weight: 4 },
    { pattern: /\blife-?cycle\b|ttl index/u, weight: 2.5 },
    {
      pattern: /\b(?:glacier|pg_dump|wal-g|pgbackrest|pitr|point-in-time|snapshots?|velero|barman|restic|mysqldump|mongodump)\b/u,
      weight: 3,
    },
    { pattern: /deleted? after|older than|right to (?:erasure|be forgotten)|\berasure|data (?:deletion|expiry)|anonymi[sz]/u, weight: 3 },
    { pattern: /\b(?:rpo|rto)\b|disaster[\s-]recovery/u, weight: 3 },
    { pattern: /\baborts? (?:incomplete )?multipart|\bexpir(?:e|es|y)\b|cleanup|clean-up|\bgdpr\b|kept for/u, weight: 1.5 },
    { pattern: /\b(?:delete|drop|remove|anonymi[sz]e|prune|purge)[a-z]{0,2}\b.{0,50}(?:\bafter\b|older than)/u, weight: 4 },
    { pattern: /\bttl (?:removes|deletes|drops)|pg_cron|pruner/u, weight: 2.5 },
    { pattern: /\b(?:recovery (?:time|point) objective|\brto\b|\brpo\b)/u, weight: 6 },
    {
      pattern:
        /:\s\d+\s(?:ans?|mois|years?|años?|anos?|jahre?|lat|лет|tahun|months?)\b|\bsuppression (?:automatique|des)|\b(?:request|data|account|gdpr) (?:deletion|erasure)\b|\bdeletion (?:request|process|job|strategy)|\bdeletes? all\b|\bcreated more than \d/u,
      weight: 4,
    },
    {
      pattern:
        /\d+ ?(?:日|天|일).{0,8}(?:失効|削除|删除|삭제|过期)|失効する|成功時即削除|삭제된다|\bwal\b|\bpoint-in-time|\bdata (?:deletion|destruction|residency)\b/u,
      weight: 3.5,
    },
  ],
  reference: "soft-deleted rows purged after 90 days",
  why: "What is never purged is stolen in the next breach; what is never restored was never backed up.",
  fix: "Set a period per table, purge by a job that reports, and rehearse the restore.",
  goodExample:
    "pg_cron purges soft-deleted invoices after 90 days at 03:00 and reports the number of rows; nightly pg_dump goes to S3 for 30 days",
  badExample: "Define retention policy",
  source: "GDPR article 5(1)(e); product description section 3",
  alsoFits: ["security"],
  hints: {
    numbers: { ask: "say how long it is kept", example: "90 days" },
    tools: { ask: "name what removes or stores it (pg_cron, S3 lifecycle, pg_dump)", example: "pg_cron" },
    outcome: {
      ask: "say what is gone, or what can be restored, and when",
      example: "soft-deleted rows are gone after that, and the count is logged",
    },
  },
  hintsFor: [
    {
      when: /\brto\b|\brpo\b|recovery|\brestor|\bback-?ups?\b|\bdumps?\b|백업|バックアップ|备份|sauvegarde/u,
      hints: {
        numbers: {
          ask: "say how often, how long it is kept, or how fast it is back",
          example: "daily, kept 30 days, restored within 60 min",
        },
        tools: { ask: "name what writes it (pg_dump, pgBackRest, AWS Backup, Velero)", example: "pg_dump" },
        outcome: { ask: "say what a restore proves", example: "a monthly restore into staging shows the same row counts" },
      },
    },
  ],
};
