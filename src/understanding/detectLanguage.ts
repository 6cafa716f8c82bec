import { isNumberWord, numberLanguage } from "./lexicon/numberLanguage.ts";

/** Languages whose number words and separators differ from English. */
export type Language = "en" | "es" | "pt" | "de" | "fr" | "it" | "tr" | "id" | "ru";

/** Frequent small words, chosen to collide with as few English words as possible. */
const MARKERS: Readonly<Record<Exclude<Language, "ru">, string>> = {
  en: "the to my for and into of is it you please i on from with at all some what how can if this that me swap send put buy sell supply borrow repay pay back just take out under over fees use get then when have want need by do not",
  es: "el los las mi mis por para con que una del al cuando cada mete manda cambia compra vende dolares dólares quiero tengo está lo se todo todos hasta porfa pon tengas mil pasa pasame pásame dame saca presta préstamo deposita retira paga si y en la de",
  pt: "faz está que no não se boa tarde bom dia gostaria três dois mil for meu meus minha minhas pra para com uma quero da do na no os das dos dólares reais todo toda cada quando quita troca compra vende manda tira coloca põe bota empresta saca vc você você em de e",
  de: "der die das mein meine meinen mir bitte und den von mit für auf zu ich ist wenn jeden jede alle ein eine einen nicht aus bei tausche schick schicke wandel kaufe kauf verkauf leihe zahle leg lege um über hälfte dem im zum dann euro soll noch",
  fr: "le les mes mon ma pour avec une sur du des je moi tous toute toutes quand chaque si dans vous tu est et en de la contre échange achète vends envoie dépose mets retire rembourse emprunte vers à au",
  it: "grazie scambia prendi il lo gli i miei mio mia per con una della del di su tutto tutti ogni quando se che e la da al sulla nella dal dalla cambia compra vendi manda metti presta rimborsa deposita preleva converti tutta",
  tr: "yatir gonder cek cevir lutfen geç koy yap çevirin ve bir için ile benim hepsini tüm her bana al sat gönder yatır çek öde borç borcumu çevir lütfen yarısını şu bu kadar da de ne var mı takas ver olsun altına üstüne",
  id: "ku saya aku gw gue ke dari dan yang di untuk buat semua tolong mau dong tukar kirim jual beli setor tarik pinjam bayar tiap setiap kalau kalo ya nih aja punya dulu pake pakai jadi senilai",
};

const SETS = Object.entries(MARKERS).map(
  ([language, words]) => [language as Language, new Set(words.split(" "))] as const,
);

/** Turkish endings behind a name and an apostrophe ("usdc'yi", "aave'den"): no other language here writes them so. */
const TURKISH_ENDING =
  /(?<=[a-z\u00e0-\u017f]{3})(?<!qu)['\u2019](?:[yn]?[aeıiuü]|[dt][ae]n?(?:ki)?|n?[ıiuü]n|[ıiuü]?m[ıiuü]?|[ıiuü]mden|yla|yle|l[ae]r[ıi]?)(?![a-z\u00e0-\u017f])/g;

/** Guesses the language of the owner's words by counting small words and number words; English wins ties, then number words. */
export function detectLanguage(text: string): Language {
  const sample = text.slice(0, 4000).replace(/0x[0-9a-f]+|\S+\.eth\b/g, " name");
  if ((sample.match(/[\u0400-\u04ff]/g)?.length ?? 0) > 4) return "ru";
  const endings = sample.match(TURKISH_ENDING)?.length ?? 0;
  const words = sample.replace(TURKISH_ENDING, " ").match(/[a-z\u00e0-\u017f]+/g) ?? [];
  const owners = words.map(numberLanguage);
  const scores = SETS.map(([language, set]) => ({
    language,
    count:
      words.filter((word, index) => set.has(word) || owners[index] === language).length +
      (language === "tr" ? endings : 0),
  }));
  const most = Math.max(...scores.map(({ count }) => count));
  const best = scores.filter(({ count }) => count === most).map(({ language }) => language);
  const first = best[0] ?? "en";
  if (most === 0 || first === "en") return "en";
  const numbers = best.map((language) => words.filter((word) => isNumberWord(word, language)).length);
  return best[numbers.indexOf(Math.max(...numbers))] ?? first;
}
