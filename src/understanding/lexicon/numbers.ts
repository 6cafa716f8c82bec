import type { Language } from "../detectLanguage.ts";
import { type Compounding, compoundNumber, germanCompounding, italianCompounding } from "./compoundNumber.ts";

/** Words of one language that make up a number. */
export type NumberWords = {
  /** Words that add. */
  readonly units: ReadonlyMap<string, number>;
  /** Words that multiply what stands before them. */
  readonly scales: ReadonlyMap<string, number>;
  /** Words allowed between two others ("and"). */
  readonly joints: ReadonlySet<string>;
  /** Share of something: numerator and denominator. */
  readonly shares: ReadonlyMap<string, readonly [number, number]>;
  /** Words that mean "one" only in front of a scale or a share ("a hundred", "ein Drittel"). */
  readonly articles: ReadonlySet<string>;
  /** Decimal mark in words. */
  readonly points: ReadonlySet<string>;
  /** Words that add a half right behind a number ("bir buçuk", "satu setengah"). */
  readonly halves?: ReadonlySet<string>;
  /** Words that add ten to the digit before them ("lima belas"). */
  readonly teens?: ReadonlySet<string>;
  /** Ten and a digit are two words ("on beş"). */
  readonly plainTeens?: true;
  /** Denominators that stand before their numerator ("dörtte üç"). */
  readonly parts?: ReadonlyMap<string, number>;
  /** Numerators behind such a denominator ("üçte birini"). */
  readonly numerators?: ReadonlyMap<string, number>;
  /** Twenties and teens on top of tens ("quatre-vingt-dix", "soixante-quinze"). */
  readonly vigesimal?: true;
  /** How words are glued to one ("zweihundertfünfzig"). */
  readonly compounding?: Compounding;
};

/** What a word adds to a number, glued words included. */
export function unitOf(words: NumberWords, word: string): number | undefined {
  const unit = words.units.get(word);
  if (unit !== undefined || words.compounding === undefined || words.scales.has(word)) return unit;
  return compoundNumber(word, words.compounding);
}

const pairs = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text.split(/\s+/).flatMap((entry) => {
      const [words = "", value = "0"] = entry.split("=");
      return words.split("|").map((word) => [word, Number(value)] as const);
    }),
  );

const shares = (text: string): ReadonlyMap<string, readonly [number, number]> =>
  new Map(
    text.split(/\s+/).flatMap((entry) => {
      const [words = "", value = "1/1"] = entry.split("=");
      const [over = "1", under = "1"] = value.split("/");
      return words.split("|").map((word) => [word, [Number(over), Number(under)] as const] as const);
    }),
  );

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** With the misspellings that people make most: read, so that "tow hunderd" is not a hundred. */
const ENGLISH: NumberWords = {
  units: pairs(
    "zero|nought=0 one=1 two|tow|twoo=2 three|thre|trhee|theree=3 four|fuor=4 five|fvie=5 six=6 seven|sevn|sevne=7 eight|eigth|eihgt|eght=8 nine|nien=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty|tweny|twnety|twenny=20 thirty|thrity|thirthy=30 forty|fourty=40 fifty|fity|fivty|fiddy=50 sixty=60 seventy=70 eighty=80 ninety=90",
  ),
  scales: pairs(
    "hundred|hunderd|hundered|hundread|hunnid=100 thousand|thousend|thosand|thousnd|tousand|grand|thou|k=1000 million|mill=1000000 billion|bil=1000000000 dozen=12",
  ),
  joints: words("and"),
  shares: shares(
    "half|halve|halves|hlaf|hafl|halv=1/2 third|thirds=1/3 quarter|quarters|quater|qarter|quaters=1/4 fourth|fourths=1/4 fifth|fifths=1/5 sixth|sixths=1/6 seventh|sevenths=1/7 eighth|eighths=1/8 ninth|ninths=1/9 tenth|tenths=1/10 twentieth=1/20 hundredth|hundredths=1/100 thousandth=1/1000",
  ),
  articles: words("a an"),
  points: words("point"),
};

const SPANISH: NumberWords = {
  units: pairs(
    "cero=0 un|uno|una=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 dieciséis|dieciseis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 veintiuno|veintiún=21 veintidós|veintidos=22 veintitrés|veintitres=23 veinticuatro=24 veinticinco=25 veintiséis|veintiseis=26 veintisiete=27 veintiocho=28 veintinueve=29 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 cien|ciento=100 doscientos=200 trescientos=300 cuatrocientos=400 quinientos=500 seiscientos=600 setecientos=700 ochocientos=800 novecientos=900",
  ),
  scales: pairs("mil=1000 lucas=1000 millón|millon|millones=1000000"),
  joints: words("y"),
  shares: shares(
    "mitad=1/2 medio|media=1/2 tercio|tercios=1/3 cuarto|cuartos=1/4 quinto|quinta=1/5 décimo|décima=1/10",
  ),
  articles: words("un una la"),
  points: words("coma punto"),
};

const PORTUGUESE: NumberWords = {
  units: pairs(
    "zero=0 um|uma=1 dois|duas=2 três|tres=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11 doze=12 treze=13 quatorze|catorze=14 quinze=15 dezesseis|dezasseis=16 dezessete|dezassete=17 dezoito=18 dezenove|dezanove=19 vinte=20 trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 cem|cento=100 duzentos=200 trezentos=300 quatrocentos=400 quinhentos=500 seiscentos=600 setecentos=700 oitocentos=800 novecentos=900",
  ),
  scales: pairs("mil=1000 milhão|milhões|milhao=1000000 pau|paus=1"),
  joints: words("e"),
  shares: shares("metade=1/2 meio|meia=1/2 terço|terços|terco=1/3 quarto|quartos=1/4 quinto|quintos=1/5 décimo=1/10"),
  articles: words("um uma a"),
  points: words("vírgula ponto"),
};

const GERMAN_UNITS = pairs(
  "null=0 ein|eins|eine|einen=1 zwei|zwo=2 drei=3 vier=4 fünf|fuenf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf|zwoelf=12 dreizehn=13 vierzehn=14 fünfzehn|fuenfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig|dreissig=30 vierzig=40 fünfzig|fuenfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 hundert|einhundert=100 tausend|eintausend=1000 anderthalb|anderthalbe|eineinhalb|einundeinhalb=1.5",
);

const GERMAN: NumberWords = {
  units: GERMAN_UNITS,
  scales: pairs("hundert=100 tausend|tsd|riesen=1000 million|millionen|mio=1000000"),
  joints: words("und"),
  shares: shares(
    "hälfte|haelfte=1/2 halb|halbe|halben|halber|halbes=1/2 drittel=1/3 viertel=1/4 dreiviertel=3/4 fünftel=1/5 zehntel=1/10",
  ),
  articles: words("ein eine einen die"),
  points: words("komma"),
  compounding: germanCompounding(GERMAN_UNITS),
};

const FRENCH: NumberWords = {
  units: pairs(
    "zéro=0 un|une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16 vingt=20 trente=30 quarante=40 cinquante=50 soixante=60",
  ),
  scales: pairs("cent|cents=100 mille|balles=1000 million|millions=1000000"),
  joints: words("et"),
  shares: shares("moitié|moitie=1/2 demi|demie=1/2 tiers=1/3 quart|quarts=1/4 cinquième=1/5 dixième=1/10"),
  articles: words("un une la le"),
  points: words("virgule"),
  vigesimal: true,
};

const ITALIAN_UNITS = pairs(
  "zero=0 un|uno|una=1 due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 undici=11 dodici=12 tredici=13 quattordici=14 quindici=15 sedici=16 diciassette=17 diciotto=18 diciannove=19 venti=20 trenta=30 quaranta=40 cinquanta=50 sessanta=60 settanta=70 ottanta=80 novanta=90 cento=100 mille=1000",
);

const ITALIAN: NumberWords = {
  units: ITALIAN_UNITS,
  scales: pairs("mila=1000 milione|milioni=1000000"),
  joints: words("e"),
  shares: shares("metà|meta=1/2 mezzo|mezza=1/2 terzo|terzi=1/3 quarto|quarti=1/4 quinto|quinti=1/5 decimo=1/10"),
  articles: words("un una la"),
  points: words("virgola"),
  compounding: italianCompounding(ITALIAN_UNITS),
};

const TURKISH: NumberWords = {
  units: pairs(
    "sıfır=0 bir=1 iki=2 üç=3 dört=4 beş=5 altı=6 yedi=7 sekiz=8 dokuz=9 on=10 yirmi=20 otuz=30 kırk=40 elli=50 altmış=60 yetmiş=70 seksen=80 doksan=90 buçuk=0.5",
  ),
  scales: pairs("yüz=100 bin=1000 milyon=1000000"),
  joints: words(""),
  shares: shares(
    "yarısı|yarısını|yarısının|yarım|yarı|yarısıyla|yarisi|yarisini=1/2 çeyrek|çeyreğini|çeyreği|ceyregini=1/4",
  ),
  articles: words(""),
  points: words("virgül"),
  halves: words("buçuk bucuk"),
  plainTeens: true,
  parts: pairs("üçte=3 dörtte=4 beşte=5"),
  numerators: pairs("bir|biri|birini=1 iki|ikisi|ikisini=2 üç|üçü|üçünü=3 dört|dördü|dördünü=4"),
};

const INDONESIAN: NumberWords = {
  units: pairs(
    "nol=0 satu=1 dua=2 tiga=3 empat=4 lima=5 enam=6 tujuh=7 delapan=8 sembilan=9 sepuluh=10 sebelas=11 seratus=100 seribu=1000",
  ),
  scales: pairs("puluh=10 ratus=100 ribu|rb=1000 juta|jt=1000000"),
  joints: words(""),
  shares: shares(
    "setengah|setengahnya|separuh|separo|separuhnya|separonya=1/2 sepertiga|sepertiganya|pertiga|pertiganya=1/3 seperempat|seperempatnya|perempat|perempatnya=1/4 seperlima|seperlimanya|perlima=1/5 sepersepuluh=1/10",
  ),
  articles: words(""),
  points: words("koma"),
  halves: words("setengah"),
  teens: words("belas"),
};

const RUSSIAN: NumberWords = {
  units: pairs(
    "ноль=0 один|одну|одного=1 два|две|двух=2 три|трёх|трех=3 четыре=4 пять|пяти=5 шесть=6 семь=7 восемь=8 девять=9 десять|десяти=10 одиннадцать=11 двенадцать=12 тринадцать=13 четырнадцать=14 пятнадцать=15 шестнадцать=16 семнадцать=17 восемнадцать=18 девятнадцать=19 двадцать|двадцати=20 тридцать=30 сорок=40 пятьдесят=50 шестьдесят=60 семьдесят=70 восемьдесят=80 девяносто=90 сто|ста|сотню|сотка|сотку=100 двести|двухсот=200 триста=300 четыреста=400 пятьсот=500 шестьсот=600 семьсот=700 восемьсот=800 девятьсот=900 полтора|полторы=1.5 полтысячи=500",
  ),
  scales: pairs("тысяча|тысячи|тысяч|тысячу|тыщ|тыщи|тыщу|тыс=1000 миллион|миллиона|миллионов|млн|лям=1000000"),
  joints: words("с"),
  shares: shares("половину|половина|половины|половинку|половиной|пол=1/2 треть|трети=1/3 четверть|четверти=1/4"),
  articles: words(""),
  points: words(""),
};

const ALL: Readonly<Record<Language, NumberWords>> = {
  en: ENGLISH,
  es: SPANISH,
  pt: PORTUGUESE,
  de: GERMAN,
  fr: FRENCH,
  it: ITALIAN,
  tr: TURKISH,
  id: INDONESIAN,
  ru: RUSSIAN,
};

/** Number words of a language. */
export function numberWords(language: Language): NumberWords {
  return ALL[language];
}
