import { jobDefinition, jobTypes, type JobType } from '@plumbline/workflows'
import { z } from 'zod'

const nameOf = (type: JobType): string => `config_of_${type}`
const reference = (type: JobType) => ({ $ref: `#/components/schemas/${nameOf(type)}` })

/** The configuration of every job type, as JSON Schemas by the names that the API's document refers to them by. */
export const configComponents = (): Record<string, object> =>
  Object.fromEntries(
    jobTypes.map((type) => {
      const { label, description, config } = jobDefinition(type)
      const { $schema: _dialect, ...schema } = z.toJSONSchema(config, { io: 'input' })
      return [nameOf(type), { title: `Configuration of ${label.toLowerCase()}`, description, ...schema }]
    }),
  )

/** A body whose `type` says which configuration it holds; the page of the API shows each of them. */
export function withConfigOfType<Shape extends z.ZodRawShape & { type: z.ZodType; config: z.ZodType }>(
  body: z.ZodObject<Shape, z.core.$strict>,
) {
  const oneOf = jobTypes.map((type) => ({
    title: jobDefinition(type).label,
    properties: { type: { enum: [type] }, config: reference(type) },
    required: ['type'],
  }))
  return body.meta({ oneOf })
}

/** A configuration of the type that the job or schedule has already. */
export const configOfSomeType = <Config extends z.ZodType>(config: Config, description: string) =>
  config.meta({ description, anyOf: jobTypes.map(reference) })
