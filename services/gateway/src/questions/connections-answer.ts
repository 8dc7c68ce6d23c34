import { connectionActivity, listConnections } from '@plumbline/store'
import { jobDefinition } from '@plumbline/workflows'
import type { Answer, Asked } from './answer.ts'
import { figure, momentText, plain } from './plain-text.ts'

const shown = 50

/** Which connections there are, what goes on under them, and what their last jobs came to. */
export async function connectionsAnswer({ db, organizationId, question, timezone }: Asked): Promise<Answer> {
  const all = await listConnections(db, organizationId, { limit: shown + 1 })
  const { connection } = question
  const found = connection ? all.filter(({ id }) => id === connection.id) : all
  if (found.length === 0) return { answer: 'There are no connections.', jobs: [] }
  const listed = found.slice(0, shown)
  const activity = await connectionActivity(db, organizationId, listed)
  const least = found.length > shown ? `more than ${figure(shown)}` : figure(found.length)
  return {
    answer: `There ${found.length === 1 ? 'is' : 'are'} ${least} ${found.length === 1 ? 'connection' : 'connections'}: ${listed.map(({ name }) => plain(name)).join(', ')}.`,
    jobs: listed.flatMap(({ id }) => activity.get(id)?.last?.id ?? []),
    table: {
      columns: ['Connection', 'Kind', 'Running', 'Waiting', 'Last job', 'Came to', 'Created', 'Paused'],
      rows: listed.map(({ id, name, kind, paused }) => {
        const { running = 0, pending = 0, last = null } = activity.get(id) ?? {}
        return [
          name,
          kind,
          running,
          pending,
          last && jobDefinition(last.type).label,
          last && last.status,
          last && momentText(new Date(last.createdAt), timezone),
          paused ? 'yes' : 'no',
        ]
      }),
    },
    suggestions: ['Which of them fail most often?', 'What is running now?'],
  }
}
