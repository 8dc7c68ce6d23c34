import type { JobWarning } from '@plumbline/workflows'

/** @param maxLength characters */
export const tooLongWarning = (count: number, object: string, maxLength: number): JobWarning => ({
  code: 'statement-too-long',
  object,
  message: `${count} of the ${object} are longer than ${maxLength} characters and were left out`,
})
