import type { PiiKind } from './kinds.ts'
import { singular, tokensOf } from './tokens.ts'

/**
 * What a column's name says. `certain` phrases name the thing itself; `likely` ones need a table about people, or values that
 * agree. Also the plain words of German, French, Spanish, Italian and Portuguese.
 */
const phrases: Record<PiiKind, { certain: readonly string[]; likely: readonly string[] }> = {
  email: { certain: ['email', 'e mail', 'mail address', 'emails', 'correo', 'courriel'], likely: ['mail'] },
  phone: {
    certain: [
      'phone',
      'phone number',
      'telephone',
      'telephone number',
      'mobile number',
      'mobile phone',
      'cell phone',
      'landline',
      'msisdn',
      'telefon',
      'telefono',
      'telefone',
      'fax',
      'handynummer',
    ],
    likely: ['mobile', 'cell', 'tel', 'contact number', 'handy', 'celular'],
  },
  person_name: {
    certain: [
      'first name',
      'last name',
      'middle name',
      'full name',
      'given name',
      'family name',
      'surname',
      'maiden name',
      'fname',
      'lname',
      'person name',
      'customer name',
      'contact name',
      'employee name',
      'patient name',
      'user full name',
      'shipping name',
      'billing name',
      'recipient name',
      'holder name',
      'account holder',
      'cardholder',
      'vorname',
      'nachname',
      'prenom',
      'apellido',
      'apellidos',
      'nombre completo',
      'cognome',
      'sobrenome',
      'next of kin',
      'known as',
      'spouse',
    ],
    likely: [
      'name',
      'first',
      'last',
      'middle',
      'nombre',
      'nome',
      'nom',
      'maiden',
      'display name',
      'nickname',
      'contact',
    ],
  },
  address: {
    certain: [
      'street',
      'street address',
      'home address',
      'postal address',
      'mailing address',
      'billing address',
      'shipping address',
      'ship address',
      'residential address',
      'residence',
      'address line',
      'address1',
      'address2',
      'strasse',
      'adresse',
      'anschrift',
      'direccion',
      'domicilio',
      'indirizzo',
      'endereco',
    ],
    likely: ['address', 'addr', 'postal code', 'postcode', 'zip', 'zip code', 'zipcode', 'plz', 'birthplace'],
  },
  ssn: { certain: ['ssn', 'social security', 'social security number', 'soc sec'], likely: [] },
  national_id: {
    certain: [
      'national id',
      'nationalid',
      'national identification number',
      'national insurance number',
      'nino',
      'sin number',
      'social insurance number',
      'cpf',
      'dni',
      'curp',
      'bsn',
      'codice fiscale',
      'personnummer',
      'aadhaar',
      'aadhar',
      'tax file number',
      'tax id',
      'taxpayer id',
      'tin number',
      'nir',
      'steuer id',
      'steuernummer',
      'identity number',
    ],
    likely: ['sin', 'nif', 'nie', 'tfn', 'cpr', 'pri'],
  },
  credit_card: {
    certain: [
      'credit card',
      'credit card number',
      'credit card no',
      'card number',
      'card no',
      'card num',
      'card pan',
      'cc number',
      'cc num',
      'ccn',
      'debit card',
    ],
    likely: ['pan', 'cc', 'kreditkarte'],
  },
  iban: { certain: ['iban'], likely: [] },
  bank_account: {
    certain: [
      'bank account',
      'bank account number',
      'bank account no',
      'bank acct',
      'account number',
      'routing number',
      'debit account',
      'credit account',
      'kontonummer',
      'sort code',
    ],
    likely: ['acct no', 'account no', 'acct number'],
  },
  passport: { certain: ['passport', 'passport number', 'passport no', 'reisepass', 'pasaporte'], likely: [] },
  drivers_license: {
    certain: [
      'driver license',
      'drivers license',
      'driver licence',
      'driving licence',
      'driving license',
      'license number',
      'licence number',
      'dl number',
      'dl no',
      'fuhrerschein',
    ],
    likely: ['license', 'licence'],
  },
  dob: {
    certain: [
      'dob',
      'birth date',
      'date of birth',
      'birthday',
      'born on',
      'geburtsdatum',
      'fecha nacimiento',
      'fecha de nacimiento',
      'date naissance',
      'data nascimento',
      'data di nascita',
    ],
    likely: ['born', 'birth'],
  },
  ip_address: {
    certain: ['ip', 'ip address', 'ip addr', 'client ip', 'remote ip', 'ipaddress', 'ipv4', 'ipv6'],
    likely: ['remote addr'],
  },
  mac_address: { certain: ['mac', 'mac address', 'mac addr', 'wifi mac'], likely: [] },
  geo: {
    certain: ['latitude', 'longitude', 'lat long', 'lat lon', 'lat lng', 'geolocation', 'gps', 'coordinates'],
    likely: ['lat', 'lon', 'lng', 'long', 'location', 'geo'],
  },
  username: {
    certain: ['username', 'user name', 'login name', 'user handle', 'screen name', 'twitter handle', 'github username'],
    likely: ['login', 'handle', 'nickname', 'user'],
  },
  credential: {
    certain: [
      'password',
      'passwd',
      'pwd',
      'passphrase',
      'secret',
      'api key',
      'secret key',
      'private key',
      'access token',
      'refresh token',
      'auth token',
      'bearer token',
      'totp',
      'otp',
      'totp seed',
      'cvv',
      'cvc',
      'verification value',
      'security code',
      'pin code',
      'security answer',
      'passwort',
      'contrasena',
    ],
    likely: ['token', 'pin', 'salt', 'credential', 'credentials'],
  },
}

/** Words that make of a thing a fact about it: an email's count, type or time is no email. */
const aboutEndings = new Set(
  `id ids uuid guid key count cnt total at on time timestamp date type kind flag verified confirmed validated valid status
  state length len size hash md5 sha1 sha256 digest checksum version sent opened clicked bounced required enabled allowed
  check format index idx rank score source provider domain preference preferences optin optout subject body template
  category role tier level limit expiry expires expiration month year day days attempts changed reset last4 name_length
  day week url link app installs sessions seconds minutes carrier country language hint question company`.split(/\s+/),
)
const aboutBeginnings = new Set(
  'is has was can should allow allows num n count number_of days total avg min max'.split(' '),
)

/** Endings that belong to some things: a birth *date* is the date of birth, the last four digits are of the number. */
const ownEndings: Partial<Record<PiiKind, ReadonlySet<string>>> = {
  dob: new Set(['date', 'on', 'day', 'year']),
  credential: new Set(['key', 'hash', 'seed']),
  ssn: new Set(['last4', 'id']),
  national_id: new Set(['id']),
  address: new Set(['country', 'state']),
}

/** Whose `name` or `address` it is, when the column does not say it itself. */
const people = new Set(
  `customer client user person people patient employee staff member contact lead student teacher actor owner driver
  passenger guest subscriber resident citizen applicant candidate author borrower tenant buyer seller vendor doctor
  recipient individual worker stammdaten address hr`.split(/\s+/),
)

export interface NameVerdict {
  kind: PiiKind
  strength: 'certain' | 'likely'
  /** The words of the name that say it. */
  phrase: string
}

/** The words after which a name is a fact about something, not the thing. */
export function aboutWord(tokens: readonly string[], kind: PiiKind): string | undefined {
  const [first, last] = [tokens[0] ?? '', tokens.at(-1) ?? '']
  if (aboutEndings.has(last) && !ownEndings[kind]?.has(last)) return last
  return tokens.length > 1 && aboutBeginnings.has(first) ? first : undefined
}

interface Rule extends NameVerdict {
  words: number
}

/** Every phrase by its first word, and by all its words written as one. */
const rules: ReadonlyMap<string, readonly Rule[]> = indexRules()

function indexRules(): Map<string, Rule[]> {
  const index = new Map<string, Rule[]>()
  const add = (word: string, rule: Rule) => index.set(word, [...(index.get(word) ?? []), rule])
  for (const [kind, strengths] of entriesOf(phrases)) {
    for (const [strength, list] of entriesOf(strengths)) {
      for (const phrase of list) {
        const words = phrase.split(' ')
        add(words[0] ?? phrase, { kind, strength, phrase, words: words.length })
        const joined = words.join('')
        if (words.length > 1 && !list.includes(joined)) add(joined, { kind, strength, phrase, words: 1 })
      }
    }
  }
  return index
}

/** What a name says, the longest phrase first; one verdict a kind, several kinds can claim the same name. */
export function readName(column: string): NameVerdict[] {
  const tokens = tokensOf(column)
  const best = new Map<PiiKind, NameVerdict>()
  tokens.forEach((token, at) => {
    for (const rule of rules.get(token) ?? []) {
      if (rule.words > 1 && tokens.slice(at, at + rule.words).join(' ') !== rule.phrase) continue
      if (rule.phrase === 'name' && !isNameOfPerson(tokens)) continue
      const known = best.get(rule.kind)
      if (!known || isStronger(rule, known)) best.set(rule.kind, rule)
    }
  })
  return [...best.values()]
    .filter(({ kind }) => aboutWord(tokens, kind) === undefined)
    .sort((a, b) => b.phrase.length - a.phrase.length)
}

const isStronger = (a: NameVerdict, b: NameVerdict): boolean =>
  a.strength === b.strength ? a.phrase.length > b.phrase.length : a.strength === 'certain'

/** A bare `name`, or one whose owner is a person: a `bank name` or `file name` is none. */
function isNameOfPerson(tokens: readonly string[]): boolean {
  const owner = tokens[tokens.indexOf('name') - 1]
  return owner === undefined || people.has(singular(owner))
}

function entriesOf<K extends string, V>(record: Record<K, V>): [K, V][] {
  const isKey = (key: string): key is K => Object.hasOwn(record, key)
  return Object.keys(record)
    .filter(isKey)
    .map((key) => [key, record[key]])
}

/** True for a table that keeps one row a person, as far as its name says. */
export const isAboutPeople = (table: string): boolean =>
  tokensOf(table)
    .map(singular)
    .some((token) => people.has(token))
