import { checkMetricSql } from '@plumbline/analysis'
import { connectionKind } from '@plumbline/connectors/kinds'
import { assetDetail, findConnection, type Database } from '@plumbline/store'
import type { MetricSpec } from '@plumbline/workflows'
import { invalidField, notFound, ProblemError } from '../http/problem.ts'

/**
 * That a metric can be measured on a table, as far as it can be told without its database: a query does nothing but read, a key
 * is made of columns that there are.
 *
 * @throws ProblemError 404 for a table that is not there, 422 else
 */
export async function checkSpec(
  db: Database,
  organizationId: string,
  { assetId, spec }: { assetId: string; spec: MetricSpec },
): Promise<void> {
  const asset = await assetDetail(db, organizationId, assetId)
  if (!asset || asset.removedAt) throw notFound('asset', assetId)
  if (!asset.document) throw invalidField('assetId', 'is no table: a metric is defined on a table or view')
  if (spec.kind === 'sql') {
    const connection = await findConnection(db, organizationId, asset.connectionId)
    if (!connection) throw notFound('asset', assetId)
    const { sqlMetrics, label, dialect } = connectionKind(connection.kind)
    if (!sqlMetrics) throw unsupportedSql(label)
    const verdict = await checkMetricSql(spec.sql, dialect)
    if (!verdict.ok) throw invalidField('spec.sql', verdict.message)
    return
  }
  const columns = new Set(asset.document.columns.map(({ name }) => name))
  const missing = spec.columns.find((name) => !columns.has(name))
  if (missing !== undefined) throw invalidField('spec.columns', `${asset.qualifiedName} has no column ${missing}`)
}

function unsupportedSql(label: string): ProblemError {
  const message = `metrics by SQL do not run on ${label} yet`
  return new ProblemError('job-type-unsupported', message, { errors: [{ path: 'spec.sql', message }] })
}
