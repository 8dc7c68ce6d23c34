import { z } from 'zod'

/** A variable that is set to nothing, as Compose does, is not set. */
export const given = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value: unknown) => (value === '' ? undefined : value), schema.optional())
