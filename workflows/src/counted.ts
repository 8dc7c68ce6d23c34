/** `1 view`, `3 views`: a count with its noun, as people write it. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
