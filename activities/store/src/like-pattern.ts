/** A pattern for `like` that a text matches which holds `part`. */
export const containing = (part: string): string => `%${escapeLike(part)}%`

/** The characters that `like` gives a meaning, taken literally. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)
