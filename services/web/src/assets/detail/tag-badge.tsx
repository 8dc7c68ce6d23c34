import { Badge, List, Text, Tooltip } from '@mantine/core'
import { tagLabel } from '../../text/tag-label.ts'
import type { Tag } from '@plumbline/api'

const colors: Record<Tag['category'], string> = { pii: 'red', sensitivity: 'orange', domain: 'blue' }
const categoryLabels: Record<Tag['category'], string> = {
  pii: 'Personal data',
  sensitivity: 'Sensitivity',
  domain: 'Domain',
}

/** Nearly every tag is shorter than this: a column that is too narrow gives way, not the word. */
const wholeText = { root: { width: 'max-content', maxWidth: '16rem', flexShrink: 0 } } as const

/** A tag; the tooltip says how sure it is and why. */
export function TagBadge({ tag }: { tag: Tag }) {
  return (
    <Tooltip label={<Evidence tag={tag} />}>
      <Badge variant="light" color={colors[tag.category]} tt="none" size="sm" styles={wholeText} tabIndex={0}>
        {tagLabel(tag.tag)}
        {tag.inherited && ' · inherited'}
      </Badge>
    </Tooltip>
  )
}

function Evidence({ tag }: { tag: Tag }) {
  return (
    <>
      <Text size="xs" fw={600}>
        {tag.tag}
      </Text>
      <Text size="xs" fw={600}>
        {categoryLabels[tag.category]},{' '}
        {tag.source === 'manual' ? 'set by a person' : `${Math.round(tag.confidence * 100)} % sure`}
      </Text>
      {tag.evidence.length > 0 && (
        <List size="xs">
          {tag.evidence.map((reason) => (
            <List.Item key={reason}>{reason}</List.Item>
          ))}
        </List>
      )}
    </>
  )
}
