import type { AskAnswer } from '@plumbline/api'
import type { Question, Topic } from '@plumbline/analysis'
import { jobDefinition } from '@plumbline/workflows'
import { queryOf, timeText, wordsOf } from './question-scope.ts'

type Interpretation = AskAnswer['interpretation']

/** A question as it was understood: in words, as a call of the API, and as the page that shows the same. */
export function interpretationOf(question: Question, timezone: string): Interpretation {
  const query = queryOf(question)
  const jobs = `/jobs${query === '' ? '' : `?${query}`}`
  const page = pageOf(question) ?? { query: `GET /api/v1${jobs}`, link: jobs, words: wordsOf(question) }
  return {
    text: `${topicTexts[question.topic]}: ${page.words}${timeText(question, timezone)}`,
    query: page.query,
    link: page.link,
  }
}

/** Of what is asked that is not jobs. */
function pageOf(question: Question): { query: string; link: string; words: string } | undefined {
  const { topic, asset, connection, schedule, states, types, aspect, time } = question
  const place = asset ? ` of ${asset.name}` : connection ? ` of ${connection.name}` : ''
  const during = time ? `, ${time.words}` : ''
  const assets = (what: string, words: string) =>
    asset
      ? { query: `GET /api/v1/assets/${asset.id}/${what}`, link: `/assets/${asset.id}/${what}`, words }
      : { query: 'GET /api/v1/assets', link: '/assets', words }
  switch (topic) {
    case 'freshness':
      return assets('freshness', `${states ? `${states.join(' or ')} ` : ''}tables${place}`)
    case 'anomalies':
      return assets('metrics', `unusual metrics${place}${during}`)
    case 'status':
      return {
        ...assets('', `the state${place}`),
        ...(asset && { link: `/assets/${asset.id}`, query: `GET /api/v1/assets/${asset.id}` }),
      }
    case 'schedules': {
      const named = schedule ? ` called ${schedule.name}` : ''
      const of = types.map((type) => ` of ${jobDefinition(type).label.toLowerCase()}`).join(' or')
      const words = `schedules${named}${of}${place}${during}`
      const at = schedule ? `/schedules/${schedule.id}` : '/schedules'
      return { query: `GET /api/v1${at}`, link: at, words: `${aspectTexts[aspect ?? 'all']}${words}` }
    }
    case 'connections':
      return {
        query: 'GET /api/v1/connections',
        link: '/connections',
        words: `connections${connection ? ` called ${connection.name}` : ''}`,
      }
    case 'busiest':
    case 'causes':
    case 'compare':
    case 'count':
    case 'duration':
    case 'last':
    case 'list':
    case 'rate':
    case 'retried':
    case 'slowest':
    case 'trend':
    case 'waiting':
    case 'who':
    case 'why':
      return undefined
  }
}

const aspectTexts: Record<NonNullable<Question['aspect']>, string> = {
  all: '',
  next: 'the next ticks of ',
  skipped: 'skipped ticks of ',
  paused: 'paused ',
}

const topicTexts: Record<Topic, string> = {
  list: 'Which',
  count: 'How many',
  duration: 'How long they took',
  slowest: 'The slowest',
  rate: 'Which share completed and failed',
  causes: 'The errors they have in common',
  why: 'Why the newest failed',
  waiting: 'What waits, and why',
  compare: 'Two times beside each other',
  trend: 'Over time',
  busiest: 'Where there are most',
  who: 'Who',
  last: 'When the newest was',
  retried: 'Whether a retry fixed the newest',
  freshness: 'How fresh',
  anomalies: 'What is unusual',
  status: 'Whether it can be relied on',
  schedules: 'Schedules',
  connections: 'Connections',
}
