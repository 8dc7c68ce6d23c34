import type { DbtNode, ManifestFacts } from '@plumbline/store'
import { JSONParser } from '@streamparser/json'
import { z } from 'zod'
import { invalidField, ProblemError } from '../http/problem.ts'
import { requireStorable } from '../http/storable-text.ts'

/** Nodes that are in memory at once. */
const batch = 200
/** Longer SQL is generated; its model is traced by what it depends on. */
const maxSqlLength = 100_000

/** The kinds that are tables, or stand for one. */
const kinds = new Set(['model', 'seed', 'snapshot', 'source'])

const zText = z.string().max(1_000).nullish()
/** Postgres indexes no more than 2,704 bytes of a row, and a character may have four. */
const zUniqueId = z.string().min(1).max(600)
const zNode = z.object({
  unique_id: zUniqueId,
  resource_type: z.string(),
  database: zText,
  schema: zText,
  alias: zText,
  identifier: zText,
  name: zText,
  compiled_code: z.string().nullish(),
  depends_on: z.object({ nodes: z.array(z.string()).default([]) }).nullish(),
  config: z.object({ materialized: zText, enabled: z.boolean().nullish() }).nullish(),
})
const zMetadata = z.object({
  dbt_schema_version: z.string().includes('/dbt/manifest/'),
  dbt_version: z.string().max(100),
  generated_at: z.iso.datetime({ offset: true }).nullish(),
  project_name: z.string().max(1_000).nullish(),
})

/**
 * Reads a manifest.json as it comes: one node of it is in memory as a whole, and never the file. What is neither metadata nor a node
 * that is a table is passed over.
 *
 * @throws ProblemError for what is no manifest
 */
export async function readManifest(
  body: AsyncIterable<Buffer>,
  write: (nodes: readonly DbtNode[]) => Promise<void>,
): Promise<ManifestFacts> {
  const found: { nodes: DbtNode[]; metadata: z.output<typeof zMetadata> | null } = { nodes: [], metadata: null }
  const parser = new JSONParser({ paths: ['$.metadata', '$.nodes.*', '$.sources.*'], keepStack: false })
  parser.onValue = ({ value, key, stack }) => {
    if (stack.length > 1) found.nodes.push(...nodesOf(value, String(key)))
    else found.metadata = valid(zMetadata, value, 'metadata')
  }
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    parse(parser, chunk)
    if (found.nodes.length >= batch) await write(found.nodes.splice(0))
  }
  if (!parser.isEnded) throw invalidField('body', 'ends in the middle: it must be a whole manifest.json')
  await write(found.nodes)
  const { metadata } = found
  if (!metadata)
    throw invalidField('body.metadata', 'is missing: it must be the manifest.json that dbt writes to target/')
  return {
    project: metadata.project_name ?? '',
    dbtVersion: metadata.dbt_version,
    generatedAt: metadata.generated_at ? new Date(metadata.generated_at) : null,
    bytes,
  }
}

function parse(parser: JSONParser, chunk: Buffer): void {
  try {
    parser.write(chunk)
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw invalidField('body', `is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function nodesOf(value: unknown, key: string): DbtNode[] {
  const node = valid(zNode, value, key)
  if (!kinds.has(node.resource_type) || node.config?.enabled === false) return []
  const relation = node.alias ?? node.identifier ?? node.name ?? null
  const sql = node.compiled_code ?? null
  return [
    {
      uniqueId: node.unique_id,
      database: node.database ?? null,
      schema: node.schema ?? null,
      relation: node.config?.materialized === 'ephemeral' ? null : relation,
      sql: sql === null || sql.trim() === '' || sql.length > maxSqlLength ? null : sql,
      dependsOn: node.depends_on?.nodes ?? [],
    },
  ]
}

function valid<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const { data, error } = schema.safeParse(value)
  const [issue] = error?.issues ?? []
  if (error)
    throw invalidField(['body', path, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is not as dbt writes it')
  requireStorable(data, 'body', path)
  return data
}
