/**
 * What neither a plan nor a diff can show, per requirement: where a person, a drill or production has to answer.
 * Sentences for `docs/requirements.md`.
 */
export const OUT_OF_SIGHT: Readonly<Record<string, string>> = {
  "circuit-breaker":
    "Whether the threshold fits the traffic: 5 failures in 10 s is a storm for one service and a quiet morning for another. A breaker in a service mesh or gateway is outside the repository.",
  "retry-backoff":
    "Whether the other side survives the retries of all callers together, and whether a proxy between the two retries as well.",
  timeouts:
    "Whether the number fits: a timeout above the caller's own, or below the slowest honest answer, looks as tidy in code as a good one. Limits set in the database server or the load balancer are not read.",
  "graceful-degradation":
    "Whether people can work with what is left, and whether the fallback has ever been switched on. Only a drill shows it.",
  "health-checks":
    "Whether the orchestrator calls the route, how often, and what it does with a 503: that is in a deployment which is not part of the diff.",
  "error-handling": "Whether the right thing happens after the catch: a handled error can still be handled wrongly.",
  "correlation-ids":
    "Whether the next service keeps the identifier that it is sent, and whether the log search finds all lines of one request.",
  "structured-logging": "Whether the fields are those that an investigation needs, and how long the lines are kept.",
  "error-responses": "Whether clients understand the answer, and whether a gateway in front replaces it.",
  "error-metrics": "Whether somebody looks: a counter that no alert reads counts for nobody.",
  "input-validation":
    "Whether the bounds are those of the business: a schema that allows an amount of 999,999 is a schema. Validation in a gateway, or in functions of other files that are not at hand, is not followed.",
  transactions:
    "Whether the isolation level is enough for the invariant, and how the writes behave under the load of a real day. Constraints that live only in the database are not seen.",
  idempotency:
    "Whether every client sends the same key for the same intention, and whether a unique index stands behind an insert: it is in a migration, possibly years old.",
  "data-retention":
    "What backups, exports, logs and other companies keep, and whether the purge runs every night. A restore is proved by restoring.",
  "audit-trail":
    "Whether the record can be altered by those whom it records, and whether triggers in the database write it. That is a matter of grants, not of code.",
  authentication: "Whether keys are rotated and former colleagues locked out, and what a gateway checks before a request arrives.",
  authorization: "Whether the rights are the right ones. Code shows that an owner is compared, not who ought to own what.",
  "input-sanitization": "What a value is used for three services further on. Taint is followed within a file, not across processes.",
  encryption: "Encryption of disks, backups and links between machines, who may read the keys, and how old they are.",
  "rate-limiting":
    "Limits in a gateway, a firewall or a content network, and whether the number stops an attack without stopping customers.",
  "log-levels": "Whether the night shift is woken by what is logged as an error, and by nothing else.",
  "key-metrics": "Whether the numbers are scraped, kept and looked at, and whether an agent outside the process measures already.",
  "distributed-tracing":
    "Whether the collector receives the spans, how many are sampled away, and whether every service on the way passes the context on.",
  "dashboards-alerts":
    "Whether the alert fires, whom it wakes, and whether that person can do anything: rules in a monitoring product are outside the repository. Fire one on purpose.",
  runbook: "Whether someone who did not write it can follow it at three in the morning. Rehearse it.",
};
