import { connections } from './names.ts'
import { observedSchedules, observedTables, type ObservedSchedule, type ObservedTable } from './observed.ts'
import type { AskedQuestion } from './truths.ts'

/** The answer's first sentence holds this; what is shown letter by letter counts as it is. */
const says = (question: string, ...expected: string[]): AskedQuestion => ({
  question,
  isRight: ({ answer }) => {
    const said = answer.replaceAll('\\', '')
    return expected.every((part) => said.includes(part))
  },
})

const tables = (count: number): string => `${count} ${count === 1 ? 'table' : 'tables'}`
const isOverdue = ({ state }: ObservedTable): boolean => state === 'stale' || state === 'late'

const overdue = (question: string, of: readonly ObservedTable[], where = ''): AskedQuestion =>
  says(question, `${of.filter(isOverdue).length} of ${tables(of.length)}${where} `)

const fresh = (question: string, name: string): AskedQuestion => {
  const table = observedTables.find((one) => one.name === name)
  return says(question, `.${name} is **${table?.state ?? ''}**`)
}

const unusualIn = (question: string, of: readonly ObservedTable[]): AskedQuestion =>
  of.length === 0
    ? says(question, 'There are no unusual metrics')
    : says(question, of.length === 1 ? 'There is 1 unusual metric' : `There are ${of.length} unusual metrics`)

const starting = (question: string, of: readonly ObservedSchedule[]): AskedQuestion =>
  says(question, `${of.length} ${of.length === 1 ? 'schedule starts' : 'schedules start'} jobs`)

const skipping = (question: string, of: readonly ObservedSchedule[]): AskedQuestion => {
  const ticks = of.reduce((sum, { skipped }) => sum + skipped, 0)
  return says(question, `skipped ${ticks} ${ticks === 1 ? 'tick' : 'ticks'}`)
}

const active = observedSchedules.filter(({ paused }) => !paused)
const skipped = observedSchedules.filter((schedule) => schedule.skipped > 0)
const of = (connection: string): ObservedTable[] => observedTables.filter((table) => table.connection === connection)
const now = observedTables.filter(({ unusual }) => unusual === 0)
const yesterday = observedTables.filter(({ unusual }) => unusual === 1)
const discovery = active.find(({ type }) => type === 'schema_discovery')?.name ?? ''
const capture = active.find(({ type }) => type === 'metric_capture')?.name ?? ''

/** Of freshness, metrics, schedules and connections, in whole sentences. */
export const observedQuestions: readonly AskedQuestion[] = [
  ...observedTables.map(({ name }) => fresh(`Is ${name} fresh?`, name)),
  ...observedTables.slice(0, 4).map(({ name }) => fresh(`When was ${name} last updated?`, name)),
  ...connections.map((name) => overdue(`Which tables of "${name}" are stale?`, of(name), ` of ${name}`)),
  overdue('Which tables are stale?', observedTables),
  overdue('How many tables are overdue?', observedTables),
  ...connections.map((name) =>
    unusualIn(
      `Are there any unusual metrics for "${name}"?`,
      now.filter((table) => table.connection === name),
    ),
  ),
  unusualIn('Are there any unusual metrics?', now),
  unusualIn('Which metrics were anomalous today?', now),
  unusualIn('Were any metrics unusual yesterday?', yesterday),
  starting('What runs tomorrow?', active),
  starting(
    'Which freshness checks are scheduled for tomorrow?',
    active.filter(({ type }) => type === 'freshness_check'),
  ),
  says('When does schema discovery of orders run next?', `The next: ${discovery}`),
  says('When is the next metric capture of Crm?', `The next: ${capture}`),
  says('When does lineage extraction run next?', 'Nothing is scheduled', '1 schedule is paused'),
  skipping('Which schedules were skipped?', skipped),
  skipping('Which schedules were skipped yesterday?', skipped),
  says('Which schedules are paused?', 'There is 1 paused schedule'),
  says('List all schedules', `There are ${observedSchedules.length} schedules`),
  says('Which connections do we have?', ...connections),
]

/** The same as people type it: written before the rules were looked at. */
export const observedParaphrases: readonly AskedQuestion[] = [
  overdue('is orders fresh', of('orders')),
  overdue('stale tables', observedTables),
  overdue('which tables havent been updated in time', observedTables),
  overdue('how many tables are late rn', observedTables),
  unusualIn('any weird metrics today', now),
  unusualIn(
    'did a metric go off for line_items',
    now.filter(({ name }) => name === 'line_items'),
  ),
  says('next discovery on orders when', `The next: ${discovery}`),
  starting('whats scheduled for tonight', active),
  skipping('schedules that got skipped', skipped),
  says('which connections do we have', ...connections),
  says('is there any schedule thats paused', 'There is 1 paused schedule'),
  fresh('when was customers last updated', 'customers'),
]
