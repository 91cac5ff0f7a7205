import type { OutcomeSign } from "./outcome-sign.ts";

const METRIC = String.raw`(?:latenc(?:y|ies)|p50\b|p90\b|p95\b|p999?\b|percentile|(?:error|success|failure|hit|miss|delivery|conversion|detection|loss|drop|failed|usage|fehler)[\s-](?:rate|ratio|time)|availability(?! zones?)|uptime|response times?|throughput|lag\b|depth|utili[sz]ation|rpo\b|rto\b|mttr\b|mttd\b|vulnerabilit|coverage|queue (?:size|length)|slo\b|sla\b|\bbudget|age\b|duration|time to\b|processing time|switch time|detection time|cold start|memory\b|cpu\b|count\b|size\b|balance)`;

/** A target that can pass or fail. */
export const TARGET_SIGNS: readonly OutcomeSign[] = [
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
  { pattern: /\bexactly (?:one|two|\d{1,4})\b/u, weight: 1.6 },
  { pattern: /\b(?:shorter|longer|lower|higher|smaller|larger|less|greater|earlier|later) than (?:the |its |their )?\p{L}/u, weight: 1.5 },
  { pattern: /(?:^|[—–:;,(-]\s?)(?:zero|no|0) (?:\p{L}+ )?(?:errors?|warnings?|failures?|findings?|issues|diff\b)/u, weight: 1.6 },
  { pattern: /\bsustain(?:s|ed)? (?:for|over|at) \d|\b(?:can|must|should) (?:handle|serve|process|sustain) \d/u, weight: 1.6 },
  { pattern: /\d\s?% (?:of [\p{L}\s]{3,30} )?(?:is |are )?(?:sampled|kept)\b/u, weight: 1.5 },
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
  {
    pattern: /\(\s?(?:target:?\s?)?[<≤>≥]\s?\d/u,
    weight: 1.6,
    unless: /\b(?:validation|check(?:ing)?|limits?|length)\b[^(]{0,12}\(\s?[<≤>≥]/u,
  },
  { pattern: /\d ?% (?:head|tail|sampl\p{L}*)\b[^.;]{0,30}\b(?:errors?|fehler|erreurs?|errores|erros)\b/u, weight: 1.5 },
];
