import type { Found, NumberUnit } from "./spans.ts";

const PERCENT_AFTER =
  /^\s?(?:(?:of )?(?:an?|one) )?(?:%|percent|per cent|percnt|precent|pecent|prcent|pct|prozent|por ?ciento|por ?cento|pour ?cent|per ?cento|процент\p{L}*|persen|yüzde|パーセント|割|成(?!功|本|为|了|后)|％|p\.c\.)/u;
const PERCENT_BEFORE = /(?:%|yüzde)\s?$/;
const BPS_AFTER = /^\s?(?:bps?\b|basis points?|bips?\b|basispunkt\p{L}*|puntos básicos|баз\p{L}*)/u;
const USD_AFTER =
  /^\s?(?:\$(?![a-z])|in (?:us )?dollars?\b|dollar\p{L}*|cents?\b|bucks?\b|buck's|usd\b(?!-c| coin)|dólar\p{L}*|dolar\p{L}*|dollari|бакс\p{L}*|доллар\p{L}*|美元|美金|刀|ドル|달러|us dollars?|u\.s\. dollars?|american dollars?|quid worth)/u;
const USD_BEFORE = /(?:\$|\busd|us\$)\s?$/;
const FOREIGN_AFTER =
  /^\s?(?:€|£|¥|euro\p{L}*|eur\b|pounds?\b|gbp\b|quid\b|yen\b|jpy\b|inr\b|rupee\p{L}*|rupiah|lira\p{L}*|рубл\p{L}*|₹|₺|francs?\b|chf\b|pesos?\b|reais\b|yuan\b|rmb\b|元|円)/u;
const FOREIGN_BEFORE = /(?:€|£|¥|₹|₺|\beur|\bgbp|(?<!\p{L})rp\.?)\s?$/u;
const GAS_AFTER = /^\s?(?:gwei|wei)\b/;

/** Measure written right beside a number: currency, percent, basis points or gas units. */
export function numberUnit(text: string, piece: Found): NumberUnit | undefined {
  const after = text.slice(piece.end, piece.end + 24);
  const before = text.slice(Math.max(0, piece.start - 8), piece.start);
  if (PERCENT_AFTER.test(after)) return "percent";
  if (BPS_AFTER.test(after)) return "bps";
  if (GAS_AFTER.test(after)) return "gas";
  if (FOREIGN_AFTER.test(after) || FOREIGN_BEFORE.test(before)) return "foreign";
  if (USD_AFTER.test(after) || USD_BEFORE.test(before)) return "usd";
  if (PERCENT_BEFORE.test(before)) return "percent";
  return piece.kind === "fraction" ? "percent" : undefined;
}
