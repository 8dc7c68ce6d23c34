import { z } from 'zod'
import { jobDefinition, type JobType } from './registry.ts'

/** What a number counts: how a person types and reads it. A share is from 0 to 1. */
const zUnit = z.enum(['share', 'bytes', 'rows', 'seconds', 'minutes', 'days', 'statements', 'tokens', 'cents'])

const common = {
  title: z.string(),
  description: z.string(),
}

const zNumber = z.object({
  ...common,
  minimum: z.number(),
  maximum: z.number(),
  default: z.number().optional(),
  unit: zUnit,
})

/** The JSON Schemas that have a field of a form, each with what the form needs of it. */
const zField = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('boolean'), default: z.boolean().default(false) }),
  zNumber.extend({ type: z.literal('integer') }),
  zNumber.extend({ type: z.literal('number') }),
  z.object({ ...common, type: z.literal('string'), enum: z.array(z.string()), default: z.string().optional() }),
  z.object({
    ...common,
    type: z.literal('array'),
    items: z.object({ type: z.literal('string'), enum: z.array(z.string()).optional() }),
    maxItems: z.number().optional(),
    default: z.array(z.string()).optional(),
    examples: z.array(z.string()).optional(),
  }),
])

/** One field of a job's configuration as a form shows it: its JSON Schema under its name. */
export type ConfigField = z.output<typeof zField> & { name: string }
export type ConfigUnit = z.output<typeof zUnit>

/** The fields of a type's configuration in their order, with the bounds, defaults and texts of its schema. */
export function configFields(type: JobType): ConfigField[] {
  return fieldsOf(jobDefinition(type).config)
}

/** @throws ZodError for a field that no form knows how to ask for, or without its texts */
export function fieldsOf(config: z.ZodType): ConfigField[] {
  const { properties = {} } = z.toJSONSchema(config, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => ({ name, ...zField.parse(schema) }))
}
