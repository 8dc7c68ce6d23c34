import { isDeepStrictEqual } from 'node:util'
import { classifyRelation, type CompiledRule } from '@plumbline/analysis'
import {
  relationsChosen,
  selectedWithSources,
  surroundingsOf,
  writeSelectedTags,
  type Database,
} from '@plumbline/store'
import type { StepContext } from '../in-step.ts'
import { breathe } from './breathe.ts'

/** Relations that are judged again at a time. */
const pageSize = 200
/** Views on views: how far a tag travels in one run. A chain that is longer is followed further by the next one. */
const mostRounds = 12

/**
 * Judges again, with the tags of where their values come from, the relations that something flows into, round by round until nothing
 * changes. @returns how many relations got other tags by it
 */
export async function passTagsOn(db: Database, context: StepContext, rules: readonly CompiledRule[]): Promise<number> {
  const { lease } = context
  const ids = await selectedWithSources(db, lease.jobId)
  const changed = new Set<string>()
  for (let round = 0; round < mostRounds; round++) {
    let changes = 0
    for (let start = 0; start < ids.length; start += pageSize) {
      const page = ids.slice(start, start + pageSize)
      const around = await surroundingsOf(db, lease.jobId, page)
      const relations = await relationsChosen(db, lease.jobId, page)
      const tagged = relations.flatMap(({ tags: before, ...relation }) => {
        const surroundings = around.get(relation.assetId) ?? {}
        const tags = classifyRelation({ ...relation, ...relation.document, name: relation.name, rules, surroundings })
        return isDeepStrictEqual(tags, before) ? [] : [{ assetId: relation.assetId, tags }]
      })
      if (tagged.length > 0) await writeSelectedTags(db, lease, tagged)
      for (const { assetId } of tagged) changed.add(assetId)
      changes += tagged.length
      await breathe(context.signal)
    }
    if (changes === 0) break
  }
  return changed.size
}
