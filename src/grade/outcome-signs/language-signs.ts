import type { OutcomeSign } from "./outcome-sign.ts";

/** The same in languages that put the verb elsewhere, or use other verbs. */
export const LANGUAGE_SIGNS: readonly OutcomeSign[] = [
  { pattern: /\d[\d.,]{0,8}\s?(?:%|ms|s|초|분|건|秒|分|件|gb|mb)?\s?(?:미만|이하|이상|以下|以上|未満|以内|未满|不超过)/u, weight: 1.6 },
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
  { pattern: /(?:则|就|时返回|返回\s?[45]\d\d|触发|自动|拒绝|を返す|返却|場合は|트리거|반환)/u, weight: 1.6 },
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
  {
    pattern:
      /\b(?:conserv|gard|chang|renouvel|supprim|effac)ée?s? (?:pendant |après |au bout de |tou(?:s|tes) les |chaque )?\d|\b(?:aufbewahrt|gelöscht|rotiert|erneuert|gehalten) (?:nach |alle |für )?\d|\b\d+ \p{L}+ (?:lang )?(?:aufbewahrt|gehalten)\b/u,
    weight: 1.5,
  },
];
