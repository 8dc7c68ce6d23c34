/** Each of these begins, or can be part of, something that is not plain text. */
const marks = /[\\`*_[\]<>|~&$]/g
/** At the beginning of a line these make a heading, a list, a rule or a table. */
const lineMarks = /^(\s*)([#+\-=:]|\d+(?=[.)]))/
/** Addresses that readers make links of by themselves, without any mark. */
const addresses = /(?<=[a-z])(:)(?=\/\/)|(?<=www)(\.)|(?<=\S)(@)(?=\S)/gi

/** A text of one line as Markdown that reads as it was written: no markup, no HTML, no link comes of what somebody else chose. */
export function markdownLine(text: string): string {
  const plain = text.replaceAll(marks, String.raw`\$&`).replaceAll(addresses, String.raw`\$&`)
  return plain
    .trim()
    .replace(lineMarks, (_all, indent: string, mark: string) =>
      /\d/.test(mark) ? `${indent}${mark}\\` : `${indent}\\${mark}`,
    )
}

/** The same of several lines; empty ones part paragraphs. */
export const markdownText = (text: string): string =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(markdownLine)
    .join('\n')

/** In a cell of a table there are no lines. */
export const markdownCell = (text: string): string => markdownText(text.trim()).replaceAll('\n', '<br>')
