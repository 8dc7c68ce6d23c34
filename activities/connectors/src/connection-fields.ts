import { z } from 'zod'
import type { KindDefinition } from './kind.ts'

/** What a schema says of its form field, by `.meta()`. */
const zMeta = z.object({
  title: z.string(),
  description: z.string().optional(),
  placeholder: z.string().optional(),
  /** `pem`: several lines. `address`: a text that the kind's `readAddress` may read whole. */
  input: z.enum(['text', 'address', 'pem']).default('text'),
  /** Shown only while a setting has one of these values. */
  when: z.object({ setting: z.string(), is: z.array(z.string()) }).optional(),
  /** Stays folded away, below this title, until somebody has or wants one of them. */
  fold: z.string().optional(),
  /** Stands in one row with those before and after it that name the same row. */
  row: z.string().optional(),
})

const zShape = z.object({
  type: z.enum(['string', 'integer']),
  enum: z.array(z.string()).optional(),
  default: z.union([z.string(), z.number()]).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
})

/** One field of the form of a connection, made of its schema. */
export interface ConnectionField extends z.output<typeof zMeta>, z.output<typeof zShape> {
  /** `settings.host`, `credentials.password`. */
  key: string
  part: 'settings' | 'credentials'
  name: string
  required: boolean
  /** Emptied, it is taken away. */
  nullable: boolean
}

/** The fields of a kind: settings in their order, then credentials. */
export const fieldsOfKind = ({ settings, credentials }: KindDefinition): ConnectionField[] => [
  ...fieldsOf('settings', settings),
  ...fieldsOf('credentials', credentials),
]

/** @throws ZodError for a field that no form knows how to ask for, or without its title */
function fieldsOf(part: ConnectionField['part'], schema: z.ZodObject): ConnectionField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { shape, nullable } = shapeOf(property)
    return {
      ...zMeta.parse(property),
      ...shape,
      key: `${part}.${name}`,
      part,
      name,
      required: required.includes(name),
      nullable,
    }
  })
}

/** What may be null is written as a choice of it and its type. */
function shapeOf(property: z.core.JSONSchema._JSONSchema): { shape: z.output<typeof zShape>; nullable: boolean } {
  const choices = typeof property === 'object' ? (property.anyOf ?? []) : []
  const given = choices.find((choice) => typeof choice === 'object' && choice.type !== 'null')
  return { shape: zShape.parse(given ?? property), nullable: given !== undefined }
}
