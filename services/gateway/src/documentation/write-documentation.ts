import type { zSetDocumentation } from '@plumbline/api'
import { setDocumentation, type Actor, type AssetRecord, type GivenText } from '@plumbline/store'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { invalidField, ProblemError } from '../http/problem.ts'

/**
 * Keeps a person's texts.
 * @throws ProblemError 422 `invalid-input` for a column that is not there, 409 `asset-gone` for an asset that was removed,
 *   409 `documentation-changed` for a text that is not the one that was seen
 */
export async function writeDocumentation(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  asset: AssetRecord,
  { text, ifVersion, columns }: z.output<typeof zSetDocumentation>,
): Promise<void> {
  const own: GivenText[] = text === undefined ? [] : [{ column: null, text, ifVersion }]
  const saved = await setDocumentation(db, actor, asset.id, [...own, ...columns])
  switch (saved.kind) {
    case 'saved':
      return
    case 'no-column': {
      const index = columns.findIndex(({ column }) => column === saved.column)
      throw invalidField(`columns.${index}.column`, `${asset.qualifiedName} has no column ${saved.column}`)
    }
    case 'changed': {
      const what = saved.column === null ? asset.qualifiedName : `the column ${saved.column} of ${asset.qualifiedName}`
      throw new ProblemError('documentation-changed', `Another text of ${what} was kept since this one was read`)
    }
    case 'not-found':
      throw new ProblemError('asset-gone', `${asset.qualifiedName} was removed: its documentation stays as it was`)
  }
}
