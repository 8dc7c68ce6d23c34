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
  /** What several checks ask for, once it was worked out. */
  plain?: string
  words?: readonly string[]
  nameForm?: boolean
}

export function shapeOf(value: string): ValueShape {
  const shape: ValueShape = { value, digits: 0, letters: 0, foreign: 0, spaces: 0, marks: 0, at: false }
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code >= 48 && code <= 57) shape.digits++
    else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code < 0x250))
      shape.letters++
    else if (code === 32) shape.spaces++
    else if (code < 0x250 || (code >= 0x2000 && code < 0x2e80)) {
      shape.marks++
      if (code === 64) shape.at = true
    } else shape.foreign++
  }
  return shape
}

/** How long a masked form can be: the rest of a text tells nothing about its form. */
const longestMask = 24
/** Marks that belong to forms; others could be part of a secret. */
const formMarks = ' -._@/+():,'
const highestAscii = 127
/** The masked characters of ASCII, by code. */
const masks = Array.from({ length: highestAscii + 1 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/\d/.test(character)) return '9'
  if (/[a-z]/i.test(character)) return character < 'a' ? 'A' : 'a'
  return formMarks.includes(character) ? character : '•'
})

/** The form of a value without its content: `ann.b7@example.org` is `aaa.a9@aaaaaaa.aaa`. */
export function maskOf(value: string): string {
  let mask = ''
  const shown = Math.min(value.length, longestMask)
  for (let index = 0; index < shown; index++)
    mask += masks[value.charCodeAt(index)] ?? maskedLetter(value.charAt(index))
  return value.length > longestMask ? `${mask}…` : mask
}

function maskedLetter(character: string): string {
  if (!/\p{L}/u.test(character)) return '•'
  return /\p{Lu}/u.test(character) ? 'A' : 'a'
}
