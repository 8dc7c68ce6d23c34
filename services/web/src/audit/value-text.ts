import { isJobType, jobDefinition } from '@plumbline/workflows'
import { shortId } from '../text/short-id.ts'
import { tagLabel } from '../text/tag-label.ts'
import { fullTime } from '../text/time.ts'

/** Of a longer list this many entries are shown. */
const listedAtOnce = 5

/** Fields whose values are words of the API: what people named themselves is never touched. */
const codeFields = new Set([
  'action',
  'direction',
  'format',
  'kind',
  'mode',
  'overlap',
  'partitions',
  'reads',
  'role',
  'scope',
  'sensitivity',
  'source',
  'state',
  'status',
  'trigger',
  'verdict',
])
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** A value of an audit entry as a person reads it. @param name of the field that holds it, without those it lies in */
export function valueText(name: string, value: unknown): string {
  if (value === null) return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return wordsOf(name, value)
  if (Array.isArray(value)) return listText(name, value)
  if (typeof value === 'object') return partsText(value)
  return JSON.stringify(value)
}

function wordsOf(name: string, value: string): string {
  if (isJobType(value)) return jobDefinition(value).label
  if (name === 'tag' || name === 'tags') return tagLabel(value)
  if (codeFields.has(name)) return value.replaceAll('_', ' ')
  if (uuid.test(value)) return shortId(value)
  return time.test(value) ? fullTime(value) : value
}

function listText(name: string, values: readonly unknown[]): string {
  if (values.length === 0) return 'none'
  const more = values.length > listedAtOnce ? [`and ${values.length - listedAtOnce} more`] : []
  const shown = values.slice(0, listedAtOnce).map((one) => valueText(name, one))
  return [...shown, ...more].join(values.some((one) => typeof one === 'object') ? '; ' : ', ')
}

const partsText = (value: object): string =>
  Object.entries(value)
    .map(([name, part]) => `${name} ${valueText(name, part)}`)
    .join(', ') || 'none'
