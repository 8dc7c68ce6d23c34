/** A table of words written as text: `word word = meaning`, one meaning a line. */
export function readMeanings(text: string): Map<string, readonly string[]> {
  const meanings = new Map<string, readonly string[]>()
  for (const line of text.split('\n')) {
    const [words = '', meaning] = line.split('=')
    if (meaning === undefined) continue
    for (const word of listWords(words)) meanings.set(word, listWords(meaning))
  }
  return meanings
}

/** The words of a text, set apart by white space. */
export const listWords = (text: string): string[] => text.trim().split(/\s+/)
