/** Marks of direction, invisible characters and tags: a reader would not see what a model reads. */
const hidden = /[\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu

/** As one line of JSON in which nothing can end the data or look like markup. */
export function asData(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll(hidden, '')
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('>', String.raw`\u003e`)
}
