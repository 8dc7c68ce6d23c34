import { isFamilyName, isName, isPlace, namePoints, plain, plainOf } from './dictionaries.ts'
import { listWords } from '../lexicon/words.ts'
import type { ValueShape } from './value-shape.ts'

/** Forms of address and degrees around a name. */
const titles = new Set(
  listWords(
    `mr mrs ms miss mx dr prof sir hr herr frau fr m mme mlle sr sra srta dott dottssa sig sigra ing dipl mag dhr mevr drs ir bc pan pani jr sr ii iii iv phd md dds dvm esq bsc msc ba ma univprof`,
  ),
)
/** Small words inside of names. */
const particles = new Set(
  listWords(
    `de da do dos das di du del della van von vom zu zur der den ten ter la le lo el bin ibn al y e af av st mc o d`,
  ),
)
/** Words that make of names a company. */
const companyWords = new Set(
  listWords(
    `inc llc ltd plc gmbh ag kg ohg corp co company group grupo groupe gruppo sons and und bank banco sl srl spa sarl sas bv nv ltda limitada holding partners asociados associates university school hospital clinic hotel club stichting despacho laboratorios industrias servicios suministros hermanos hnos vof aps oy ab sp pt cv pd ud perum tbk sti`,
  ),
)
/** Forms of companies that are written with points, and lists of partners. */
const companyForm = /\b(?:sa|e\.? ?v|s\.\s?[al]|a\.\s?[sş]|s\.\s?com|s\/a)\b|, .+ (?:y|e|et) /i
/** Two family names joined: a firm (`Zamora y Vela`). */
const firm = /^\p{Lu}\p{L}+ (?:y|e|et) \p{Lu}\p{L}+$/u

/** How towns are called, in English and Romance languages. */
const beginningsOfPlaces = new Set(
  listWords(
    'new north south east west port lake mount fort upper lower saint sainte st ste lac mont san santa sao bad',
  ),
)
const withinPlaces = listWords('-sur- -les- -en- -le-')
const endingsOfPlaces = listWords('ville burgh borough town mouth shire haven furt side view chester bury stad')
/** Two to four words with capitals, of scripts that have them. */
const foreignForm = /^(?:[\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Georgian}\p{Script=Armenian}]+\.?[ -]?){2,5}$/u

const longestName = 60
const mostWords = 6

/** Latin letters, the marks of names, no digit: `O'Neil-Smith, Ann M.` */
const latinName = /^[\p{Script=Latin}'’.,\- ]+$/u
const asciiName = /^[a-z'.,\- ]+$/i

/** Written as names are: two to six words of one script with capitals, none of them part of a company's name. */
export const hasNameForm = (shape: ValueShape): boolean => (shape.nameForm ??= isWrittenLikeName(shape))

function isWrittenLikeName(shape: ValueShape): boolean {
  const { value } = shape
  if (shape.digits > 0 || shape.marks > 5 || value.length > longestName) return false
  if (shape.foreign > 0) return shape.letters === 0 && (isForeignName(value) || foreignForm.test(value))
  if (
    shape.spaces === 0 ||
    shape.spaces >= mostWords ||
    !(shape.ascii ? asciiName : latinName).test(value) ||
    isCompany(shape) ||
    isNamedLikePlace(shape)
  )
    return false
  return startsWithCapitals(value)
}

function isCompany(shape: ValueShape): boolean {
  const { value } = shape
  if (wordsOf(shape).some((word) => companyWords.has(word))) return true
  return value.includes('&') || companyForm.test(value) || firm.test(value)
}

function isNamedLikePlace(shape: ValueShape): boolean {
  const text = plainOf(shape)
  const [first = ''] = wordsOf(shape)
  // `St. Johns, Ann` and `West, Ann` are people.
  if (beginningsOfPlaces.has(first) && ' -'.includes(text.charAt(first.length))) return true
  if (endingsOfPlaces.some((ending) => text.endsWith(ending))) return true
  return shape.marks > 0 && withinPlaces.some((part) => text.includes(part))
}

/** `J.` of `J. Miller`, wherever it stands. */
const initial = /(?<!\p{L})\p{Lu}\./gu

/** True for a full name: at least one of its words is a known given name, or two are family names; an initial counts as one. */
export function isFullName(shape: ValueShape): boolean {
  if (!hasNameForm(shape)) return false
  if (shape.foreign > 0) return isForeignName(shape.value)
  const words = wordsOf(shape).filter((word) => word.length > 1 && !titles.has(word) && !particles.has(word))
  const initials = shape.marks === 0 ? 0 : (shape.value.match(initial)?.length ?? 0)
  if (words.length + initials < 2) return false
  const points = initials + words.reduce((sum, word) => sum + namePoints(word), 0)
  return points > initials && points >= 2 && !isPlace(plainOf(shape))
}

/** True for a single word that is a given or family name. */
export function isPartOfName(shape: ValueShape): boolean {
  if (shape.marks > 2 || shape.spaces > 2 || shape.letters + shape.foreign < 2 || shape.digits > 4) return false
  // Synthea's patients carry numbers behind their names.
  const word = shape.digits === 0 ? plainOf(shape) : plainOf(shape).replace(/\d{1,4}$/, '')
  if (isName(word)) return true
  if (shape.spaces + shape.marks === 0) return false
  const words = word.split(/[ -]/)
  return words.length === 2 && words.every(isName)
}

const wordsOf = (shape: ValueShape): readonly string[] => (shape.words ??= plainOf(shape).split(/[\s,.-]+/))

const startsWithCapitals = (value: string): boolean =>
  value.split(/[\s,]+/).every((word) => !beginsSmall(word) || particles.has(word.replace(/'.*/, '')))

function beginsSmall(word: string): boolean {
  const code = word.charCodeAt(0)
  return code < 128 ? code >= 97 && code <= 122 : /^\p{Ll}/u.test(word)
}

/** Chinese and Korean are written without a space: the family name is the first one or two characters. */
function isForeignName(value: string): boolean {
  const words = value.split(/[\s·・,]+/).filter((word) => word !== '')
  // Korean cities and counties.
  if (words.every((word) => /.[시군구]$/.test(word)) && (words.length > 1 || /[시군]$/.test(value))) return false
  if (words.length === 1) {
    const [word = ''] = words
    const { length } = word
    return (
      length >= 2 && length <= 5 && (isFamilyName(word.slice(0, 1)) || (length > 2 && isFamilyName(word.slice(0, 2))))
    )
  }
  return words.length <= 4 && words.some((word) => isName(plain(word)))
}
