import type { NoticeContent } from './notice-content.ts'
import { postJson, type PostRequest } from './post-json.ts'

/** Slack's limit for the text of a section. */
const mostCharacters = 3_000

/** To an incoming webhook of Slack. What comes from jobs is escaped: it makes no links and mentions nobody. */
export async function sendSlack(
  { title, lines, link }: NoticeContent,
  { url }: { url: string },
  how: Pick<PostRequest, 'privateAddresses' | 'allowedBy' | 'signal'>,
): Promise<number> {
  const heading = `*${escaped(title)}*`
  const text = [heading, ...lines.map(escaped)].join('\n').slice(0, mostCharacters)
  const blocks = [
    { type: 'section', text: { type: 'mrkdwn', text } },
    ...(link === null
      ? []
      : [{ type: 'context', elements: [{ type: 'mrkdwn', text: `<${link}|Open in Plumbline>` }] }]),
  ]
  return postJson({ url, body: JSON.stringify({ text: escaped(title), blocks }), headers: {}, ...how })
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
