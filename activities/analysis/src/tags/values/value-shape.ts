/** What one look at the characters of a value says; expensive checks are tried only where it lets them. */
export interface ValueShape {
  value: string
  digits: number
  /** Latin letters, with and without accents. */
  letters: number
  /** Letters of other scripts. */
  foreign: number
  spaces: number
  /** Anything else. */
  marks: number
  /** An `@` is among the marks. */
  at: boolean
  /** No character is beyond ASCII. */
  ascii: boolean
  /** What several checks ask for, once it was worked out. */
  plain: string | undefined
  words: readonly string[] | undefined
  nameForm: boolean | undefined
}

const highestAscii = 127

export function shapeOf(value: string): ValueShape {
  let [digits, letters, foreign, spaces, marks] = [0, 0, 0, 0, 0]
  let [at, codes] = [false, 0]
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    codes |= code
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code < 0x250)) letters++
    else if (code >= 48 && code <= 57) digits++
    else if (code === 32) spaces++
    else if (code < 0x250 || (code >= 0x2000 && code < 0x2e80)) {
      marks++
      if (code === 64) at = true
    } else foreign++
  }
  const ascii = codes <= highestAscii
  return {
    value,
    digits,
    letters,
    foreign,
    spaces,
    marks,
    at,
    ascii,
    plain: undefined,
    words: undefined,
    nameForm: undefined,
  }
}

/** How long a masked form can be: the rest of a text tells nothing about its form. */
const longestMask = 24
/** Marks that belong to forms; others could be part of a secret. */
const formMarks = ' -._@/+():,'
/** What stands for each character of ASCII, both by their codes. */
const masks = Uint16Array.from({ length: highestAscii + 1 }, (_, code) =>
  maskOfAscii(String.fromCharCode(code)).charCodeAt(0),
)

function maskOfAscii(character: string): string {
  if (/\d/.test(character)) return '9'
  if (/[a-z]/i.test(character)) return character < 'a' ? 'A' : 'a'
  return formMarks.includes(character) ? character : '•'
}

/** The form of a value without its content: `ann.b7@example.org` is `aaa.a9@aaaaaaa.aaa`. */
export function maskOf(value: string): string {
  const shown = Math.min(value.length, longestMask)
  const codes: number[] = []
  for (let index = 0; index < shown; index++)
    codes.push(masks[value.charCodeAt(index)] ?? maskedLetter(value.charAt(index)).charCodeAt(0))
  const mask = String.fromCharCode(...codes)
  return value.length > longestMask ? `${mask}…` : mask
}

function maskedLetter(character: string): string {
  if (!/\p{L}/u.test(character)) return '•'
  return /\p{Lu}/u.test(character) ? 'A' : 'a'
}
