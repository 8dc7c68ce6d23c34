/** A part of a table, 0 to 1, as SQL samples it: in plain decimals, since an exponent is easily misread; never so little that nothing is read. */
export const samplePercent = (part: number): string => Math.min(100, Math.max(100 * part, 0.0001)).toFixed(6)
