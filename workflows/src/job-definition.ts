import type { z } from 'zod'
import type { AssetKind } from './catalog.ts'
import type { TaskQueue } from './task-queues.ts'

/** One named part of a job, in the order it runs. */
export interface StepDefinition {
  name: string
  label: string
  /** Share of the job's percentage; the weights of a job add up to 100. */
  weight: number
  /** What `done` and `total` count while the step runs. */
  unit: string | null
  /** Where its work is done: what must be polled for it to go on. */
  queue: TaskQueue
  /** Counts up when its code finds something else: what an older version found is then not taken over by a retry. */
  version: number
  /** The fields of the configuration that decide what it finds; a retry that changes one does not take it over. */
  uses: readonly string[]
}

/** Where the outcome of a job is seen: a tab of the asset's page. */
export type JobResultView = 'schema-changes' | 'tags' | 'lineage' | 'freshness' | 'metrics' | 'documentation'

/**
 * What a job type is. API schema, worker registration, labels, filters, actions and the documentation's table follow from
 * this value; its workflow imports it as a type only, because the configuration's zod schema must not be bundled.
 */
export interface JobDefinition {
  id: string
  label: string
  description: string
  /** The name of the workflow function exported by `entry.ts`. */
  workflow: string
  /** The kinds of asset it can be started on. */
  assetKinds: readonly AssetKind[]
  /**
   * Parses the `config` of `POST /jobs`; `{}` must parse to the defaults. Its form on the page is made of it: each field has
   * `meta({ title, description, unit?, examples? })` and is of a kind that `config-fields.ts` knows.
   */
  config: z.ZodType<Record<string, unknown>>
  steps: readonly StepDefinition[]
  result: JobResultView
}

/** Keeps the literal types of a definition, so that its id and step names are checked wherever they are used. */
export function defineJob<const D extends JobDefinition>(definition: D): D {
  return definition
}

export type StepNameOf<D extends { steps: readonly { name: string }[] }> = D['steps'][number]['name']
export type ConfigOf<D extends { config: z.ZodType }> = z.output<D['config']>
