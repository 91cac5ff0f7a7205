/**
 * Words that tell whether an item says what can be measured. Written from the label guide's rules on outcomes; lower case.
 */
function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u).filter((word) => word !== ""));
}

/** What a system does, third person: beside a subject or an object each is an effect that a test can see. */
export const EFFECT_VERBS = words(`
  returns responds replies answers rejects drops blocks denies refuses opens closes trips aborts cancels rolls notifies fires emits increments
  moves goes sends stores marks skips ignores discards throws raises drains waits continues keeps serves falls expires invalidates revokes
  deletes purges archives evicts restarts kills exits requeues redirects strips masks redacts encrypts decrypts unlocks disables switches warns shows
  displays contains includes carries propagates appears survives resumes recovers scales gets receives produces creates generates exposes
  succeeds completes stops rotates restores replays dedupes deduplicates releases holds acks nacks acknowledges upgrades appends commits cleans
  escapes binds converts truncates caps passes resets causes short-circuits inserts bubbles lands replaces remembers anonymises anonymizes prunes joins exports prints posts puts takes finishes remains sees reports aborts copies groups bind carry carries spills charges refunds tells wakes pauses resumes invalidates sleeps splits merges compares computes verifies rewrites injects adds counts appends throttles surfaces stays ends becomes re-raises
  removes excludes reconciles turns forces disconnects unregisters deregisters sets defaults captures accepts allows requires detects prevents tracks fetches publishes persists bypasses degrades halts terminates yields flushes retains correlates consumes fills subtracts retires reclaims rebuilds reconnects reverts relays requeries renews
  flips hides travels flows reaches leaves dies stalls redelivers migrates
  gibt liefert antwortet schreibt steht landet bekommt erhält bricht öffnet schließt springt wechselt fällt nimmt löscht sperrt blockiert meldet weckt zählt zeigt
  hält läuft startet stoppt verwirft merkt speichert sendet schickt alarmiert benachrichtigt protokolliert maskiert verschlüsselt ersetzt entfernt liest wirft weist prüft dauert
  reçoit répond bascule reste montre affiche contient supprime journalise déclenche retire vérifie masque chiffre alerte notifie bloque redémarre échoue renvoient reçoivent refusent passe
  recibe envía bloquea borra muestra escribe guarda cae reintenta registra recebe envia bloqueia apaga grava mostra
  renvoie retourne répond rejette ouvre bascule devuelve rechaza responde abre retorna rejeita lança zwraca odrzuca mengembalikan menolak
  возвращает отклоняет повторяет инвалидирует удаляет
`);

/** The same kind of verb, but also a noun: counts only with an object or a target after it. */
export const EFFECT_VERBS_OR_NOUNS = words(`
  retries logs pages alerts triggers routes writes records queues locks reports hashes fails checks counts caches requests reads limits throttles signs
  attaches tags times shuts gives links names lists runs loads maps updates covers processes
`);

/** What was done to something, as an end state that a look proves. */
export const PROVABLE_PARTICIPLES = words(`
  hashed encrypted logged rejected dropped stored retained deleted purged redacted masked written sent returned denied blocked revoked signed throttled
  routed moved captured recorded expired invalidated preserved propagated included excluded present upgraded rotated rolled persisted committed
  attached emitted exposed refused ignored skipped aborted cancelled canceled discarded quarantined archived restored replayed opened closed paged notified
  alerted served shown displayed bound escaped parameterized parameterised stripped scoped isolated replaced rate-limited kept locked queued requeued
  acknowledged marked tagged flagged incremented honored honoured dead-lettered salted truncated appended released deduplicated deduped mapped wrapped
  reported terminated halted paused resumed rendered omitted hidden visible leaked disabled forbidden disallowed unreachable evicted
  pushed pulled generated accepted sampled capped killed consumed counted parked restarted escalated compressed checksummed reconciled surfaced exported loaded shared correlated linked passed fetched sourced injected published delivered granted encoded filtered forwarded re-raised rethrown swallowed converted revoked duplicated lost
  renvoyé rejeté enregistré chiffré rechazado registrado cifrado renewed refreshed bounced counted unpublished
  supprimé supprimés supprimée conservé conservés conservée masqué masquée ajouté ajoutée affiché envoyé retiré bloqué perdu journalisé anonymisé
  verworfen abgelehnt maskiert gespeichert gelöscht zurückgegeben protokolliert gesendet gesperrt verschlüsselt geschrieben gezählt ersetzt abgebrochen
  rechazada registrada eliminado eliminados borrado guardado enviado bloqueado rejeitado apagado gravado bloqueada
`);

/** Bases of effect verbs, for imperatives and after "must" or "will". */
export const EFFECT_BASES = words(`
  return respond reply answer reject drop block deny refuse open close trip abort cancel roll notify fire emit increment move send store mark skip
  ignore discard throw raise drain wait continue keep serve fall expire invalidate revoke delete purge archive evict restart kill exit requeue redirect strip mask
  redact unlock lock disable switch warn show display propagate resume scale generate expose stop restore replay release ack nack acknowledge
  append rollback page alert retry log write record fail shed hold queue shutdown pause quarantine escalate preserve retain persist allow accept
  remove exclude turn produce become create attach reuse recover land bubble end complete finish get receive obtain expire go appear leave see show shut degrade include contain trigger escape hash encrypt truncate cap reset route flag reprocess re-raise rethrow report deliver publish forward output revert reconnect
`);

/** Words that open a condition. */
export const TRIGGER_WORDS = words(`
  when if once upon after beyond above during while until unless whenever before on within
  quand lorsque si après wenn falls nach bei cuando tras quando após se jika ketika setelah gdy jeśli po khi nếu если при когда после
`);

/** Words that say a thing was done without saying what can be seen. */
export const VAGUE_WORDS = words(`
  configured configure implemented implement enabled enable set setup integrated integration place working works work ready verified documented tested defined
  define reviewed completed appropriate appropriately proper properly graceful gracefully standardized standardised supported support considered consider
  handled handle handling strategy plan planned robust comprehensive consistent sensible acceptable correctly successfully
  improved improve optimized established monitored tracked scheduled managed validated
`);

/** Words that praise or stay general: an effect on one of them is not seen by anyone who looks. */
export const EMPTY_WORDS = words(`
  good better best great nice helpful useful interesting suitable sensible right reasonable optimal optimum perfect everything anything things stuff bad
  safe responsive robust reliable resilient insight insights experience risks abuse clarity easy easier easily smooth smoothly
  seamless seamlessly friendly user-friendly quickly effectively efficient efficiently beneficial meaningful fine confusing whatever wherever somehow everyone everybody
`);

/** Verbs that open a task rather than state a fact. */
export const TASK_VERBS = words(`
  add adds added adding implement implemented implementing set setup configure configured create created build use using enable integrate install introduce
  define design write document update updated support handle provide improve refactor refactored plan consider review investigate research setup migrate replace wire
  ajouter implémenter configurer añadir implementar configurar adicionar criar dodać tambahkan menggunakan implementasi
`);
