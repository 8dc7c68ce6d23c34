import { sqlDialects } from '../../../activities/analysis/src/lineage/sql/dialect.ts'
import { casesOf } from '../../../activities/analysis/src/lineage/sql/cases/read-cases.ts'
import { told } from '../../../activities/analysis/src/lineage/sql/cases/told.ts'
import type { Report } from '../report.ts'

/** The cases that the resolver is developed with: written from the documentation of each dialect, and none may be lost. */
export function reportOwnCases(report: Report): void {
  for (const dialect of sqlDialects) {
    const answered = casesOf(dialect).map((one) => ({ one, answer: told(dialect, one) }))
    const stated = answered.filter(({ one }) => one.columns !== null)
    const tables = answered.filter(({ one, answer }) => answer.tables === one.tables).length
    const columns = stated.filter(({ one, answer }) => answer.columns.join(' ') === one.columns?.join(' ')).length
    report.add({
      name: `own cases of ${dialect}`,
      figure: `tables ${tables} of ${answered.length}, columns ${columns} of ${stated.length}`,
      target: 'all',
      ok: tables === answered.length && columns === stated.length,
    })
  }
}
