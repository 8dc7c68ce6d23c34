import { stdnum, type Validator } from 'stdnum'

/**
 * Numbers of natural persons with check digits, or with a date and a fixed form: country and name in `stdnum`, how many digits
 * they are written with, and how many letters. Numbers without either (`CR.cpf`, `PE.ce`, …) are left out: they take anything.
 */
const table = `
  AL nipt 8-9 1-2; AR cuit 11 0; AT vnr 10 0; AU tfn 8-9 0; BA jmbg 13 0; BE nn 11 0; BG egn 10 0; BR cpf 11 0; CA sin 9 0; CH ssn 13 0;
  CL rut 7-9 0-1; CN ric 17-18 0-1; CZ rc 10 0; DE idnr 11 0; DK cpr 10 0; DO cedula 11 0; EC ci 10 0; EE ik 11 0; ES dni 8 1;
  ES nie 7 2; FI hetu 9-10 0-2; FR nir 13-15 0-1; GB nino 6 3; GR amka 11 0; HK hkid 6-7 1-3; HR oib 11 0; IE pps 7 1-2;
  IL idnr 9 0; IN aadhaar 12 0; IN pan 4 6; IS kennitala 10 0; IT codicefiscale 7 9; KR rrn 13 0; LT asmens 11 0; MX curp 6-8 10-12;
  MX rfc 6-9 4-7; MY nric 12 0; NL bsn 9 0; NO fodselsnummer 11 0; PL pesel 11 0; PT nif 9 0; PT cc 9-11 2-3; RO cnp 13 0;
  SE personnummer 10 0; SE personnummer 12 0; SI emso 13 0; SK rc 10 0; TH idnr 13 0; TR tckimlik 11 0; TW natid 9 1;
  UA rntrc 10 0; ZA idnr 13 0; RU inn 12 0; CU ni 11 0; UY cedula 8 0`

export interface Scheme {
  /** Country and name: `BR.cpf`. */
  name: string
  validator: Validator
  digits: readonly [number, number]
  letters: readonly [number, number]
}

export const schemes: readonly Scheme[] = table.split(';').flatMap((line) => {
  const [country = '', name = '', digits = '', letters = ''] = line.trim().split(' ')
  const validator = stdnum[country]?.[name]
  if (!validator) throw new Error(`stdnum has no ${country}.${name}`)
  return [{ name: `${country}.${name}`, validator, digits: rangeOf(digits), letters: rangeOf(letters) }]
})

function rangeOf(text: string): readonly [number, number] {
  const [low = 0, high = low] = text.split('-').map(Number)
  return [low, high]
}

/** The prefixes and the suffix of HMRC, also the ones that are kept for tests and never given out (`ZZ`). */
const nino = /^[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D FMPT]$/i
/** The shapes of surname, name, date, place and check character; many test values have a wrong last one. */
const codiceFiscale = /^[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/i
/** A date and four digits behind a dash: Denmark, Sweden, Korea (seven). */
const datedNumber = /^(?:\d\d)?\d\d(?:0[1-9]|[1-6]\d)\d\d[-+]\d{4}$|^\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])-[0-8]\d{6}$/
const cpf = /^\d{3}\.\d{3}\.\d{3}-\d\d$/

/** Written as a national number is written, whatever its check digits say. */
export const hasNationalForm = (value: string): boolean =>
  nino.test(value) || codiceFiscale.test(value) || datedNumber.test(value) || cpf.test(value)

/** How many values a scheme may fail before it is given up: some columns hold typing errors. */
const allowedFailures = 2
/** More than this many values add nothing to the proof, and cost time. */
const tried = 20

interface Candidate {
  value: string
  digits: number
  letters: number
}

/** The scheme that most of the values pass, and how many of those that were tried. */
export function bestScheme(values: readonly Candidate[]): Best | undefined {
  const { stackTraceLimit } = Error
  // A failed check makes an error; the stack traces of all of them would take longer than the checks.
  Error.stackTraceLimit = 0
  try {
    return tryAll(values.slice(0, tried))
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

interface Best {
  name: string
  passed: number
  tried: number
}

function tryAll(sample: readonly Candidate[]): Best | undefined {
  let best: Best | undefined
  // A scheme that has no number of the length of the first values is given up after them.
  const first = sample.slice(0, allowedFailures)
  for (const scheme of schemes) {
    if (!first.some((value) => isOfLength(scheme, value))) continue
    const passed = countPassing(scheme, sample)
    if (passed > (best?.passed ?? 0)) best = { name: scheme.name, passed, tried: sample.length }
    if (passed === sample.length) break
  }
  return best
}

function countPassing(scheme: Scheme, sample: readonly Candidate[]): number {
  let [passed, failed] = [0, 0]
  for (const candidate of sample) {
    if (isOfLength(scheme, candidate) && scheme.validator.validate(candidate.value).isValid) {
      passed++
    } else if (++failed >= allowedFailures && failed > passed) {
      return 0
    }
  }
  return passed
}

const isOfLength = (scheme: Scheme, { digits, letters }: Candidate): boolean =>
  inRange(digits, scheme.digits) && inRange(letters, scheme.letters)

const inRange = (count: number, [low, high]: readonly [number, number]): boolean => count >= low && count <= high
