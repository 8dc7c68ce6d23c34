import { expect, it } from 'vitest'
import { bytesText } from './bytes.ts'

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [5_340_000, '5.3 MB'],
  [1_200_000_000, '1.2 GB'],
])('%d reads %s', (bytes, text) => expect(bytesText(bytes)).toBe(text))
