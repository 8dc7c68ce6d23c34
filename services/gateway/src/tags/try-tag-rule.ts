import { matcherOf } from '@plumbline/analysis'
import type { TagRuleTrial, zTryTagRule } from '@plumbline/api'
import { findAsset, relationsBelow, type AssetRecord, type Database } from '@plumbline/store'
import type { z } from 'zod'
import { assetRef } from '../assets/asset-view.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../http/problem.ts'
import { checkMatcher } from './manage-tag-rules.ts'

const pageSize = 500
const mostColumns = 200

/** What a rule would find: columns below an asset by their names, and which of some typed-in values. Nothing is kept. */
export async function tryTagRule(
  { db }: Pick<Deps, 'db'>,
  organizationId: string,
  { assetId, matcher, values }: z.output<typeof zTryTagRule>,
): Promise<TagRuleTrial> {
  checkMatcher(matcher)
  const asset = await findAsset(db, organizationId, assetId)
  if (!asset || asset.removedAt) throw notFound('asset', assetId)
  const { ofName, ofValue } = matcherOf(matcher)
  const columns = ofName ? await columnsNamed(db, organizationId, asset, ofName) : []
  return { columns, values: values.map((value) => ofValue?.(value.trim()) ?? false) }
}

async function columnsNamed(
  db: Database,
  organizationId: string,
  asset: AssetRecord,
  matches: (name: string) => boolean,
): Promise<TagRuleTrial['columns']> {
  const columns: TagRuleTrial['columns'] = []
  let after: string | undefined
  do {
    const page = await relationsBelow(db, organizationId, asset, { after, limit: pageSize })
    for (const { asset: relation, columns: names } of page)
      for (const column of names.filter(matches)) columns.push({ asset: assetRef(relation), column })
    after = page.length < pageSize ? undefined : page.at(-1)?.asset.id
  } while (after !== undefined && columns.length < mostColumns)
  return columns.slice(0, mostColumns)
}
