import { isName, plain, plainOf, streetWords } from './dictionaries.ts'
import { listWords } from '../lexicon/words.ts'
import type { ValueShape } from './value-shape.ts'

const longestAddress = 160

/** Words of streets and parts of houses that the dictionary of street names does not have, by language. */
const moreStreetWords = new Set(
  listWords(
    `street st avenue ave av road rd lane ln drive dr boulevard blvd bd court ct square sq terrace way trail place pl parkway highway hwy suite ste apt apartment floor flat unit studio building marg nagar circle chowk ganj rue chemin allee allees impasse quai route cours nr cross crossing tollway expressway close crescent cres grove mews row walk hill gardens green park parade junction pike loop ridge creek calle avenida avda paseo ronda camino carretera plaza glorieta pasaje pasadizo urbanizacion cuesta via callejon canada rambla vial alameda acceso viale vicolo piazza corso largo strada contrada borgo canale incrocio stretto rotonda rua travessa praca estrada rodovia quadra conjunto residencial condominio ladeira vila viaduto lagoa jardim nucleo passarela parque chacara sitio fazenda favela trecho esplanada aeroporto feira morro colonia loteamento patio setor distrito vereda area campo ul ulica aleja al plac os straat laan plein gracht weg dreef singel steeg kade str strasse gasse ring platz iela gatan vagen vej gade vei katu tie sokak sok cad caddesi mah mahallesi ulitsa prospekt utca ut ter`,
  ),
)
/** German, Dutch and Nordic streets are one word. */
const streetEnding =
  /(?:stra(?:ß|ss)e|str\.?|weg|gasse|allee|platz|ring|damm|ufer|straat|laan|plein|gracht|dreef|singel|steeg|hof|gatan|gata|vagen|vägen|gränd|vej|gade|veien|vegen|stigen|alléen|alleen|lia|vollen|gropa|åsen|svingen|haugen|kroken|tunet|leden|torget|bakken|jordet|katu|kuja|tie|polku)[ ,]+\d+/i
const postBox = /\b(?:p\.?\s?o\.?\s?box|postfach|apartado|boite postale|bp|psc|unit|h\.?no\.?)\s*\d+/i
/** Colombia: street, then the next crossing and the distance to it. */
const crossing = /#\s?\d+[a-z]?\s?-\s?\d+/i
/** Prefecture and block (Japan), province and road (China), province and road (Korea), street (Russia, Ukraine, Greece …). */
const eastern =
  /[都道府県市区町村].*\d|\d.*(?:丁目|番|号)|[路街巷道段].*[座號号樓楼\d]|[省市县區区].*[路街座]|(?:시|도|군|구)\s?.*(?:로|길|동|거리)\s?\S*\d*|(?:ул|пр|пер|наб|бул|вул|пл|алл|ш|буд|д|кв)\.|улица|вулиця|проспект|οδος|رقم|شارع/u

/** A house number, then two or three words with capitals, one of them a name: `87 Christine Ramble`. */
function namedForPerson(value: string): boolean {
  const [, street = ''] = /(?:^|[ ,])\d{1,5}[a-z]? ((?:\p{Lu}[\p{L}']+ ){1,2}\p{Lu}\p{Ll}+)(?:,|$)/u.exec(value) ?? []
  return street !== '' && plain(street).split(' ').slice(0, -1).some(isName)
}

/** True for a street with a house number, in the order of any country. */
export function isStreetAddress(shape: ValueShape): boolean {
  const { value } = shape
  if (value.length > longestAddress || value.length < 6) return false
  if (shape.foreign > 2) return eastern.test(value)
  if (shape.letters < 4 || shape.spaces === 0) return false
  if (shape.digits === 0) return beginsWithStreet(plainOf(shape))
  if (shape.marks > 0 && crossing.test(value)) return true
  if (numberBehindWord.test(value) && (streetEnding.test(value) || postBox.test(value))) return true
  if (shape.marks > 8) return false
  const plainValue = plainOf(shape)
  const words = plainValue.split(separators)
  if (!words.some((word) => houseNumber.test(word))) return beginsWithStreet(plainValue)
  return words.length <= mostWords && (words.some(isStreetWord) || namedForPerson(value))
}

const separators = /[\s,.#/]+/
const numberBehindWord = /[\p{L}.][ ,]*\d/u
const houseNumber = /^\d{1,5}[a-z]?(?:-\d+)?$|^\d+[a-z]{1,2}$/
const mostWords = 16

const isStreetWord = (word: string): boolean => streetWords.has(word) || moreStreetWords.has(word)

/** `Calle Mayor`, `avenue de Pires`: without a number only when the street word comes first. */
function beginsWithStreet(plainValue: string): boolean {
  const first = plainValue.slice(0, plainValue.search(separators))
  if (first.length <= 3 || !isStreetWord(first)) return false
  const words = plainValue.split(separators).length
  return words >= 2 && words <= 7
}
