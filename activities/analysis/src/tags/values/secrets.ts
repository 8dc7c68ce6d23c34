/**
 * What opens something by itself: addresses with a password, keys, tokens and password hashes by their published forms.
 * The needle is what each of them holds: most values are ruled out by looking for it.
 */
const secrets: readonly (readonly [needle: string, form: RegExp])[] = [
  ['://', /^[a-z][a-z\d+.-]*:\/\/[^\s:/@]*:[^\s/@]+@\S+$/i],
  ['PRIVATE KEY', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['eyJ', /^eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*$/],
  ['A', /^(?:AKIA|ASIA)[A-Z\d]{16}$/],
  [
    '',
    /^(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|[sprw]k_(?:live|test)_\w{10,}|whsec_\w{10,}|xox[abeprs]-[\w-]{10,}|sk-[\w-]{20,}|npm_\w{20,}|AIza[\w-]{30,}|SG\.[\w-]{16,}\.[\w-]{16,}|hf_\w{20,}|shp(?:at|ss|ca|pa)_[\da-f]{20,}|dop_v1_\w{20,}|ya29\.[\w-]{20,})$/,
  ],
  ['$', /^\$(?:2[abxy]|argon2(?:id|i|d)|1|5|6|y|scrypt|pbkdf2[\w-]*)\$/],
  ['$', /^(?:pbkdf2_sha(?:1|256|512)|bcrypt|argon2|scrypt)(?:_\w+)?\$/],
  ['{', /^\{S?SHA(?:256|512)?\}/],
  ['AAAA', /^(?:ssh-(?:rsa|ed25519)|ecdsa-sha2-\w+) AAAA/],
  ['=', /\b(?:password|pwd|accountkey|sharedaccesskey|secret)=[^;\s]{4,}/i],
  [' ', /^(?:Bearer|Basic) [\w.+/=-]{12,}$/],
]

export const isSecret = (value: string): boolean =>
  value.length >= 12 && secrets.some(([needle, form]) => value.includes(needle) && form.test(value))

/** Eight characters or more, without spaces, of at least three of: lower case, upper case, digits, other marks; and no word in them. */
export const isPasswordLike = (value: string): boolean =>
  /^[!-~]{8,32}$/.test(value) &&
  !/[a-z]{5}/i.test(value) &&
  /[a-z]/.test(value) &&
  /[A-Z]/.test(value) &&
  /\d/.test(value) &&
  /[!#$%&*@^(){}[\]~?+=|<>]/.test(value)
