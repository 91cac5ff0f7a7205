/**
 * Words that tell what a number beside them means. Written from the label guide's rules on concrete numbers: singular forms,
 * lower case; a plural "s" or "es" is taken off before the look-up. Sources: SI units, and the vocabulary of runbooks.
 */
function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u).filter((word) => word !== ""));
}

/** Units of time, size, rate and share that stand right after a number. */
export const UNIT_WORDS = words(`
  ms msec milli millisecond µs us microsecond ns s sec second m min minute h hr hour d day mo month quarter y yr year
  b byte bit kb mb gb tb pb kib mib gib tib ki mi gi ti k kbps mbps gbps char character digit token
  rps qps tps rpm hz req x × % percent pct ‰ nines
  jour heure seconde mois an année día dia hora segundo minuto mes meses mê año ano tag tage tagen stunde stunden sekunde sekunden minuten monat monate jahr jahre
  dni dzień godzin godziny minut minuty sekund sekundy hari jam menit detik bulan tahun gün saat dakika saniye
  секунд секунды сек с мс минут минуты мин час часа часов день дня дней дн месяц попыток попытки раз раза
`);

/** Chinese, Japanese and Korean units follow without a space. */
export const CJK_UNIT =
  /^\s?(?:毫秒|秒|分|小时|时间|時間|天|日|时|月|年|次|个|個|条|回|件|間|％|초|분|시간|일|회|번|건|개월|년|주|週|ヶ月|か月|月|行|台|字节|字符|并发|바이트|자)/u;

export const WEEK_WORDS = words("week wk semaine semana woche wochen minggu");

/** Nouns of behaviour: a count of them pins what the system does. */
export const COUNTED_WORDS = words(`
  retry retries attempt try tries time fail failure failed error request req call connection conn replica instance pod node thread worker consumer
  concurrent concurrency consecutive parallel simultaneous successive probe event message msg row record entry entries job batch batches copy copies
  login session redirect hop partition shard zone az region iteration generation round deep redelivery redeliveries delivery deliveries restart crash crashes timeout sample
  per user client turn critical high vulnerability vulnerabilities cve duplicate miss misses 5xx 4xx stop strike breach breaches hit goroutine process processes core cpu deviation sigma mail email notification charge upload
  fehler fehlern fehlschlag fehlschläge anfrage anfragen échec échecs essais requêtes requête intentos fallos tentativas falhas
  tentative intento essai versuch versuche versuchen tentativa percobaan próba próby prób kali
`);

/** Nouns of work products: a count of them says nothing about the system. */
export const ARTEFACT_WORDS = words(`
  test spec file dashboard scenario endpoint route line loc table alert alarm service microservice page panel widget field column state phase step
  task case criteria criterion issue module migration chart script doc document category categories template policy policies rule controller pr commit check component
  package feature section item point bug finding story stories sprint milestone people engineer developer language stage layer role provider integration
  tool metric runbook class classes method function example query queries reviewer approval index indexes enum operation consideration risk assumption deliverable
`);

/** Words that name a thing by its number: what follows is an id, a version or a port. */
export const IDENTIFIER_WORDS = words(`
  # § issue pr pull ticket task step phase section sprint week day rule article art adr chapter ch version ver release milestone line table figure fig
  page part option tier stage epic story cycle port build revision row item point us ac fr nfr sc req node python java php ruby go .net postgres postgresql mysql redis kafka mongodb
  elasticsearch kubernetes k8s ubuntu debian django rails laravel boot angular react windows oauth http nosql mariadb soc dss pci top owasp requirement appendix
  h q scenario test level
`);

/** Words that make the number after them a bound or a setting. */
export const BOUND_WORDS = words(`
  max maximum min minimum least most up under over above below exceed exceeds exceeding more less fewer within limit limited cap capped threshold default
  between allowed after every each only last first depth size count concurrency cost round work ratio rate sample sampled sampling factor multiplier burst pool length replica
  attempt retry retries try tries window quota weight budget backoff delay per minavailable maxunavailable failurethreshold prefetch parallelism batch score cvss
  strength rounds e.g keep keeps kept hold holds > < = ≥ ≤ <= >= == around about than
  moins plus mindestens maximal höchstens máximo mínimo maks minimalnie hasta até jusqu'à более менее 超过 最多 至少
`);

/** Words before which a number with a unit is a past measurement. */
export const MEASURED_WORDS = words("took lasted measured averaged was were");

/** Words that show a duration in brackets is behaviour, not effort. */
export const LASTING_STEMS: readonly string[] = [
  "retention",
  "retain",
  "refresh",
  "reset",
  "ttl",
  "expir",
  "timeout",
  "time-out",
  "window",
  "after",
  "every",
  "keep",
  "kept",
  "rotat",
  "session",
  "token",
  "lock",
  "cach",
  "backup",
  "back-up",
  "interval",
  "rpo",
  "rto",
  "within",
  "purge",
  "archiv",
  "delete",
  "history",
  "cooldown",
  "grace",
  "max",
  "min",
  "default",
  "period",
  "life",
  "poll",
  "drain",
  "backoff",
  "delay",
  "schedule",
  "snapshot",
  "log",
];
