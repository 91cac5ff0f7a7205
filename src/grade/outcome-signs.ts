/** A pattern that speaks for (or, below zero, against) an outcome. Runs on lower-cased text. */
export interface OutcomeSign {
  readonly pattern: RegExp;
  readonly weight: number;
  /** The sign does not hold where this matches. */
  readonly unless?: RegExp;
}

const METRIC = String.raw`(?:latenc(?:y|ies)|p(?:50|90|95|99|999)\b|percentile|(?:error|success|failure|hit|miss|delivery|conversion|detection|loss|drop|failed|usage|fehler)[\s-](?:rate|ratio|time)|availability(?! zones?)|uptime|response times?|throughput|lag\b|depth|utili[sz]ation|rpo\b|rto\b|mttr\b|mttd\b|vulnerabilit|coverage|queue (?:size|length)|slo\b|sla\b|\bbudget|age\b|duration|time to\b|processing time|switch time|detection time|cold start|memory\b|cpu\b|count\b|size\b|balance)`;

/** Signs that are looked for in the whole item. Each was written from one sentence of the label guide. */
export const WHOLE_TEXT_SIGNS: readonly OutcomeSign[] = [
  // trigger -> effect
  {
    pattern:
      /\S\s{0,3}(?:→|⇒|➜|➔|=>|->|⟶)\s{0,3}(?!\d[\d.]{0,6}\s?(?:ms|s|m|min|h)\b)(?!\d[\d.]{0,6}\s?(?:→|->|=>))(?!\d+\.\d+\.\d)(?!\x60?[\w./-]{1,60}\.(?:md|adoc|rst|txt|pdf)\b|§|(?:see|that's|that is|this is|your|our|it's|cf)\b|https?:|#\d)\S/u,
    weight: 2.2,
  },
  {
    pattern:
      /(?:^|[^<>≤≥=\s-])\s{0,2}(?:<|≤|<=|at most|max\.? of)\s{0,2}~?\d[\d.,]{0,8}\s?(?:ms|milliseconds?|s|sec|secs|seconds?|min|mins|minutes?|h|hours?|秒|秒以内|분|초|%|kb|mb|gb|kib|mib|gib|users?|req\/s|rps)(?![\p{L}\p{N}])/u,
    weight: 1.6,
    unless:
      /\b(?:threshold|window|time-?outs?|ttl|limit|max|maximum|interval|backoff|delay|attempts?|retention|body|payload|length|file)\b/u,
  },
  {
    pattern: /\bshould (?:be|remain|stay) (?:0|zero|\p{L})/u,
    weight: 1.6,
    unless: /\bshould be (?:considered|added|configured|used|tested|documented|reviewed|implemented|handled|able|appropriate)/u,
  },
  { pattern: /\d[\d.,]{0,8}\s?(?:%|ms|s|초|분|건|秒|分|件|gb|mb)?\s?(?:미만|이하|이상|以下|以上|未満|以内|未满|不超过)/u, weight: 1.6 },
  { pattern: /\b(?:still|keeps?|continues? to|go(?:es)? on) work(?:s|ing)?\b/u, weight: 2.2 },
  { pattern: /\bruns? as (?:an? |the )?(?:non-?root|\p{L})/u, weight: 1.6 },
  {
    pattern: /\bwithout (?:any |an? |data )?(?:errors?|failures?|loss|duplicates?|crash(?:es|ing)?|restarts?|drops?|losing|dropping)\b/u,
    weight: 1.5,
    unless: /^(?:add|implement)\b/u,
  },
  { pattern: /\(\s?(?:no|without|never) (?!downtime|longer|need|op\b)\p{L}/u, weight: 1.55 },
  {
    pattern:
      /^(?:generate|create|attach|emit|log|return|send|include|set|store|issue|assign|write|keep)s? .{2,60}\b(?:for|on|in|to|with|per) (?:each|every)\b/u,
    weight: 1.6,
  },
  {
    pattern:
      /^(?:audit-?log|log|write|stream|ship|dump|mirror|copy|replicate|append|record)s? .{2,60}\bto (?:stderr|stdout|\x60|the |an? |s3|every)/u,
    weight: 1.6,
  },
  { pattern: /\binclud(?:e|es|ing) [\p{L}\p{N}_\s-]{2,30},[^,]{2,40},/u, weight: 1.6 },
  {
    pattern: /\((?:[a-z][a-z0-9]*(?:_[a-z0-9]+)?, ){0,6}[a-z][a-z0-9]*_[a-z0-9_]+, [a-z][a-z0-9_]*(?:, [a-z][a-z0-9_]*){0,7}\)/u,
    weight: 1.4,
    unless: /\b(?:settings?|options?|configur\p{L}*|params?|parameters?|variables?)\b/u,
  },
  {
    pattern: /\b(?:immutable|append-?only|tamper-?(?:evident|proof)|read-?only|non-?root)\b(?:[\s.)]*$|\s\()/u,
    weight: 1.5,
    unless: /^(?:add|implement|create|use)\b|\b(?:strategy|support|approach)\b/u,
  },
  { pattern: /\b(?:alerted|paged|notified)\W*$/u, weight: 1.3 },
  {
    pattern: /\bvalidat(?:e|es|ed)\b.{2,40}\bbefore (?!deploy|merg|launch|release|production|go-live)\p{L}/u,
    weight: 1.5,
    unless: /^(?:add|implement)\b/u,
  },
  {
    pattern: /(?:^|[;:]\s)(?:deny|forbid|disallow|refuse|reject|block|prohibit) (?!list)(?:all |any |every |the |wildcards?|\x60|\p{L})/u,
    weight: 1.5,
    unless: /\b(?:malicious|bad actors?|as needed)\b/u,
  },
  {
    pattern:
      /\b(?:di semua|en (?:cada|todas?|todos)|em (?:cada|todas?|todos)|dans tou(?:s|tes)|in allen|in jede[rmn]|во всех|в каждом|ở mọi|trong mọi|ke semua|pada (?:setiap|semua))\b/u,
    weight: 1.4,
  },
  { pattern: /[。:：；;、\s](?:可|能)(?:重新|自动|自動)?(?:取得|恢复|获取|恢復)|(?:可|能)(?:重新|自动)(?:取得|恢复|获取)/u, weight: 1.5 },
  {
    pattern: /(?:検証|失効|削除|破棄|記録|隔離|再送|切断|待機|完了|送信)(?:する|して(?:いる|おり)|される|した)|即(?:時)?削除/u,
    weight: 1.5,
    unless: /(?:検討|予定)/u,
  },
  {
    pattern:
      /\b(?:retry|retries|retried|retryable)\b.{0,24}\b(?:on|only|for)\s(?:\d{3}|network|timeouts?|transient|5xx|4xx|connection|errors? )/u,
    weight: 1.7,
    unless: /\bconfigured\b/u,
  },
  { pattern: /\bfail(?:s|ing)?[\s-](?:open|closed|fast)\b/u, weight: 1.9 },
  { pattern: /\b(?:opens?|opened|trips?|tripped) (?:after|at|when|once|on|if)\b/u, weight: 1.9 },
  { pattern: /\bfall(?:s|ing)? ?back (?:to|on)\b|\bfallback (?:to|returns|is)\b|\bfallback: (?:return|serve|use)/u, weight: 1.7 },
  { pattern: /\ballow(?:s|ed)? (?:only )?(?:\d+|one|a single)\b.{0,40}\b(?:after|per|every|when)\b/u, weight: 1.7 },
  { pattern: /\bscales? (?:on|at|when|from|up|out|down|to)\b/u, weight: 1.5 },
  { pattern: /\bthen (?:the )?[\p{L}\d]/u, weight: 1 },
  {
    pattern: /\b(?:if|when|once|after|on|während|quand|si|cuando|quando|wenn|если|при|jika|khi)\b[^,;:]{3,80}[,:]\s?(?:the |an? )?\p{L}/u,
    weight: 1.1,
  },
  { pattern: /(?:则|就|时返回|返回\s?[45]\d\d|触发|自动|拒绝|を返す|返却|場合は|트리거|반환)/u, weight: 1.6 },
  {
    pattern: /\b(?:in-flight|current|pending|running|open|accepted|queued) (?:requests?|tasks?|jobs?|connections?|work|messages?)\b/u,
    weight: 1.3,
    unless: /\b(?:configured|tested)\b/u,
  },
  { pattern: /\bafter (?:processing|finishing|completing|draining|exhausting)\b/u, weight: 1.3 },
  {
    pattern: /\b(?:captur|track|report|log|record|count)ing (?:all|every|each|client|server|unhandled|uncaught) /u,
    weight: 1.5,
    unless: /^(?:add|set up|implement|configure|enable)\b/u,
  },
  { pattern: /\S\s+triggers? (?:an? |the )?\p{L}/u, weight: 1.6, unless: /^(?:add|set up|configure|define|implement)\b/u },
  { pattern: /\bprevents? (?!cascad)\p{L}/u, weight: 1.25, unless: /\bto prevent\b/u },
  { pattern: /=\s?(?:no|same|only|exactly|one|nothing)\s\p{L}/u, weight: 1.9 },
  {
    pattern: /\b\p{L}{3,20}(?:ed|en) (?:for|on|in|to|with|at) (?:every|each|all)\b/u,
    weight: 1.6,
    unless: /^(?:add|implement|set up|configure|use|create|integrate)\b/u,
  },
  { pattern: /\bactive (?:for|on|in) (?:all|every|each)\b/u, weight: 1.9 },
  {
    pattern: /\bretr(?:y|ies|ied)\b.{0,24}\b(?:up to|at most) \d|\bretr(?:y|ies|ied)\b.{0,16}(?:\d+ ?x\b|\(?\d+ times|twice|three times)/u,
    weight: 1.5,
    unless: /^(?:add|implement|configure)\b|logic\b/u,
  },
  { pattern: /\b(?:after|when|once|if)\b.{3,60}\b(?:allows?|causes?|lets?) /u, weight: 1.6 },
  { pattern: /\b(?:structured|formatted|emitted|rendered|written|output) as (?:json|ndjson|key)/u, weight: 1.6 },
  { pattern: /\bheaders? (?:is |are )?(?:set|sent|added|present|returned|included)\b/u, weight: 1.4 },
  { pattern: /\bthen (?:an? )?\d+[\s-]?(?:s|sec|seconds?|m|min|minutes?|h|hours?)\b \p{L}/u, weight: 1.5 },
  { pattern: /\b(?:redact|mask)\p{L}{0,3}\b.{0,12}[:=]\s?\S/u, weight: 1.6 },
  { pattern: /\p{L}s with (?:an? )?(?:http )?[1-5]\d\d\b/u, weight: 1.6 },
  { pattern: /\bautomatic(?:ally)? \p{L}{2,}/u, weight: 0.9 },
  { pattern: /^(?:route|deliver|send|move|publish|forward|redirect|emit|push|drop) .{3,80}\b(?:to|into) \p{L}/u, weight: 1.6 },
  {
    pattern: /\b(?:log|record|report|capture|count|audit) (?:all|every|each) \p{L}/u,
    weight: 1.6,
    unless: /^(?:make sure|plan|consider)\b/u,
  },
  { pattern: /\b(?:stop|refuse|reject)(?:s|ed|ing)? (?:accepting|taking|consuming|processing|polling|new)\b/u, weight: 1.7 },
  {
    pattern: /\b(?:notify|tell|show|warn|prompt|message)\p{L}{0,3} (?:the )?(?:user|client|caller|customer|admin)s?:? ?["“«]/u,
    weight: 1.8,
  },
  {
    pattern:
      /\bso (?!that\b|far\b|on\b|we\b|you\b|many\b|much\b)(?:the |an? )?[\p{L}-]{3,24} (?:[\p{L}-]{3,24} )?(?:encrypt|fail|stay|survive|share|keep|\p{L}{3,16}[^s\P{L}]s)\b/u,
    weight: 1.5,
  },
  { pattern: /\b(?:available|active|returned|shown|used|served|enabled|disabled) (?:when|while|if) \p{L}/u, weight: 1.5 },
  { pattern: /\b(?:info|debug)\b (?:for|on|:) .{3,80}\bwarn(?:ing)?s? (?:for|on|:)/u, weight: 1.8 },
  { pattern: /\bwith (?:an? )?(?:http )?[45]\d\d\b/u, weight: 1.7 },
  { pattern: /\bheaders? (?:are |is )?(?:set|sent|returned|added|emitted)\s?[(:]/u, weight: 2 },
  { pattern: /\bexactly (?:one|two|\d{1,4})\b/u, weight: 1.6 },
  { pattern: /\b(?:shorter|longer|lower|higher|smaller|larger|less|greater|earlier|later) than (?:the |its |their )?\p{L}/u, weight: 1.5 },
  { pattern: /\bexits? (?:with )?(?:code )?(?:0|1|non-?zero)\b/u, weight: 1.6 },
  { pattern: /[—–:-]\s?(?:zero|no|0) (?:errors?|warnings?|failures?|findings?|issues|diff\b)/u, weight: 1.6 },
  { pattern: /\x60 (?:is |runs |stays )?(?:clean|green)\b|\x60 (?:passes|succeeds)\b/u, weight: 1.6 },
  { pattern: /^(?:all|every|each) .{3,60}\b(?:healthy|available|ready|reachable|running|green)\b/u, weight: 1.6 },
  {
    pattern:
      /^no (?:degraded|unhealthy|failed|failing|pending|stuck|orphan\p{L}*|stale|critical|unhandled|unbounded|shared|unused|open|expired|missing|unacknowledged|unencrypted|unauthenticated|uncommitted) \p{L}/u,
    weight: 1.6,
  },
  {
    pattern:
      /\bpass(?:es)?(?:[.)\s]*$| (?:in|on|with|without|when|against) )|\b(?:build|tests?|suite|job|level \d) (?:is green|pass(?:es)?)\b/u,
    weight: 1.5,
  },
  {
    pattern: /\p{L} only(?=[\s.)]*$|[;,(])|\bonly (?:in|on|from|via|through|over|as|the|transient|one)\b/u,
    weight: 1.4,
    unless: /\bread[\s-]only\b|\bonly (?:in|for) (?:dev|test)/u,
  },
  {
    pattern:
      /\b(?:required|mandatory|enforced|verified|validated|checked) (?:for|on|to|in|by|at|before|against|per) (?!code review|tests?\b|ci\b)\p{L}/u,
    weight: 1.5,
    unless: /^(?:add|implement|set up|configure)\b/u,
  },
  {
    pattern: /\b(?:has|have|holds?|owns?) (?:an? |its own |their own |no |at least |at most |one |exactly |unique |\x60|@|\d)/u,
    weight: 1.4,
    unless: /^(?:it|we|they) (?:has|have)\b|\bhave (?:a look|time)\b/u,
  },
  { pattern: /\b(?:match(?:es)?|equals?) (?:the |an? |its |\x60|\p{L}|\d)/u, weight: 1.4, unless: /^(?:add|implement|make sure)\b/u },
  {
    pattern: /\b(?:up[\s-]to[\s-]date|in sync|unchanged|untouched|intact|identical|byte-for-byte|unaffected|uninterrupted)\b/u,
    weight: 1.2,
  },
  { pattern: /\b(?:separate|separated|isolated|distinct|decoupled|independent) from\b/u, weight: 1.4 },
  {
    pattern:
      /\b(?:when|if|once|after|while)\b[^,;:]{3,80}, (?:the |an? |another |each |every |no )?[\p{L}-]{2,24} (?:[\p{L}-]{2,24} )?\p{L}{3,20}[^s\P{L}]s\b/u,
    weight: 1.6,
  },
  { pattern: /\b(?:when|if|once|after)\b.{3,80}\bwithin \d/u, weight: 1.6, unless: /^(?:add|implement|configure|set up)\b/u },
  { pattern: /\bsustain(?:s|ed)? (?:for|over|at) \d|\b(?:can|must|should) (?:handle|serve|process|sustain) \d/u, weight: 1.6 },
  { pattern: /[:→]\s?(?:is |are )?retried\b/u, weight: 1.6 },
  { pattern: /\ball [\p{L}\s]{2,30} (?:logged|audited|traced|recorded)\b/u, weight: 1.6, unless: /\bproperly\b|^(?:add|implement)\b/u },
  { pattern: /\beven (?:if|when) \p{L}/u, weight: 1.5 },
  { pattern: /\bauto-\p{L}{3,16}[^s\P{L}]s\b/u, weight: 1.6 },
  { pattern: /\bbecomes? (?:an? )?(?:http )?[1-5]\d\d\b/u, weight: 1.7 },
  { pattern: /\bescalat\p{L}{1,4} (?:to .{3,40} )?after \d/u, weight: 1.5 },
  { pattern: /\d\s?% (?:of [\p{L}\s]{3,30} )?(?:is |are )?(?:sampled|kept)\b/u, weight: 1.5 },
  // the same in languages that put the verb elsewhere, or use other verbs
  {
    pattern:
      /(?:ない|ません|ず)(?:こと)?[。.）)\s]*$|(?:破棄|拒否|記録|返却|削除|通知|無効化|暗号化|保存|停止|遮断|再試行)(?:され|する|される|し)/u,
    weight: 1.6,
  },
  {
    pattern:
      /(?:없음|않음|않는다|금지)[.)\s]*$|(?:반환|거부|차단|발송|기록|삭제|재시도|전송|무시|제외|유지|암호화)(?:한다|합니다|됨|된다|함|하고|$)|(?:으로|로) (?:처리|응답|전환)/u,
    weight: 1.6,
  },
  {
    pattern:
      /(?:不得|禁止|不能|不会|不可|拒绝|丢弃|记录到|写入|保留\d|删除|失败时|超时后|超过.{1,12}(?:则|时|后)|返回|告警到|自动恢复|降级为|脱敏)/u,
    weight: 1.5,
  },
  {
    pattern:
      /(?:^|\s)(?:không|ngừng|từ chối|trả về|trả|trước khi|chặn|ghi log|ghi vào|gửi|xóa|hủy|được (?:mã hóa|ghi|xóa|gửi|lưu)|mọi|bắt buộc|chỉ)\s\p{L}/u,
    weight: 1.5,
    unless: /không (?:cần|có gì)/u,
  },
  {
    pattern:
      /\b(?:suppression|suppressions?|purge|effacement|conservation|borrado|exclusão|löschung|usunięcie|hapus|penghapusan) (?:après|au bout|tras|após|nach|po|setelah)\b/u,
    weight: 1.6,
  },
  {
    pattern:
      /\b(?:sin|sem|sans|ohne|bez|без|tanpa) (?:permisos?|acceso|permiss(?:ão|ões)|droits?|zugriff|pii|secretos?|segredos?|contraseñas?|senhas?|datos|dados|données|mots? de passe|passwörter|haseł|danych|пароль|персональн|duplicad|duplikat|doublon|pérdida|perda|perte)/u,
    weight: 1.6,
  },
  {
    pattern:
      /\b(?:devuelven?|retornan?|responden?|rechazan?|registran?|alertan?|envían?|se (?:registra|rechaza|elimina|guarda|envía|cifra|bloquea|reintenta|borra|descarta)n?|retornam|rejeita[m]?|registra[m]?|bloqueia[m]?|envia[m]?|é (?:registrad|rejeitad|enviad|bloquead)[oa]|são (?:registrad|rejeitad|enviad)[oa]s|nunca|jamais|nenhum[a]?|ning[uú]n[oa]?)\b/u,
    weight: 1.5,
  },
  {
    pattern:
      /\b(?:retourne(?:nt)?|renvoie(?:nt)?|rejette(?:nt)?|est (?:rejeté|journalisé|chiffré|supprimé|envoyé|bloqué)e?s?|sont (?:rejeté|journalisé|chiffré|supprimé|envoyé|bloqué)e?s|aucune?|n'est (?:pas|jamais))\b/u,
    weight: 1.5,
  },
  {
    pattern:
      /\b(?:liefert|antwortet|wirft|schreibt|löscht|sperrt|blockiert|meldet|wird (?:\p{L}+ ){0,3}(?:ge\p{L}+t|ab\p{L}+t|ver\p{L}+t|protokolliert|gelöscht|verworfen)|werden (?:\p{L}+ ){0,4}(?:ge\p{L}+t|ab\p{L}+t|ver\p{L}+t|protokolliert|gelöscht|verworfen)|niemals?|keine? \p{L}+ (?:im|in|ohne|mehr))\b/u,
    weight: 1.5,
  },
  {
    pattern:
      /\b(?:mengembalikan|menolak|ditolak|dicatat|dihapus|dikirim|disimpan|dienkripsi|diblokir|tidak (?:boleh|pernah|ada|bisa|masuk)|zwraca|odrzuca|zapisuje|jest (?:odrzucan|zapisywan|szyfrowan|usuwan|blokowan)\p{L}|są (?:odrzucan|zapisywan|szyfrowan|usuwan)\p{L}|nigdy|żad(?:en|ne|na)|döner|reddedilir|kaydedilir|silinir)\b/u,
    weight: 1.5,
  },
  {
    pattern:
      /(?:^|\s)(?:никогда|нельзя|запрещен|запрещён|отклоня|возвраща|логируется|удаля(?:ет|ют)ся|шифру(?:ет|ют)ся|блокиру(?:ет|ют)ся|не (?:попада|лог|хран|возвращ|превыша|теря))/u,
    weight: 1.5,
  },
  // a response
  {
    pattern:
      /\b(?:then|otherwise|else|afterwards|beyond (?:that|it)|above (?:that|it)|meanwhile)[,:]?\s(?:the \p{L}{3,12} )?(?:http |gets? |is |an? )?[1-5]\d\d\b/u,
    weight: 2,
  },
  {
    pattern: /\b(?:return|respond|repl|answer|send|get|receiv|giv|yield|emit)(?:s|ed|y|ies|ing|e|es)?\b.{0,24}(?:\b[1-5]\d\d\b|\{)/u,
    weight: 2.2,
  },
  { pattern: /\b[1-5]\d\d\b[^.;]{0,20}\b(?:with|for|to|on|if|when|and|without|plus)\b/u, weight: 1.3 },
  { pattern: /(?:^|[,;:(—–=]\s?)\x60?(?:http )?[45]\d\d\x60?(?: \p{L}{3,12})?\s?(?:\+|with|for|to|on|if|when|after|$)/u, weight: 1.5 },
  {
    pattern: /\bresponds? [1-5]\d\d|\b(?:gets?|is|are) (?:a |an )?(?:http )?[1-5]\d\d\b|\b[45]\d\d (?:rejection|response|error)\b/u,
    weight: 1.9,
  },
  // fields, metrics and panels that are emitted
  { pattern: /\{\s?[\w"'$.…?:]{1,40}\s?(?:,|:)[^{}]{1,300}/u, weight: 1.8 },
  {
    pattern:
      /\b(?:metrics?|counters?|gauges?|histograms?|panels?|dashboards?|fields?|labels?|attributes|columns?|payload|body|tracks?|includ(?:es?|ing)|contain(?:s|ing)?|shows?|show|expos(?:es?|ing)|emits?|captur(?:es?|ing)|records?)\b.{0,16}?[:(]\s?(?:[^,()|]{1,60}(?:,|\s\/\s|\||\sand\s)){1,12}[^,()|]{1,60}/u,
    weight: 1.7,
    unless: /\b(?:configured|set up|tested|health checks?)\b/u,
  },
  {
    pattern:
      /\b(?:panels?|dashboards?|alerts?|metrics?|logs?|spans?|rows?|lines?|entr(?:y|ies)|events?)\b.{0,20}\b(?:show(?:s|ing)?|includ(?:es?|ing)|contain(?:s|ing)?|carry|carries|has|have|list(?:s|ing)?)\s(?!been|proper|appropriate)\p{L}/u,
    weight: 1.5,
  },
  { pattern: /\bpanel:? \p{L}{3,}|\bpanels? (?:for|per|by) /u, weight: 1.6 },
  { pattern: /\bwho\b.{0,20}\bwhat\b.{0,20}\bwhen\b|\bold(?:\/| and | & )new\b/u, weight: 1.8 },
  { pattern: /\b(?:p50|p90|p95)\b.{0,4}(?:[,/]|and).{0,4}\bp9\d/u, weight: 1.5 },
  {
    pattern:
      /\b(?:latency|throughput|error rates?|saturation|volume|requests?|errors?|duration)\b\s?(?:,|\/|\+|&|and)\s?(?:the )?(?:\p{L}{3,12}\s)?(?:latency|throughput|error rates?|saturation|volume|requests?|errors?|duration|traffic)\b/u,
    weight: 1.2,
    unless: /\b(?:configured|alarms? on|alerts? on|tracked)\b/u,
  },
  {
    pattern:
      /\b(?:spans?|metrics?|counters?|gauges?|events?|labels?|fields|panels?)\b[^,.;:]{0,24}(?::|\s[—–-])\s[^,;]{2,60}(?:,[^,;]{2,60}){1,12}/u,
    weight: 1.7,
    unless: /\b(?:configured|set up|tested|health checks?)\b/u,
  },
  {
    pattern: /(?:\x60[^\x60]{2,60}\x60,? (?:and )?){2,12}(?:spans?|metrics?|counters?|gauges?|headers?|fields|events?)\b/u,
    weight: 1.6,
    unless: /^(?:add|implement|set up|configure)\b/u,
  },
  {
    pattern:
      /\b(?:logs|log (?:lines|entries|records)|records|entries|spans) with (?:an? |the )?(?:[\p{L}\p{N}_-]+ ){0,2}(?:ids?|names?|timestamps?|codes?|levels?|labels?|fields?|durations?|status)\b.{0,8}(?:,|\band\b)/u,
    weight: 1.6,
    unless: /^(?:add|implement|set up|configure)\b/u,
  },
  // a target that can pass or fail
  { pattern: /\b(?:is|are|be|stays?|remains?) [≥≤<>]=?\s?\d/u, weight: 1.5 },
  { pattern: /[≥>]=?\s?\d+ .{3,40}\b(?:passing|pass)\b/u, weight: 1.6 },
  {
    pattern: new RegExp(
      String.raw`${METRIC}.{0,40}?(?:[<>≤≥]|\b(?:under|below|above|over|within|at least|less than|more than|exceeds?|stays?|of (?=\d{2}[.\d]{0,5}\s?%)|target|=|is|:)\b)\s{0,2}[~<>≤≥=]{0,2}\s?\d`,
      "u",
    ),
    weight: 1.9,
  },
  {
    pattern: new RegExp(
      String.raw`(?:[<>≤≥]=?|\b(?:under|below|above|over|within|at least|less than|target:?))\s?[<>≤≥~]?\s?\d[\d.,]{0,8}\s?(?:%|ms|s|sec|seconds?|min|minutes?|h|hours?|days?)?\s?(?:of )?${METRIC}`,
      "u",
    ),
    weight: 1.8,
  },
  { pattern: /\b9\d(?:\.\d{1,3})?\s?% (?:of|uptime|availability|success|slo|sla|delivery|within|available)/u, weight: 1.8 },
  {
    pattern:
      /(?:^|[:,(]\s?)(?:0|zero|no) (?:new )?[\p{L}\s/-]{0,30}(?:vulnerabilit|errors?|failures?|data loss|duplicates?|lost|5xx|message loss|leaks?)/u,
    weight: 1.5,
  },
  {
    pattern:
      /\b(?:sent|delivered|detected|restored|completes?|finish(?:es)?|recovers?|done|visible|responds?|live) (?:in|within|under|in under) (?:[<≤]\s?)?\d/u,
    weight: 1.8,
  },
  { pattern: /\(\s?(?:target:?\s?)?[<≤>≥]\s?\d/u, weight: 1.6 },
  // an alert that names its condition or its destination on condition
  {
    pattern:
      /\b(?:alert|alarm|page|warn|notif|fire|alerte|alerta|trigger)\p{L}{0,7}\b.{0,48}?(?:[<>≥≤]\s?\d|\b(?:if|when|once|above|over|below|exceed|exceeds|exceeding|drops?|after|on-call|breach|breached|down|fires?|triggers?)\b)/u,
    weight: 1.8,
    unless:
      /\b(?:alert\p{L}{0,3}|alarms?)\b[^.;]{0,40}\b(?:configured|set up|tuned|verified|tested|reviewed)\b|\b(?:fires?|triggers?) (?:correctly|properly|as expected)/u,
  },
  {
    pattern: /(?:[<>≥≤]\s?\d|\b(?:above|over|exceeds?|exceeding|below) \d).{0,60}\b(?:alert|alarm|page|pages|notif|warn|fire)/u,
    weight: 2.1,
  },
  {
    pattern: /\balert(?:ing|s|e|es)? (?:on|sur|bei|en|em) (?!call)\p{L}.{0,40}\b(?:after|après|nach|failures?|échecs?|errors?)/u,
    weight: 1.7,
    unless: /\bconfigured\b/u,
  },
  { pattern: /\balarm: .{3,60}[<>≥≤]/u, weight: 2 },
  // an end state that one look proves
  {
    pattern: /\b(?:in|on|to|with|from|across|into) (?:every|each|all)\b(?! (?:other|cases?|times?|environments?|services)\b)/u,
    weight: 1.5,
    unless:
      /^(?:add|implement|set up|configure|use|create|integrate|instrument)\b|\bgracefully\b|^\x60[^\x60]{0,80}=\s?\d|\bused (?:in|across|on|by)\b/u,
  },
  {
    pattern:
      /^(?:all|every|each|any)\b.{2,80}\b(?:use|uses|has|have|is|are|go|goes|must|includes?|contains?|returns?|logs?|emits?|expires?|follows?|carry|carries|require|requires|run|runs|pass|passes)\b/u,
    weight: 1.9,
    unless: /\b(?:tests?|documented|reviewed|configured|verified|handled|correct)\b/u,
  },
  {
    pattern:
      /\b(?:all|every|each) \p{L}.{0,50}\b(?:wrapped|enabled|bounded|covered|protected|authenticated|authorized|validated|checked|versioned)\b/u,
    weight: 1.5,
  },
  {
    pattern:
      /\b(?:is|are|be) (?:strictly |always |fully |strongly )?(?:unique|immutable|append-only|read-only|atomic|idempotent|mandatory|required|monotonic|encrypted|json|httponly|bounded|restricted|limited to|accessible|checked|enforced (?:on|at|in|by|per))\b/u,
    weight: 1.3,
  },
  { pattern: /\b(?:accessible|available|visible|restricted|limited|scoped) (?:only )?to\b/u, weight: 1.2 },
  {
    pattern: /\bchecks? (?:the )?(?:db|database|postgres|redis|queue|dependenc|kafka|mongo|disk|clickhouse|\p{L}+ (?:and|\+|,))/u,
    weight: 1.6,
    unless: /\bhealth checks? (?:for|configured)\b/u,
  },
  {
    pattern:
      /[—–:(-]\s?(?:db|database|postgres(?:ql)?|mysql|mongo(?:db)?)\s?(?:\+|and|,|&|\/)\s?\p{L}{3,} (?:checks?|status|connectivity)/u,
    weight: 1.5,
  },
  {
    pattern: /\b(?:endpoint|\/metrics|\/health)\b.{0,20}\b(?:with|in|returns?) (?:prometheus|json|the status|dependency|per-dependency)/u,
    weight: 1.4,
  },
  { pattern: /\bonly (?:the )?(?:first|last|\p{L}+ (?:can|may|see|sees|keys?|role|roles))\b/u, weight: 1.2 },
  { pattern: /\btwice\b|\bexactly once\b|\bat most once\b|\bno-?op\b|\bwrites nothing\b|\bside effects?\b/u, weight: 1.2 },
  {
    pattern:
      /\b(?:kept|retained|deleted|purged|stored|archived|expires?|expired?|removed|rotated?|gone|valid) (?:for|after|in|every|each|once|within|at least|for at least|(?=\d)) ?[~≥<>]?\s?(?:\d|one|two|three|max)/u,
    weight: 1.5,
  },
  { pattern: /\bretained (?:≥|>=|for at least)/u, weight: 1.6 },
  { pattern: /\b(?:added|appended|written|moved|routed|sent|pushed|published) to\b/u, weight: 1.5, unless: /^(?:add|added)\b/u },
  { pattern: /\b(?:token|session|refresh|link|code)\b.{0,24}\(\d+ ?(?:m|min|minutes|h|hours|d|days)\b.{0,40}\(\d/u, weight: 1.5 },
  { pattern: /\b(?:so|such) that\b|\bso (?!that)(?:\p{L}+ ){1,3}(?:never|no|can|cannot|are|is|do|does|keep|gets?)\b/u, weight: 1.4 },
  // a prohibition of the same kind
  { pattern: /\bnever (?!set\b)\p{L}{2,}/u, weight: 1.8 },
  {
    pattern: /\b(?:must not|do(?:es)? not|don't|doesn't|cannot|can't|are not|is not|not be|won't|will not|ne (?:pas|jamais)|не)\b \p{L}/u,
    weight: 1.5,
  },
  {
    pattern:
      /(?:^|[,;:(—–-]\s?|\band |\bwith )(?:no|zero|tidak ada|kein|keine|aucun|sin|без) \p{L}[\p{L}/-]{0,24}(?:\s\p{L}[\p{L}/-]{0,24}){0,3}\s(?:in|to|leaves?|leaks?|sent|returned|exposed|logged|reach(?:es)?|ever|on|is|are|from)\b/u,
    weight: 1.8,
  },
  {
    pattern:
      /\bno (?:stack ?traces?|secrets?|pii|passwords?|sensitive|plain-?text|plaintext|internal|raw sql|string[\s-](?:built|concat)|hard-?coded|side effects?|double|duplicate|partial|retr(?:y|ies) on|tokens?|wildcards?|public)\b/u,
    weight: 1.6,
  },
  {
    pattern: /(?:[,(;—–]|\s-)\s?not \p{L}{2,}/u,
    weight: 1.5,
    unless:
      /\bnot (?:yet|only|just|implemented|applicable|needed|required|configured|done|tested|sure|started|supported|included|available|verified)\b/u,
  },
  { pattern: /\b(?:is|are|be)? ?not (?:in|baked|hard-?coded|stored|committed|logged|exposed|returned|reused|echoed)\b/u, weight: 1.5 },
  { pattern: /\btidak ada\b/u, weight: 1.4 },
  { pattern: /\bwithout (?:\p{L}+ing|an? error|losing|a restart|downtime|data loss|token)\b/u, weight: 0.9 },
  { pattern: /\bcan(?:not| only)\b|\bunable to\b|\bonly (?:if|when|after)\b/u, weight: 1 },
  // against
  { pattern: /\bfor (?:production|prod|staging|launch|go-live)\W*$/u, weight: -0.6 },
  {
    pattern: /\b(?:works?|working|functional)\W*$/u,
    weight: -0.7,
    unless: /\bstill works?\W*$/u,
  },
  { pattern: /\b(?:correctly|successfully|properly|as expected)\W*$/u, weight: -1.2 },
  {
    pattern:
      /\b(?:has|have|had|there (?:is|are)|with) no (?:\p{L}+ )?(?:alert(?:ing|s)?|monitoring|retr(?:y|ies)|backups?|tests?|validation|limits?|logging|tracing|timeouts?|fallback|runbooks?|metrics|dashboards?|circuit breakers?)\b/u,
    weight: -2,
  },
  { pattern: /(?:^|[.;] )we (?:found|noticed|saw|learned|had|were|lost|missed|discovered)\b/u, weight: -1 },
  { pattern: /\bonly (?:when|if|where) (?:necessary|needed|required|appropriate|possible|applicable)\b/u, weight: -1.4 },
  { pattern: /\b(?:where|if|as) (?:appropriate|applicable|needed|necessary|possible|required|supported)\b/u, weight: -1 },
  { pattern: /\b(?:configured|set up|in place|implemented|tested|documented|reviewed|planned|tuned)\W*$/u, weight: -0.8 },
  { pattern: /\balways set\b|\bshould be considered\b|\bbest practices?\b/u, weight: -0.8 },
  { pattern: /\bto (?:avoid|prevent|ensure|improve|reduce|allow|protect|make|support|help|increase|maintain)\b/u, weight: -0.3 },
  { pattern: /\b(?:because|since|otherwise|this (?:means|ensures|helps|allows)|without it)\b/u, weight: -0.8 },
];
